"""The pages of a course: forms that say what is wrong, and what an instructor and others see."""

from datetime import timedelta

import pytest

from tests.support.client import Client
from tests.support.rows import read_rows
from tests.web.conftest import CODE, Site


@pytest.fixture
def tess(site: Site) -> Client:
    """Tess's browser, signed in."""
    return site.open("tess")


@pytest.fixture
def course(site: Site) -> str:
    """The address of Tess's course."""
    return f"/courses/{site.things.course_id}"


def test_a_course_is_made_and_edited(tess: Client) -> None:
    fields = {"title": "  Geology \t I ", "timezone": "Europe/Paris", "exam_on": "2026-06-30"}
    made = tess.post_form("/courses/new", tess.get("/courses/new"), **fields)
    assert made.status == 303
    page = tess.follow(made)
    assert "Geology I" in page.words
    assert "Europe/Paris" in page.words
    assert "exam on 30 June 2026" in page.words
    form = tess.get(f"{made.location}/edit")
    assert form.get_form(f"{made.location}/edit").fields["exam_on"] == "2026-06-30"
    saved = tess.post_form(f"{made.location}/edit", form, exam_on="", title="Rocks")
    page = tess.follow(saved)
    assert "Rocks" in page.words
    assert "no exam date" in page.words
    assert made.location in tess.get("/sets").links


def test_a_new_course_is_where_its_maker_is(site: Site, tess: Client) -> None:
    form = tess.get("/courses/new").get_form("/courses/new")
    assert form.fields["timezone"] == site.things.people["tess"].timezone


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", " ", "Enter a title."),
        ("title", "x" * 201, "at most 200 characters"),
        ("timezone", "", "Enter a time zone"),
        ("timezone", "Mars/Olympus", "is no time zone"),
        ("timezone", "../../etc/passwd", "is no time zone"),
        ("exam_on", "tomorrow", "Enter a day such as"),
        ("exam_on", "2026-02-30", "Enter a day such as"),
    ],
)
@pytest.mark.parametrize("place", ["/courses/new", "/courses/1/edit"])
def test_what_is_wrong_is_said_at_the_top_and_beside_the_field(
    site: Site, tess: Client, place: str, field: str, value: str, words: str
) -> None:
    before = read_rows(site.database)
    fields = {"title": "Geology", "timezone": "UTC", "exam_on": "", field: value}
    page = tess.post_form(place, tess.get(place), **fields)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.words.count(words) == 2
    assert f"#{field}" in page.links
    summary = next(each for each in page.tree.iter() if "error-summary" in each.get("class", ""))
    assert "autofocus" in summary.attrib
    assert read_rows(site.database) == before


def test_the_page_of_a_course_shows_what_it_is(site: Site, tess: Client, course: str) -> None:
    page = tess.get(course)
    for words in ("Astronomy", "2 students", "ABCDE-23456", "Monday", "Tess", "Kim", "Assistant"):
        assert words in page.words
    link = next(each for each in page.tree.iter("input") if each.get("id") == "join-link")
    assert f"http://localhost/join/{CODE}?seal=" in link.attrib["value"]
    assert f"{course}/report" in page.links
    assert f"/versions/{site.things.version_id}" in page.links


def test_an_assistant_sees_the_page_without_anything_to_change(site: Site, course: str) -> None:
    for page in (site.open("kim").get(course), site.open("kim").get(f"{course}/roster")):
        assert [form.action for form in page.forms() if form.method == "post"] == ["/sign-out"]
        assert not any(link.endswith(("/edit", "/remove", "/import")) for link in page.links)


def test_an_archived_course_is_listed_apart_and_says_what_that_means(
    tess: Client, course: str
) -> None:
    assert "Archived courses" not in tess.get("/sets").words
    page = tess.follow(tess.post_form(f"{course}/archive", tess.get(course)))
    assert "its students meet no new questions of it" in page.words
    posts = [form.action for form in page.forms() if form.method == "post"]
    assert posts == ["/sign-out", f"{course}/restore"]
    assert "Archived courses" in tess.get("/sets").words
    late = tess.post(f"{course}/code", {"csrf_token": tess.read_token()})
    assert late.status == 409
    assert "restore it before you change it" in late.words
    page = tess.follow(tess.post_form(f"{course}/restore", page))
    assert "ABCDE-23456" in page.words


