"""A real browser for the stories, and a server in this process whose clock can be moved.

The browser is the system's own Chromium; it is told to ask the network for nothing but our server.
"""

import os
import shutil
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

NAMES = ("chromium", "chromium-browser", "google-chrome")
REQUIRED = "QUIZAPP_REQUIRE_BROWSER"
FLAGS = (
    "--disable-quic",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--font-render-hinting=none",
)
# Whoever is quicker than the page, and a story may be, has the focus already where they want it.
_OVERTAKEN = "Autofocus processing was blocked because a document already has a focused element"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def find_browser() -> str | None:
    """Return where the browser is, None if there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def run_browser() -> Iterator[Browser]:
    """Give a browser; skip, saying why, if there is none."""
    place = find_browser()
    if place is None:
        _give_up(f"no browser: install one of {', '.join(NAMES)} so that it is found on the path")
    # Chromium's sandbox refuses to run as root.
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=place, chromium_sandbox=not as_root, args=FLAGS
        )
        try:
            yield browser
        finally:
            browser.close()


def _give_up(reason: str) -> None:
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{REQUIRED}=1, but {reason}")
    pytest.skip(reason)


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextmanager
def run_app(app: Flask) -> Iterator[str]:
    """Serve an application on a free port and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Complaints:
    """What a page writes to the console or fails to do; a content policy speaks up here."""

    def __init__(self, page: Page) -> None:
        self.texts: list[str] = []
        self.refusals: set[int] = set()
        self.failures: set[str] = set()
        page.on("console", self._hear)
        page.on("pageerror", self._fail)

    def expect(self, status: int) -> None:
        """Let the browser mention that the server refused a page with this status."""
        self.refusals.add(status)

    def forgive(self, failure: str) -> None:
        """Let the browser mention that it did not reach the server, by the name of the failure."""
        self.failures.add(failure)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.text.startswith(_OVERTAKEN):
            return
        expected = any(f"status of {status} " in message.text for status in self.refusals)
        expected |= any(failure in message.text for failure in self.failures)
        if not (expected and "/static/" not in message.location["url"]):
            self.texts.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _fail(self, error: Error) -> None:
        self.texts.append(f"page error: {error}")


def count_scan_lines(image: Path) -> tuple[int, int]:
    """Return the width of a PNG and how many different lines of pixels it has; blank has few."""
    content = image.read_bytes()
    assert content.startswith(_SIGNATURE)
    width, _height, depth, colours = struct.unpack(">IIBB", content[16:26])
    samples = {2: 3, 6: 4}[colours]
    stride = 1 + width * samples * depth // 8
    pixels = zlib.decompress(b"".join(_data(content)))
    return width, len({pixels[at + 1 : at + stride] for at in range(0, len(pixels), stride)})


def _data(content: bytes) -> Iterator[bytes]:
    at = len(_SIGNATURE)
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind == b"IDAT":
            yield content[at + 8 : at + 8 + length]
        at += length + 12
