"""A browser without a screen: it keeps cookies, reads pages strictly and fills in their forms."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from quizapp.web.app import create_app
from quizapp.web.settings import Settings

SECRET = "a secret of the tests, long enough to be taken"
PASSWORD = "correct horse battery"
TYPED = {"hidden", "text", "email", "password", "search", "date", "datetime-local", "number", ""}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, length: timedelta) -> None:
        """Let time pass."""
        self.now += length


def make_app(address: str, clock: Callable[[], datetime], *, https: bool = False) -> Flask:
    """Return the application on a database, at the time that the clock says."""
    app = create_app(Settings(database=address, secret_key=SECRET, https=https, clock=clock))
    app.jinja_env.bytecode_cache = _COMPILED
    return app


class Compiled(BytecodeCache):
    """Templates compiled once for all applications of a test run."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled from the same source."""
        if bucket.key + bucket.checksum in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key + bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = Compiled()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of a page: its fields as they stand, and the values of its buttons and radios."""

    action: str
    method: str
    fields: Mapping[str, str]
    choices: tuple[str, ...]


class Page:
    """An answer of the server."""

    def __init__(self, path: str, response: TestResponse) -> None:
        self.path = path
        self.status: int = response.status_code
        self.headers: Headers = response.headers
        self.body: bytes = response.data
        response.close()

    @property
    def text(self) -> str:
        """The source of the page."""
        return self.body.decode("utf-8")

    @property
    def location(self) -> str:
        """Where the answer leads."""
        return self.headers["Location"]

    @cached_property
    def tree(self) -> Element:
        """The page as a tree.

        Raises:
            ParseError: the page is no strict HTML5.
        """
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree: Element = parser.parse(self.text)
        return tree

    @property
    def words(self) -> str:
        """What the page says, spaces joined."""
        return words_of(next(self.tree.iter("main")))

    @property
    def title(self) -> str:
        """The page's title."""
        return words_of(next(self.tree.iter("title")))

    @property
    def links(self) -> tuple[str, ...]:
        """Where the links of the page lead."""
        return tuple(link.attrib["href"] for link in self.tree.iter("a") if "href" in link.attrib)

    def forms(self) -> Iterator[Form]:
        """Yield every form that is sent; one without an address is sent to the page's own."""
        for element in self.tree.iter("form"):
            if element.attrib.get("method") == "dialog":
                continue
            yield Form(
                action=element.attrib.get("action", self.path),
                method=element.attrib.get("method", "get"),
                fields=dict(_fields(element)),
                choices=tuple(_choices(element)),
            )

    def get_form(self, url: str) -> Form:
        """Return the first form that is sent to this address."""
        found = next((form for form in self.forms() if form.action == url), None)
        assert found is not None, f"{self.path} has no form for {url}"
        return found


class Client:
    """One browser of one person; `address` is where on the network it asks from."""

    def __init__(self, app: Flask, *, https: bool = False) -> None:
        self._client = app.test_client()
        self._base = f"{'https' if https else 'http'}://localhost"
        self.address = "127.0.0.1"
        self.referrer = f"{self._base}/"

    def get(
        self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Page:
        """Open a page."""
        return self._open(path, method=method, headers=headers)

    def post(
        self,
        path: str,
        fields: Mapping[str, str] | bytes,
        *,
        content_type: str = "application/x-www-form-urlencoded",
    ) -> Page:
        """Send fields as they are given."""
        data = fields if isinstance(fields, bytes) else dict(fields)
        return self._open(path, method="POST", data=data, content_type=content_type)

    def post_form(self, url: str, page: Page, **fields: str) -> Page:
        """Send the form of a page with its token and hidden fields, and with these."""
        form = page.get_form(url)
        assert form.method == "post"
        return self.post(url, {**form.fields, **fields})

    def post_json(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send fields as a script does that asks for JSON."""
        return self._open(path, method="POST", data=dict(fields), accept="application/json")

    def send_json(self, path: str, body: bytes, token: str) -> Page:
        """Send JSON as a script does, the token in a header."""
        headers = {"X-CSRFToken": token}
        kind = "application/json"
        return self._open(path, method="POST", data=body, content_type=kind, headers=headers)

    def follow(self, page: Page) -> Page:
        """Go where an answer leads."""
        assert page.status in {302, 303}, page.status
        return self.get(page.location)

    def sign_in(self, email: str, password: str = PASSWORD, *, wanted: str = "") -> Page:
        """Sign in and return the server's answer."""
        path = f"/sign-in{wanted}"
        return self.post_form(path, self.get(path), email=email, password=password)

    def read_token(self) -> str:
        """Return the token against forgery that pages of this browser carry."""
        page = self.get("/keys")
        if not any("csrf_token" in form.fields for form in page.forms()):
            page = self.get("/sign-in")
        return next(
            form.fields["csrf_token"] for form in page.forms() if "csrf_token" in form.fields
        )

    def answer(self, question: Page, *, right: bool = True) -> Page:
        """Answer the question on a page: of the tests' versions option 1 is right, or Good."""
        form = self.get_answer_form(question)
        card = form.choices == ("1", "2", "3", "4")
        value = ("3" if right else "1") if card else ("1" if right else "0")
        return self.post(form.action, {**form.fields, "answer": value})

    def uncover(self, question: Page) -> Page:
        """Show the answer of a flashcard."""
        return self.get(next(link for link in question.links if "reveal" in link))

    def get_answer_form(self, question: Page) -> Form:
        """Return the form that answers the question on a page; a flashcard is uncovered first."""
        if not any(form.action.endswith("/answer") for form in question.forms()):
            question = self.uncover(question)
        return next(form for form in question.forms() if form.action.endswith("/answer"))

    @property
    def cookie(self) -> str | None:
        """The cookie of the session, as the server set it."""
        found = self._client.get_cookie("session") or self._client.get_cookie("__Host-session")
        return found.value if found else None

    @cookie.setter
    def cookie(self, value: str) -> None:
        self._client.set_cookie("session", value)

    def _open(
        self,
        path: str,
        *,
        method: str,
        data: Mapping[str, str] | bytes | None = None,
        content_type: str | None = None,
        accept: str = "text/html",
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        response = self._client.open(
            path,
            method=method,
            base_url=self._base,
            data=data,
            content_type=content_type,
            headers={"Referer": self.referrer, "Accept": accept, **(headers or {})},
            environ_base={"REMOTE_ADDR": self.address},
        )
        parts = urlsplit(path)
        return Page(parts.path + (f"?{parts.query}" if parts.query else ""), response)


def words_of(element: Element) -> str:
    """Return the text of an element, spaces joined."""
    return " ".join(" ".join(element.itertext()).split())


def _fields(form: Element) -> Iterator[tuple[str, str]]:
    for field in form.iter("input"):
        if field.attrib.get("type", "") in TYPED and "name" in field.attrib:
            yield field.attrib["name"], field.attrib.get("value", "")
        if field.attrib.get("type") == "radio" and "checked" in field.attrib:
            yield field.attrib["name"], field.attrib["value"]
    for area in form.iter("textarea"):
        yield area.attrib["name"], "".join(area.itertext())
    for select in form.iter("select"):
        options = list(select.iter("option"))
        chosen = [each for each in options if "selected" in each.attrib] or options[:1]
        for option in chosen:
            yield select.attrib["name"], option.attrib["value"]


def _choices(form: Element) -> Iterator[str]:
    for element in form.iter():
        is_choice = element.tag == "button" or element.attrib.get("type") == "radio"
        if is_choice and "value" in element.attrib:
            yield element.attrib["value"]
