"""Joining on the web: by link and by code, through signing in, and never by guessing."""

from urllib.parse import parse_qs, urlsplit

import pytest

from quizapp.services.courses.codes import ALPHABET
from tests.support.client import Client, Page
from tests.support.rows import read_rows
from tests.web.conftest import CODE, Site
from tests.web.routes import address_of

WRONG = "ABCDE-23457"


@pytest.fixture
def charlie(site: Site) -> Client:
    """Charlie's browser, signed in; he is in no course."""
    return site.open("charlie")


@pytest.fixture
def link(site: Site) -> str:
    """The join link of the course, as the course's page shows it."""
    page = site.open("tess").get(f"/courses/{site.things.course_id}")
    field = next(each for each in page.tree.iter("input") if each.get("id") == "join-link")
    return field.attrib["value"].removeprefix("http://localhost")


def type_code(client: Client, code: str) -> Page:
    return client.post_form("/join", client.get("/join"), code=code)


def test_a_link_names_the_course_and_its_button_joins(charlie: Client, link: str) -> None:
    page = charlie.get(link)
    assert "Join Astronomy" in page.words
    joined = charlie.post_form(f"/join/{CODE}", page)
    assert (joined.status, joined.location) == (303, "/")
    page = charlie.follow(joined)
    assert "You joined Astronomy." in page.words
    assert "25 questions" in page.words or "20 questions" in page.words


def test_looking_at_a_link_changes_nothing(site: Site, charlie: Client, link: str) -> None:
    before = read_rows(site.database)
    for address in (link, f"/join/{WRONG}", f"/join/{CODE}"):
        assert charlie.get(address).status == 200
    assert read_rows(site.database) == before


def test_who_is_in_already_is_told_so(site: Site, link: str) -> None:
    bob, before = site.open("bob"), read_rows(site.database)
    page = bob.get(link)
    assert "You are in this course already." in page.words
    sent = bob.post(f"/join/{CODE}", {"csrf_token": bob.read_token()})
    assert "You are in Astronomy already." in bob.follow(sent).words
    assert "You are in Astronomy already." in bob.follow(type_code(bob, CODE)).words
    assert read_rows(site.database) == before


def test_who_is_not_signed_in_signs_in_and_comes_back(site: Site, link: str) -> None:
    client = site.open()
    asked = client.get(link)
    page = client.sign_in(site.email("charlie"), wanted=asked.location.removeprefix("/sign-in"))
    assert page.location == link
    assert "Join Astronomy" in client.follow(page).words


def test_an_instructor_who_opens_the_link_is_told_whom_it_is_for(site: Site, link: str) -> None:
    page = site.open("tess").get(link)
    assert "This is where students join a course." in page.words
    assert site.open("tess").post(f"/join/{CODE}", {"csrf_token": "x"}).status == 404


@pytest.mark.parametrize("code", ["abcde-23456", " ABCDE 23456 "])
def test_a_code_is_typed(charlie: Client, code: str) -> None:
    assert "You joined Astronomy." in charlie.follow(type_code(charlie, code)).words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "Enter the code"),
        (WRONG, "No course has this code."),
        ("x" * 41, "too long"),
        ("0O1IL", "No course has this code."),
    ],
)
def test_a_wrong_code_is_refused_beside_the_field(charlie: Client, code: str, words: str) -> None:
    page = type_code(charlie, code)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.words.count(words) == 2
    assert "#code" in page.links


def test_after_ten_wrong_codes_the_right_one_and_the_link_wait_too(
    site: Site, charlie: Client, link: str
) -> None:
    form = charlie.get(link)
    for _ in range(10):
        assert type_code(charlie, WRONG).status == 422
    for page in (type_code(charlie, CODE), charlie.post_form(f"/join/{CODE}", form)):
        assert page.status == 429
        assert "Too many tries. Wait 15 minutes" in page.words
    again = site.open("charlie")
    assert type_code(again, CODE).status == 429


def test_a_code_in_an_address_is_no_way_to_guess(charlie: Client, link: str) -> None:
    """Looking counts no tries, so without the link's seal it must not tell right from wrong."""
    right, wrong = charlie.get(f"/join/{CODE}"), charlie.get("/join/ABCDE23457")
    assert (right.status, wrong.status) == (200, 200)
    assert right.text.replace("ABCDE-23456", "") == wrong.text.replace("ABCDE-23457", "")
    (seal,) = parse_qs(urlsplit(link).query)["seal"]
    for made_up in ("", "0" * len(seal), seal[:-1], seal.upper() + "x", "ü"):
        assert "Astronomy" not in charlie.get(f"/join/{CODE}?seal={made_up}").text
    assert "Astronomy" not in charlie.get(f"/join/{WRONG}?seal={seal}").text


def test_a_seal_has_128_bits_and_a_code_49(link: str) -> None:
    (seal,) = parse_qs(urlsplit(link).query)["seal"]
    assert 16 ** len(seal) >= 2**128
    assert len(ALPHABET) ** len(CODE) >= 2**49


def test_an_old_link_leads_to_no_course(site: Site, charlie: Client, link: str) -> None:
    tess, course = site.open("tess"), f"/courses/{site.things.course_id}"
    form = charlie.get(link)
    tess.post_form(f"{course}/code", tess.get(course), last_day="", action="renew")
    assert charlie.get(link).status == 404
    assert charlie.post_form(f"/join/{CODE}", form).status == 422
    assert charlie.get(address_of(site, "instructor.report")).status == 404
