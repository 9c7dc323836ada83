"""The library that fits weights, an extra that README's commands do not install."""

import os
from importlib.util import find_spec

import pytest

REQUIRED = "QUIZAPP_REQUIRE_FITTING"


def need_library() -> None:
    """Skip, saying why, if the library is not installed."""
    if find_spec("fsrs_rs_python") is not None:
        return
    reason = "the extra `fitting` is not installed"
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{REQUIRED}=1, but {reason}")
    pytest.skip(reason)
