"""Headers that every answer carries, and text that no request may carry."""

import re

from flask import Flask, request
from werkzeug.wrappers import Response

from quizapp.errors import InvalidError

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; worker-src 'self'; manifest-src 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


# What is sent from there never changes under its address.
_KEPT = frozenset({"static", "images.show"})

# No page can show these, and PostgreSQL cannot store the first of them, nor halves of a pair.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")


def init_security(app: Flask, *, https: bool) -> None:
    """Add the headers; what concerns a person is not kept by any cache."""
    app.before_request(refuse_control_characters)

    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint not in _KEPT or not response.cache_control.immutable:
            response.headers["Cache-Control"] = "no-store"
        return response

    app.after_request(add_headers)


def refuse_control_characters() -> None:
    """Refuse text that nobody types.

    Raises:
        InvalidError: a field or the address holds such a character.
    """
    texts = [*request.args.values(), *request.form.values()]
    if not all(map(is_writable, texts)):
        raise InvalidError("The request holds characters that cannot be written.")


def is_writable(text: str) -> bool:
    """Tell whether a text holds nothing but what can be shown and stored."""
    return _UNWRITABLE.search(text) is None
