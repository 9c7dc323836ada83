"""Expected refusals and their status, in one place."""

from http import HTTPStatus

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from quizapp.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    QuizappError,
)
from quizapp.storage.engine import UNAVAILABLE
from quizapp.web.extensions import db
from quizapp.web.sizes import write_most

_STATUS = {NotFoundError: 404, ForbiddenError: 403, ConflictError: 409, InvalidError: 400}
_HEADINGS = {
    400: "That could not be used",
    403: "You may not do that",
    404: "There is no such page",
    405: "That is not possible here",
    409: "Something changed meanwhile",
    413: "That is too large",
    500: "Something went wrong here",
    503: "Please wait a moment",
}
_REMEDIES = {
    404: "Check the address, or go on from your first page.",
    409: "Your earlier answers are safe. Go on from your first page.",
    413: "Go back, and give a smaller file or less text.",
    500: "Nothing of yours was lost. Try again; if it goes on, tell the administrator.",
    503: "Nothing of yours was lost. Try again in a few seconds.",
}
_TEXTS = {
    404: "Nothing stands at this address, or nothing that you may see.",
    405: "This address does not take such a request.",
    500: "This was not expected; it has been noted.",
}
_DEFAULT_REMEDY = "Go back and try again, or go on from your first page."


def init_errors(app: Flask) -> None:
    """Answer every refusal with a page of its own."""
    app.register_error_handler(QuizappError, _refuse)
    app.register_error_handler(CSRFError, _refuse_forgery)
    app.register_error_handler(HTTPException, _refuse_http)
    for error in UNAVAILABLE:
        app.register_error_handler(error, _unavailable)


def _refuse(error: QuizappError) -> tuple[Response, int] | Response:
    if isinstance(error, BusyError):
        return _wait(str(error), error.seconds)
    status = next(code for kind, code in _STATUS.items() if isinstance(error, kind))
    return _page(status, str(error))


def _refuse_forgery(_error: CSRFError) -> Response:
    return _page(400, "The page was open for too long, or cookies are off.")


def _refuse_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect is no refusal
        return error.get_response(request.environ)
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _page(error.code, f"This page takes at most {write_most()} at once.")
    return _page(error.code, _TEXTS.get(error.code, error.description or ""))


def _unavailable(error: Exception) -> Response:
    current_app.logger.warning("database unavailable: %s", type(error).__name__)
    return _wait("The database cannot be reached or written just now.", 5)


def _wait(text: str, seconds: int) -> Response:
    response = _page(503, text)
    response.headers["Retry-After"] = str(seconds)
    return response


def _page(status: int, text: str) -> Response:
    db.session.rollback()
    html = render_template(
        "errors/error.html",
        code=status,
        heading=_HEADINGS.get(status, "That did not work"),
        text=text,
        remedy=_REMEDIES.get(status, _DEFAULT_REMEDY),
    )
    return Response(html, status=status, content_type="text/html; charset=utf-8")
