"""Headers that every answer carries, whatever the answer is."""

import gzip

import pytest

from quizapp.resources import find_folder
from quizapp.web.assets import SHEETS
from tests.factories.people import MORNING
from tests.support.apps import close
from tests.support.client import Client, Clock, Page, make_app
from tests.web.conftest import Site
from tests.web.routes import address_of

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
}


def read_policy(page: Page) -> dict[str, str]:
    directives = page.headers["Content-Security-Policy"].split(";")
    return {name: value for name, _, value in (each.strip().partition(" ") for each in directives)}


def collect_answers(site: Site) -> dict[str, Page]:
    """Return answers of every sort that the site gives."""
    alice, nobody = site.open("alice"), site.open()
    token = alice.read_token()
    return {
        "page": alice.get("/"),
        "sign-in": nobody.get("/sign-in"),
        "redirect": nobody.get("/"),
        "form taken": alice.post("/review", {"csrf_token": token}),
        "form refused": nobody.post_form("/sign-in", nobody.get("/sign-in"), email=""),
        "forged": alice.post("/review", {}),
        "not found": nobody.get("/nothing"),
        "not theirs": alice.get("/sets"),
        "wrong method": alice.get("/review"),
        "too large": alice.post("/review", {"x": "y" * 70_000}),
        "stale": alice.post(f"{site.study}/undo", {"csrf_token": token, "review_id": "1.5"}),
        "static": nobody.get(address_of(site, "static")),
        "static, old": nobody.get("/static/0123456789ab/js/swap.js"),
        "static, missing": nobody.get(address_of(site, "static").replace("swap", "none")),
        "alive": nobody.get("/healthz"),
        "ready": nobody.get("/readyz"),
        "head": alice.get("/", method="HEAD"),
        "options": alice.get("/", method="OPTIONS"),
    }


def test_every_answer_carries_the_headers(site: Site) -> None:
    answers = collect_answers(site)
    assert {page.status for page in answers.values()} >= {200, 302, 303, 400, 404, 405, 413, 422}
    for name, page in answers.items():
        assert read_policy(page) == POLICY, name
        assert page.headers["X-Content-Type-Options"] == "nosniff", name
        assert page.headers["Referrer-Policy"] == "same-origin", name
        assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert "camera=()" in page.headers["Permissions-Policy"], name
        assert "Strict-Transport-Security" not in page.headers, name


def test_nothing_is_kept_by_caches_but_static_files(site: Site) -> None:
    for name, page in collect_answers(site).items():
        kept = page.headers["Cache-Control"]
        if name == "static":
            assert "immutable" in kept
            assert "public" in kept
            assert "max-age=31536000" in kept
        else:
            assert kept == "no-store", name


def test_static_files_set_no_cookie_and_change_their_address_with_their_content(
    site: Site,
) -> None:
    page = site.open("alice").get(address_of(site, "static"))
    assert "Set-Cookie" not in page.headers
    assert page.headers["Content-Type"].startswith("text/javascript")
    assert site.open().get("/static/0123456789ab/js/swap.js").status == 404


def test_static_files_are_compressed_for_browsers_that_take_it(site: Site) -> None:
    path, client = address_of(site, "static"), site.app.test_client()
    content = (find_folder("static") / "js" / "swap.js").read_bytes()
    for taken in ("", "identity", "br, gzip;q=0"):
        with client.get(path, headers={"Accept-Encoding": taken}) as plain:
            assert "Content-Encoding" not in plain.headers, taken
            assert plain.data == content
            assert plain.vary.as_set() == {"accept-encoding"}
    for taken in ("gzip, deflate, br", "*"):
        with client.get(path, headers={"Accept-Encoding": taken}) as packed:
            assert packed.content_encoding == "gzip", taken
            assert gzip.decompress(packed.data) == content
            assert packed.vary.as_set() == {"accept-encoding"}


def test_all_style_sheets_come_as_one_in_their_order(site: Site) -> None:
    path = address_of(site, "static").replace("js/swap.js", "css/site.css")
    sent = site.open().get(path)
    assert sent.headers["Content-Type"].startswith("text/css")
    folder = find_folder("static") / "css"
    assert sent.text == "".join((folder / f"{name}.css").read_text("utf-8") for name in SHEETS)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/healthz", "/nothing"])
def test_on_tls_browsers_are_told_to_stay_on_it(site: Site, path: str) -> None:
    app = make_app(site.database.url.render_as_string(), Clock(MORNING), https=True)
    page = Client(app, https=True).get(path)
    close(app)
    assert int(page.headers["Strict-Transport-Security"].partition("=")[2]) >= 31_536_000


def test_no_page_says_what_it_is_made_with(site: Site) -> None:
    for page in collect_answers(site).values():
        assert "X-Powered-By" not in page.headers
        assert b"Traceback" not in page.body
        assert b"Werkzeug" not in page.body
