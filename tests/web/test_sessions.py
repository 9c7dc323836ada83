"""A signed-in browser: how it begins, what ends it, and what its cookie is worth."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from quizapp.services.accounts.signing_in import ABSOLUTE_LIMIT, IDLE_LIMIT
from quizapp.storage.tables import AccountRow
from tests.factories.people import MORNING
from tests.support.apps import close
from tests.support.client import PASSWORD, Client, Clock, make_app
from tests.support.rows import read_rows
from tests.web.conftest import Site

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def is_in(client: Client) -> bool:
    """Tell whether a learner's browser is signed in."""
    status = client.get("/").status
    assert status in {200, 302}
    return status == 200


def use(client: Client) -> int:
    """Send a form, as a learner does who studies; return the status."""
    return client.post("/review", {"csrf_token": client.read_token()}).status


def with_cookie(site: Site, cookie: str | None) -> Client:
    """Return a browser that got hold of that cookie."""
    assert cookie is not None
    client = site.open()
    client.cookie = cookie
    return client


def test_signing_in_begins_a_session_of_its_own(site: Site) -> None:
    client = site.open()
    client.get("/sign-in")
    before = client.cookie
    page = client.sign_in(site.email("alice"))
    assert (page.status, page.location) == (303, "/")
    assert client.cookie not in {before, site.cookies["alice"]}
    assert is_in(client)
    assert is_in(site.open("alice"))
    assert not is_in(with_cookie(site, before))


def test_signing_in_again_ends_the_session_of_before(site: Site, alice: Client) -> None:
    token, before = alice.read_token(), alice.cookie
    fields = {"email": site.email("alice"), "password": PASSWORD, "csrf_token": token}
    assert alice.post("/sign-in", fields).status == 303
    assert alice.cookie != before
    assert is_in(alice)
    assert not is_in(with_cookie(site, before))


def test_who_is_signed_in_is_not_asked_again(site: Site) -> None:
    assert site.open("alice").get("/sign-in").location == "/"
    assert site.open("tess").get("/sign-in").location == "/sets"


def test_signing_out_ends_the_session_on_the_server(site: Site, alice: Client) -> None:
    other = site.open()
    other.sign_in(site.email("alice"))
    before = alice.cookie
    page = alice.post_form("/sign-out", alice.get("/"))
    assert (page.status, page.location) == (303, "/sign-in")
    assert not is_in(alice)
    assert not is_in(with_cookie(site, before))
    assert is_in(other)


def test_a_new_password_ends_every_session(site: Site, alice: Client) -> None:
    other = site.open()
    other.sign_in(site.email("alice"))
    address = f"/set-password/{site.things.link}"
    stranger = site.open()
    page = stranger.post_form(address, stranger.get(address), password="another long password")
    assert page.status == 303
    assert not is_in(alice)
    assert not is_in(other)
    assert is_in(site.open("bob"))


def test_a_disabled_account_is_out_at_once_and_stays_out(site: Site, alice: Client) -> None:
    assert is_in(alice)
    with site.database.writing() as session:
        person = AccountRow.id == site.things.people["alice"].id
        session.execute(update(AccountRow).where(person).values(disabled_at=MORNING))
        session.commit()
    assert not is_in(alice)
    assert use(alice) == 302
    assert site.open().sign_in(site.email("alice")).status == 422


def test_a_browser_that_rests_too_long_is_signed_out(site: Site, alice: Client) -> None:
    site.clock.advance(IDLE_LIMIT)
    assert is_in(alice)
    site.clock.advance(SECOND)
    assert not is_in(alice)
    assert alice.get("/").location.startswith("/sign-in")


def test_studying_keeps_a_browser_signed_in_and_looking_does_not(site: Site, alice: Client) -> None:
    site.clock.advance(10 * DAY)
    assert use(alice) == 303
    site.clock.advance(10 * DAY)
    assert is_in(alice)
    site.clock.advance(4 * DAY + SECOND)
    assert not is_in(alice)


def test_a_session_ends_some_day_however_much_it_is_used(site: Site, alice: Client) -> None:
    for _ in range(ABSOLUTE_LIMIT // (9 * DAY)):
        site.clock.advance(9 * DAY)
        assert use(alice) == 303
    assert site.clock.now == MORNING + ABSOLUTE_LIMIT
    assert is_in(alice)
    site.clock.advance(SECOND)
    assert not is_in(alice)


def test_the_next_sign_in_sweeps_what_has_ended(site: Site) -> None:
    site.clock.advance(IDLE_LIMIT + SECOND)
    site.open().sign_in(site.email("bob"))
    assert len(read_rows(site.database, ["sign_in"])["sign_in"]) == 1


def test_the_database_does_not_know_what_the_cookie_holds(site: Site, alice: Client) -> None:
    with site.app.test_request_context(headers={"Cookie": f"session={alice.cookie}"}) as context:
        assert context.session is not None
        token = context.session["token"]
    assert len(token) >= 43
    assert token not in repr(read_rows(site.database))


def test_a_cookie_of_another_key_is_worth_nothing(site: Site, alice: Client) -> None:
    assert alice.cookie is not None
    payload, _, signature = alice.cookie.rpartition(".")
    assert not is_in(with_cookie(site, f"{payload}.{signature[::-1]}"))
    assert not is_in(with_cookie(site, payload))
    assert not is_in(with_cookie(site, "nonsense"))


@pytest.mark.parametrize("https", [False, True])
def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(site: Site, https: bool) -> None:
    app = make_app(site.database.url.render_as_string(), Clock(MORNING), https=https)
    page = Client(app, https=https).sign_in(site.email("alice"))
    close(app)
    assert page.status == 303
    name, *flags = (part.strip() for part in page.headers["Set-Cookie"].split(";"))
    assert name.partition("=")[0] == ("__Host-session" if https else "session")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert ("Secure" in flags) == https
    assert not any(flag.startswith("Domain") for flag in flags)


def test_on_tls_a_form_from_another_site_is_refused(site: Site) -> None:
    app = make_app(site.database.url.render_as_string(), Clock(MORNING), https=True)
    client = Client(app, https=True)
    fields = client.get("/sign-in").get_form("/sign-in").fields
    client.referrer = "https://elsewhere.example/"
    page = client.post("/sign-in", {**fields, "email": "a@example.org", "password": PASSWORD})
    close(app)
    assert page.status == 400
