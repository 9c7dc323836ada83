"""Asks a language model by HTTP: POST /chat/completions, with bounds on everything that comes back.

It stands among the services because it works for one of them and both the command line and a job
use it: the ground does no network, and `jobs` knows nothing of what a job is about. The standard
library is enough, and does nothing by itself: no redirect is followed, no proxy of the environment
is used, nothing is logged. An answer has one time for all of it, so that one that drips is ended
like one that never comes.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR, socket
from threading import Event, Thread
from urllib.parse import urlsplit

from quizapp.errors import BusyError, InvalidError
from quizapp.extraction.model_answers import MOST_ANSWER
from quizapp.extraction.model_prompt import Prompt
from quizapp.services.articles.model_settings import KEY, MODEL, URL, ModelSettings

_PATH = "/chat/completions"
_CONNECTING = 10
"""The most seconds until a server takes a connection."""
_TICK = 0.1
_WAIT = 60
"""The seconds after which a busy server may be asked again."""
_OK, _REDIRECT, _REFUSED, _NOT_FOUND = 200, range(300, 400), (401, 403), (404, 405, 410)
_TOO_MANY, _FAULTY = 429, range(500, 600)


class CancelledError(Exception):
    """The answer is not wanted any more."""


class _UnservedError(Exception):
    """The server could not serve this time; the text says how."""


def ask(settings: ModelSettings, prompt: Prompt, *, is_cancelled: Callable[[], bool]) -> bytes:
    """Return the body of the server's answer, JSON by its own account and not too long.

    A server that is not there, busy or broken is asked again after each of the settings' pauses.
    `is_cancelled` is called from another thread, ten times a second, while an answer is awaited.

    Raises:
        InvalidError: the settings or the server cannot be used; the text names the setting.
        BusyError: no answer came in time, or none at all.
        CancelledError: it was cancelled meanwhile.
    """
    body = _write_body(settings, prompt)
    for pause in (*settings.pauses, None):
        try:
            return _post(settings, body, is_cancelled)
        except _UnservedError as error:
            if pause is None:
                remedy = f"look whether the model's server runs at the address in {URL}"
                raise BusyError(f"{error}; {remedy}", _WAIT) from error
            _wait(pause, is_cancelled)
    raise AssertionError("the last try returns or raises")


def _write_body(settings: ModelSettings, prompt: Prompt) -> bytes:
    body: dict[str, object] = {
        "messages": [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": prompt.user},
        ],
        "temperature": 0,
        "stream": False,
        "response_format": {"type": "json_object"},
    }
    if settings.model:
        body["model"] = settings.model
    return json.dumps(body).encode()


def _post(settings: ModelSettings, body: bytes, is_cancelled: Callable[[], bool]) -> bytes:
    connection = _make_connection(settings)
    reasons: list[Exception] = []
    try:
        connection.connect()
        # The watch below ends an answer; the wire's own time is only there in case it cannot.
        connection.sock.settimeout(settings.seconds + _CONNECTING)
        with _watched(connection.sock, settings.seconds, is_cancelled, reasons):
            path = urlsplit(settings.url).path.removesuffix(_PATH) + _PATH
            connection.request("POST", path, body, _write_headers(settings))
            with connection.getresponse() as response:
                answer = _read(response)
    except (_UnservedError, OSError, HTTPException, ValueError) as error:
        if reasons:
            raise reasons[0] from error
        raise _tell_unserved(error) from error
    finally:
        connection.close()
    if reasons:
        # What was read of an answer without a length looks whole when the wire is cut.
        raise reasons[0]
    return answer


def _tell_unserved(error: Exception) -> _UnservedError:
    if isinstance(error, _UnservedError):
        return error
    return _UnservedError(f"the model's server gave no answer ({type(error).__name__})")


def _make_connection(settings: ModelSettings) -> HTTPConnection:
    parts = urlsplit(settings.url)
    sort = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return sort(parts.hostname or "", parts.port, timeout=min(_CONNECTING, settings.seconds))


def _write_headers(settings: ModelSettings) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
    }
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    return headers


@contextmanager
def _watched(
    wire: socket, seconds: float, is_cancelled: Callable[[], bool], reasons: list[Exception]
) -> Iterator[None]:
    """Cut the wire when the time is up or nobody wants the answer; `reasons` gets why."""
    done = Event()

    def watch() -> None:
        end = time.monotonic() + seconds
        while not done.wait(_TICK):
            if is_cancelled():
                reasons.append(CancelledError())
            elif time.monotonic() > end:
                text = f"no whole answer within {seconds:g} seconds; name a smaller {MODEL}"
                reasons.append(BusyError(f"the model gave {text} or a faster {URL}", _WAIT))
            if reasons:
                wire.shutdown(SHUT_RDWR)
                return

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _read(response: HTTPResponse) -> bytes:
    _check_status(response)
    sort = response.headers.get_content_type()
    if sort != "application/json":
        shown = sort if sort.isprintable() else "?"
        raise InvalidError(
            f"{URL}: the server answers {shown[:60]} instead of JSON; give the address of an "
            "OpenAI-compatible API, which often ends in /v1"
        )
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise InvalidError(f"{URL}: the server packs its answer unasked; name one that does not")
    body = response.read(MOST_ANSWER + 1)
    if len(body) > MOST_ANSWER:
        raise InvalidError(
            f"the model's answer is longer than {MOST_ANSWER:,} bytes; name another {MODEL}"
        )
    if response.length:
        raise _UnservedError("the model's server broke off in the middle of its answer")
    return body


def _check_status(response: HTTPResponse) -> None:
    status = response.status
    if status == _OK:
        return
    if status in _REDIRECT:
        text = "the server sends on to another address, which is not followed; give the last one"
        raise InvalidError(f"{URL}: {text} ({status})")
    if status in _REFUSED:
        raise InvalidError(f"{KEY}: the server refuses the key ({status}); set the right one")
    if status in _NOT_FOUND:
        text = f"the server has no such address or model ({status}); look at it and at {MODEL}"
        raise InvalidError(f"{URL}: {text}; the address often ends in /v1")
    if status == _TOO_MANY or status in _FAULTY:
        raise _UnservedError(f"the model's server cannot serve now ({status})")
    text = f"the server refuses the request ({status}); name a model that it has and that can chat"
    raise InvalidError(f"{MODEL}: {text}")


def _wait(seconds: float, is_cancelled: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if is_cancelled():
            raise CancelledError
        time.sleep(min(left, _TICK))
