"""Signing in: who is told what, how often one may try, where one goes; and set-password links."""

from datetime import timedelta
from urllib.parse import quote, urljoin, urlsplit

import pytest
from sqlalchemy import update

from quizapp.services.accounts.registering import LINK_LIFE, issue_password_link
from quizapp.services.accounts.secrets import hash_token
from quizapp.storage.tables import AccountRow
from quizapp.storage.tries import add_refused_try
from tests.factories.people import MORNING
from tests.support.client import PASSWORD, Client
from tests.support.rows import read_rows
from tests.web.conftest import Site

NEW = "another long password"
WRONG = "not the password"
TRIES = 10
REST = timedelta(minutes=15)


def fail(client: Client, email: str, times: int = TRIES) -> None:
    for _ in range(times):
        assert client.sign_in(email, WRONG).status == 422


@pytest.mark.parametrize("email", ["alice@example.org", "ALICE@example.org", " Alice@Example.org "])
def test_letter_case_and_spaces_around_an_address_do_not_matter(site: Site, email: str) -> None:
    assert site.open().sign_in(email).status == 303


def test_an_unknown_address_and_a_wrong_password_are_told_the_same(site: Site) -> None:
    known = site.open().sign_in(site.email("alice"), WRONG)
    unknown = site.open().sign_in("alicf@example.org", WRONG)
    assert (known.status, known.words) == (unknown.status, unknown.words)
    assert known.title.startswith("Error: ")
    assert "The e-mail address or the password is not right." in known.words


@pytest.mark.parametrize("field", ["email", "password"])
def test_an_empty_field_is_named(site: Site, field: str) -> None:
    client = site.open()
    fields = {"email": site.email("alice"), "password": PASSWORD, field: ""}
    page = client.post_form("/sign-in", client.get("/sign-in"), **fields)
    assert page.status == 422
    assert f"#{field}" in page.links
    assert PASSWORD not in page.text


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org"])
def test_after_ten_wrong_tries_one_waits(site: Site, email: str) -> None:
    client = site.open()
    fail(client, email)
    page = client.sign_in(email)
    assert page.status == 429
    assert "Too many tries. Wait 15 minutes and try again." in page.words
    assert site.open().sign_in(email.upper()).status == 429
    assert site.open().sign_in(site.email("bob")).status == 303
    site.clock.advance(REST + timedelta(seconds=1))
    assert site.open().sign_in(email).status == (303 if "alice" in email else 422)


def test_right_passwords_are_not_counted(site: Site) -> None:
    for _ in range(TRIES + 1):
        assert site.open().sign_in(site.email("alice")).status == 303


def test_one_network_address_cannot_try_many_accounts(site: Site) -> None:
    with site.database.writing() as session:
        for number in range(50):
            add_refused_try(
                session,
                action="sign-in",
                subject_hash=hash_token(f"{number}@example.org"),
                address_hash=hash_token("192.0.2.1"),
                now=MORNING,
            )
        session.commit()
    client = site.open()
    client.address = "192.0.2.1"
    assert client.sign_in(site.email("alice")).status == 429
    client.address = "192.0.2.2"
    assert client.sign_in(site.email("alice")).status == 303


def test_no_address_is_kept_with_the_refused_tries(site: Site) -> None:
    site.open().sign_in("someone@example.org", WRONG)
    assert "someone" not in repr(read_rows(site.database, ["refused_try"]))


@pytest.mark.parametrize(
    "target", ["/review/1", "/articles/1?quote=a%20b&x=1", "/", "/articles/1?quote=//elsewhere"]
)
def test_one_goes_where_one_wanted_to(site: Site, target: str) -> None:
    page = site.open().sign_in(site.email("alice"), wanted=f"?next={quote(target, safe='')}")
    assert page.status == 303
    assert page.location == target


def test_a_page_that_needs_signing_in_is_where_one_arrives(site: Site) -> None:
    client = site.open()
    address = f"/articles/{site.things.version_id}?quote=the+quoted+words"
    asked = client.get(address)
    page = client.sign_in(site.email("alice"), wanted=asked.location.removeprefix("/sign-in"))
    assert client.follow(page).status == 200
    assert urlsplit(page.location).path == urlsplit(address).path
    assert "quote=the" in page.location


