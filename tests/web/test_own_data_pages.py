"""A person takes their data away, and deletes their account."""

import json
from datetime import timedelta

from tests.support.client import PASSWORD, Client, Page
from tests.support.rows import read_rows
from tests.web.conftest import Site

ADDRESS = "/settings/delete"
WRONG = "not the password"
TRIES = 10


def delete(client: Client, password: str = PASSWORD) -> Page:
    return client.post_form(ADDRESS, client.get(ADDRESS), password=password)


def list_accounts(site: Site) -> set[object]:
    return {row[1] for row in read_rows(site.database, ["account"])["account"]}


def test_the_file_is_an_attachment_that_no_cache_keeps(site: Site, alice: Client) -> None:
    assert "/settings/export" in alice.get("/settings").links
    page = alice.get("/settings/export")
    assert page.headers["Content-Type"] == "application/json"
    assert page.headers["Content-Disposition"] == 'attachment; filename="quizapp-data.json"'
    assert page.headers["Cache-Control"] == "no-store"
    document = json.loads(page.body)
    assert document["account"]["email"] == site.email("alice")
    assert [each["number"] for each in document["reviews"]] == [site.things.review_id]


def test_a_deleted_account_is_signed_out_everywhere(site: Site, alice: Client) -> None:
    other = Client(site.app)
    assert other.sign_in(site.email("alice")).status == 303
    done = delete(alice)
    assert (done.status, done.location) == (303, "/sign-in")
    assert "Your account and your data are deleted." in alice.follow(done).words
    assert other.get("/").status == 302
    assert site.open("alice").get("/").status == 302
    assert site.open().sign_in(site.email("alice")).status == 422
    assert site.email("alice") not in list_accounts(site)
    report = f"/courses/{site.things.course_id}/gradebook"
    assert "Alice" not in site.open("tess").get(report).words


def test_a_wrong_password_deletes_nothing(site: Site, alice: Client) -> None:
    before = read_rows(site.database, ["account", "sign_in", "review", "attempt"])
    for password, words in ((WRONG, "The password is not right."), ("", "Enter your password.")):
        page = delete(alice, password)
        assert page.status == 422
        assert page.title.startswith("Error: ")
        assert page.words.count(words) == 2
        assert WRONG not in page.text
    assert read_rows(site.database, list(before)) == before


def test_wrong_passwords_are_counted_with_those_of_signing_in(site: Site, alice: Client) -> None:
    for _ in range(TRIES - 1):
        assert delete(alice, WRONG).status == 422
    assert site.open().sign_in(site.email("alice"), WRONG).status == 422
    page = delete(alice)
    assert page.status == 429
    assert "Too many tries. Wait 15 minutes and try again." in page.words
    assert site.email("alice") in list_accounts(site)
    site.clock.advance(timedelta(minutes=15, seconds=1))
    assert delete(alice).status == 303


def test_the_only_instructor_is_told_what_to_do(site: Site) -> None:
    tess = site.open("tess")
    page = tess.get(ADDRESS)
    assert "You are the only instructor of: Astronomy. Add another instructor there" in page.words
    assert "password" not in {name for form in page.forms() for name in form.fields}
    refused = tess.post(ADDRESS, {"password": PASSWORD, "csrf_token": tess.read_token()})
    assert refused.status == 409
    assert "Add another instructor" in refused.words
    assert site.email("tess") in list_accounts(site)
    assert tess.get("/sets").status == 200


def test_the_last_administrator_is_told_what_to_do(site: Site) -> None:
    assert "You are the only administrator." in site.open("ada").get(ADDRESS).words


def test_the_page_says_what_goes_and_what_stays(site: Site) -> None:
    learner, teacher = site.open("alice").get(ADDRESS).words, site.open("kim").get(ADDRESS).words
    assert "Your attempts at assignments, with answers, marks and grades." in learner
    assert "without your name" in teacher
    assert "Your reviews" not in teacher
