"""Links by which learners join a course.

A join code is short, so that it can be said; tries at it are counted, which only a form can do that
is sent. So a link carries a seal besides, which nobody can make who was not given the link: with it
the page names the course, without it the page is the form for a code, filled in.
"""

import hashlib
import hmac

from flask import current_app, url_for

_SEAL_DIGITS = 32  # 128 bits


def make_join_link(code: str) -> str:
    """Return the whole address at which learners join by a code."""
    return url_for("joining.show", code=code, seal=_seal(code), _external=True)


def is_sealed(code: str, seal: str) -> bool:
    """Tell whether the seal is this code's."""
    return hmac.compare_digest(_seal(code).encode(), seal.encode())


def _seal(code: str) -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"join {code}".encode(), hashlib.sha256).hexdigest()[:_SEAL_DIGITS]