def go(target: str) -> str:
    """Return where a browser goes: it drops tabs and line breaks and turns backslashes."""
    cleaned = "".join(each for each in target if each not in "\t\r\n").strip()
    return urljoin("http://localhost/sign-in", cleaned.replace("\\", "/"))


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example",
        "//elsewhere.example",
        "///elsewhere.example",
        "////elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "\\/elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "/\r/elsewhere.example",
        "/\t\\elsewhere.example",
        "\t//elsewhere.example",
        " //elsewhere.example",
        "/%09/elsewhere.example",
        "/%5celsewhere.example",
        "http:elsewhere.example",
        "http:///elsewhere.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "elsewhere.example",
        "@elsewhere.example",
        "/\r\nLocation: https://elsewhere.example",
        "//[",
        "/\t/[",
        "http://[",
        "/../..//elsewhere.example",
        "",
    ],
)
def test_nobody_is_sent_elsewhere(site: Site, target: str) -> None:
    page = site.open().sign_in(site.email("alice"), wanted=f"?next={quote(target, safe='')}")
    assert page.status == 303
    assert page.headers.getlist("Location") == [page.location]
    assert page.location.startswith("/")
    assert not {"\r", "\n", "\t"} & set(page.location)
    parts = urlsplit(go(page.location))
    assert (parts.scheme, parts.netloc) == ("http", "localhost")


def test_a_link_sets_the_password_once(site: Site) -> None:
    client, address = site.open(), f"/set-password/{site.things.link}"
    page = client.get(address)
    assert site.email("alice") in page.words
    done = client.post_form(address, page, password=NEW)
    assert (done.status, done.location) == (303, "/sign-in")
    assert "Your password is set." in client.follow(done).words
    assert client.get(address).status == 404
    token = client.read_token()
    assert client.post(address, {"password": WRONG, "csrf_token": token}).status == 404
    assert site.open().sign_in(site.email("alice")).status == 422
    assert site.open().sign_in(site.email("alice"), NEW).status == 303


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "Enter a password."),
        ("seven77", "at least 8 characters"),
        ("x" * 1025, "at most 1024 characters"),
        ("Password1", "among the first that anyone tries"),
        ("aaaaaaaaaaaa", "among the first that anyone tries"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_still_works(
    site: Site, password: str, problem: str
) -> None:
    client, address = site.open(), f"/set-password/{site.things.link}"
    page = client.post_form(address, client.get(address), password=password)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert problem in page.words
    assert client.post_form(address, page, password=NEW).status == 303


@pytest.mark.parametrize(
    "password", ["пароль из слов", "with  spaces ", "x" * 1023 + "y", "🙂" * 4 + "abcd"]
)
def test_any_characters_make_a_password(site: Site, password: str) -> None:
    client, address = site.open(), f"/set-password/{site.things.link}"
    assert client.post_form(address, client.get(address), password=password).status == 303
    assert site.open().sign_in(site.email("alice"), password).status == 303
    assert site.open().sign_in(site.email("alice"), password.strip() + "!").status == 422


def test_a_link_expires(site: Site) -> None:
    client, address = site.open(), f"/set-password/{site.things.link}"
    site.clock.advance(LINK_LIFE - timedelta(seconds=1))
    page = client.get(address)
    assert page.status == 200
    site.clock.advance(timedelta(seconds=1))
    assert client.get(address).status == 404
    assert client.post_form(address, page, password=NEW).status == 404
    assert "This link was used or has expired" in client.get(address).words


def test_a_newer_link_makes_the_earlier_one_void(site: Site) -> None:
    with site.database.writing() as session:
        newer = issue_password_link(session, site.things.people["alice"], MORNING)
        session.commit()
    assert site.open().get(f"/set-password/{site.things.link}").status == 404
    assert site.open().get(f"/set-password/{newer}").status == 200
    assert newer not in repr(read_rows(site.database))


def test_a_link_is_void_while_the_account_is_disabled(site: Site) -> None:
    with site.database.writing() as session:
        session.execute(update(AccountRow).values(disabled_at=MORNING))
        session.commit()
    assert site.open().get(f"/set-password/{site.things.link}").status == 404


def test_an_account_without_a_password_lets_nobody_in(site: Site) -> None:
    with site.database.writing() as session:
        session.execute(update(AccountRow).values(password_hash=None))
        session.commit()
    for password in (PASSWORD, "None", "null", " "):
        assert site.open().sign_in(site.email("alice"), password).status == 422