def test_a_learner_is_told_that_the_course_is_archived(
    site: Site, tess: Client, course: str
) -> None:
    tess.post_form(f"{course}/archive", tess.get(course))
    page = site.open("bob").get("/")
    assert "This course is archived" in page.words
    assert "Nothing due." in page.words
    site.clock.advance(timedelta(days=2))
    assert (
        "Start reviewing"
        in {
            "".join(each.itertext()).strip().split("\n")[0]
            for each in site.open("alice").get("/").tree.iter("button")
        }
        or "Resume" in site.open("alice").get("/").words
    )


def test_the_last_instructor_is_not_removed(site: Site, tess: Client, course: str) -> None:
    address = f"{course}/teachers/{site.things.people['tess'].id}/remove"
    asked = tess.get(address)
    assert "you will not see the course any more" in asked.words
    page = tess.post_form(address, asked)
    assert page.status == 409
    assert "Tess is the last instructor of this course. Add another instructor first" in page.words


def test_a_teacher_is_added_and_removed(site: Site, tess: Client, course: str) -> None:
    fields = {"email": site.email("theo"), "role": "instructor"}
    page = tess.follow(tess.post_form(f"{course}/teachers", tess.get(course), **fields))
    assert "Theo: instructor of this course." in page.words
    theo = site.open("theo")
    address = f"{course}/teachers/{site.things.people['tess'].id}/remove"
    page = theo.follow(theo.post_form(address, theo.get(address)))
    assert "Tess does not teach this course any more." in page.words
    assert tess.get(course).status == 404
    assert theo.get(course).status == 200


def test_learners_are_put_into_a_section_and_taken_out(
    site: Site, tess: Client, course: str
) -> None:
    token, section = tess.read_token(), str(site.things.section_id)
    ids = [str(site.things.people[name].id) for name in ("alice", "bob", "charlie")]
    body = "&".join(f"learner={id_}" for id_ in ids)
    for action, words in (("in", "2 students are now in Monday"), ("out", "are not in Monday")):
        sent = f"csrf_token={token}&section_id={section}&action={action}&{body}"
        page = tess.follow(tess.post(f"{course}/sections/move", sent.encode()))
        assert words in page.words
    assert read_rows(site.database, ["section_member"]) == {"section_member": []}


def test_a_section_is_made_renamed_and_deleted(site: Site, tess: Client, course: str) -> None:
    made = tess.post_form(f"{course}/sections", tess.get(f"{course}/roster"), title="Lab ß")
    assert "The section Lab ß is made." in tess.follow(made).words
    for title, words in (("LAB SS", "already"), ("", "Enter a title"), ("a|b", "cannot hold |")):
        page = tess.post_form(f"{course}/sections", tess.get(f"{course}/roster"), title=title)
        assert page.status == 422
        assert words in page.words
    address = f"{course}/sections/{site.things.section_id}"
    renamed = tess.post_form(address, tess.get(address), title="Tuesday")
    assert "Tuesday" in tess.follow(renamed).words
    page = tess.follow(tess.post_form(f"{address}/delete", tess.get(address)))
    assert "The section Tuesday is deleted" in page.words
    assert tess.get(address).status == 404
    assert "2 students" in page.words


def test_a_code_is_renewed_and_switched_off(tess: Client, course: str) -> None:
    fields = {"last_day": "2026-05-01", "action": "renew"}
    page = tess.follow(tess.post_form(f"{course}/code", tess.get(course), **fields))
    assert "ABCDE-23456" not in page.words
    assert page.get_form(f"{course}/code").fields["last_day"] == "2026-05-01"
    kept = tess.post_form(f"{course}/code", page, last_day="2026-05-02", action="keep")
    code = next(each for each in page.tree.iter("p") if each.get("class") == "code")
    assert "".join(code.itertext()).strip() in tess.follow(kept).words
    page = tess.follow(tess.post_form(f"{course}/code/off", tess.get(course)))
    assert "Nobody can join by a code" in page.words
