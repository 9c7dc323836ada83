"""A file is read, and facts are looked for in it, in a process of its own, which may be ended.

A page of a PDF is a program in a small language, and a short one can run long or swell; a rule may
meet words that nobody thought of. So time and memory are the limits of a process, set by itself
where the system has them, and by its parent's patience.
"""

import json
import logging
import pickle
import subprocess
import sys
from dataclasses import is_dataclass
from decimal import Decimal
from io import BytesIO

from quizapp.extraction.limits import OUT_OF_MEMORY, PASTE, TOO_MUCH, make_refusal
from quizapp.extraction.proposing import Extraction

_LOG = logging.getLogger(__name__)
PATIENCE = 20
"""Seconds by the clock; the process itself ends earlier unless the machine is crowded."""
_UNFORESEEN = f"reading it failed in a way that nobody foresaw; {PASTE}"
_WORKER = ("-P", "-m", "quizapp.extraction.reading_worker")


def extract_apart(name: str, content: bytes) -> Extraction:
    """Return what `extract(read_document(name, content))` does, within the limits.

    Raises:
        InvalidError: as `read_document`, or reading takes too long or too much memory.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the program itself, with nothing from outside
            [sys.executable, *_WORKER],
            input=json.dumps(name).encode() + b"\n" + content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise make_refusal(TOO_MUCH) from error
    if (
        done.returncode < 0 or done.returncode == OUT_OF_MEMORY
    ):  # The system ended it, or it had to.
        raise make_refusal(TOO_MUCH)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        _LOG.error("an article made its reader fail: %.300r", reason)
        raise make_refusal(_UNFORESEEN)
    found = _Values(BytesIO(done.stdout)).load()
    if isinstance(found, Extraction):
        return found
    text, line = found
    raise make_refusal(text, line=line)


class _Values(pickle.Unpickler):
    """Reads values and nothing that acts."""

    def find_class(self, module: str, name: str, /) -> type:
        """Return a dataclass of the program.

        Raises:
            UnpicklingError: it is anything else.
        """
        found = super().find_class(module, name)
        if found is Decimal or (module.startswith("quizapp.") and is_dataclass(found)):
            assert isinstance(found, type)
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")
