"""An instructor makes a course and fills it; a learner joins it; every page of it is swept."""

from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import expect

from quizapp.services.courses.inviting import renew_code
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.ids import VersionId
from tests.journeys.conftest import AMINA, MARIA, SAM, Opener, School
from tests.journeys.reader import Reader
from tests.journeys.sweeping import sweep

PHONE = {"width": 390, "height": 844}
BAD = "new.student@example.org;Nadia;Monday\nnobody at home;Noah;Monday\nstudent@example.org"
GOOD = BAD.replace("nobody at home", "noah@example.org")
PAGES = 14
_numbers = count()


def has_filled_a_course(maria: Reader, school: School) -> str:
    """Make a course, give it a set and a code, paste a roster with one bad line, mend it, confirm.

    Returns the join link.
    """
    maria.sign_in(MARIA, school.passwords[MARIA])
    maria.follow("New course")
    maria.page.get_by_label("Title").fill("History")
    maria.page.get_by_label("Time zone").fill("Nowhere")
    maria.press_button("Make the course")
    expect(maria.page.locator(".error-summary")).to_be_focused()
    assert maria.title.startswith("Error: ")
    maria.page.locator(".error-summary a").click()
    expect(maria.page.get_by_label("Time zone")).to_be_focused()
    maria.page.get_by_label("Time zone").fill("Africa/Bamako")
    maria.press_button("Make the course")
    maria.is_before("History")
    maria.press_button("Add the set")
    expect(maria.main).to_contain_text("The course teaches this set now.")
    maria.press_button("Make a code")
    link = maria.page.get_by_label("Join link").input_value()
    maria.page.get_by_role("link", name="Students", exact=True).click()
    maria.follow("Add students")
    has_pasted_a_roster(maria)
    return link


def has_pasted_a_roster(maria: Reader) -> None:
    """Paste three learners with one bad line, mend it, confirm, and see the links and the list."""
    maria.page.get_by_label("Table").fill(BAD)
    maria.press_button("Check the list")
    expect(maria.page.locator(".error-summary")).to_be_focused()
    expect(maria.page.locator(".error-summary")).to_contain_text("Line 2, column 1")
    maria.page.locator(".error-summary a").click()
    table = maria.page.get_by_label("Table")
    expect(table).to_be_focused()
    expect(table).to_have_value(BAD)
    table.fill(GOOD)
    maria.press_button("Check again")
    expect(maria.main).to_contain_text("2 new accounts, 1 student with an account")
    maria.press_button("Add 3 students")
    maria.is_before("Students added")
    expect(maria.main.get_by_text("/set-password/")).to_have_count(2)
    with maria.page.expect_download() as download:
        maria.follow("Download as CSV")
    assert "noah@example.org" in download.value.path().read_text(encoding="utf-8-sig")
    maria.follow("Go to the students")
    rows = maria.page.get_by_role("table", name="All students").get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="Noah")).to_contain_text("Monday")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_instructor_makes_a_course_and_mends_a_roster(
    school: School, open_reader: Opener, *, scripts: bool
) -> None:
    maria = open_reader(java_script_enabled=scripts, permissions=["clipboard-write"])
    # The browser mentions in its console what came back as a problem.
    maria.complaints.expect(422)
    has_filled_a_course(maria, school)
    maria.page.get_by_label("Nadia").check()
    maria.press_button("Take out of it")
    expect(maria.main).to_contain_text("1 student is not in Monday.")
    maria.page.get_by_role("row").filter(has_text="Noah").get_by_role("link").click()
    maria.is_before("Remove Noah?")
    maria.press_button("Remove")
    expect(maria.main).to_contain_text("Noah is not in this course any more.")
    maria.follow("History")
    copy = maria.page.get_by_role("button", name="Copy")
    if scripts:
        copy.click()
        expect(maria.page.get_by_role("button", name="Copied")).to_be_visible()
    else:
        expect(copy).to_be_hidden()


def open_new_course(school: School) -> str:
    """Make a course of Maria's that teaches the set, and return its code."""
    now, maria = school.clock.now, school.get_account(MARIA)
    with school.database.writing() as session:
        course_id = add_course(session, title="History", timezone="UTC", now=now)
        enrol(session, course_id=course_id, account_id=maria.id, role="instructor", now=now)
        teach(session, course_id=course_id, version_id=VersionId(1))
        renew_code(session, maria, course_id, last_day=None, now=now)
        session.commit()
    return f"/courses/{course_id}"


def read_link(school: School, open_reader: Opener, course: str) -> tuple[str, str]:
    """Return the link and the code that Maria's page shows."""
    maria = open_reader()
    maria.sign_in(MARIA, school.passwords[MARIA])
    maria.visit(course)
    link = maria.page.get_by_label("Join link").input_value()
    return link, maria.page.locator(".code").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_learner_joins_by_the_link_on_a_phone(
    school: School, open_reader: Opener, *, scripts: bool
) -> None:
    link, _ = read_link(school, open_reader, open_new_course(school))
    sam = open_reader(viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=scripts)
    sam.visit(link)
    sam.is_before("Sign in")
    sam.page.get_by_label("E-mail").fill(SAM)
    sam.page.get_by_label("Password").fill(school.passwords[SAM])
    sam.press_button("Sign in")
    sam.is_before("Join History")
    button = sam.page.get_by_role("button", name="Join the course")
    expect(button).to_be_in_viewport()
    sam.press_button("Join the course")
    sam.is_before("Today")
    expect(sam.main).to_contain_text("You joined History.")
    expect(sam.page.get_by_role("heading", name="History")).to_be_visible()
    assert not scripts or not sam.scrolls_sideways()
    sam.visit(link)
    expect(sam.main).to_contain_text("You are in this course already.")


def test_a_learner_types_a_code_with_the_keyboard_alone(
    school: School, open_reader: Opener
) -> None:
    _, code = read_link(school, open_reader, open_new_course(school))
    sam = open_reader()
    sam.complaints.expect(422)
    sam.sign_in_by_keys(SAM, school.passwords[SAM])
    sam.tab_to(sam.page.get_by_role("link", name="Join another course"))
    sam.press("Enter")
    sam.tab_to(sam.page.get_by_label("Code"))
    sam.write("wrong")
    sam.press("Enter")
    sam.is_at_rest(sam.page.locator(".error-summary"))
    sam.tab_to(sam.page.get_by_label("Code"))
    sam.press("Control+a")
    sam.write(code.lower())
    sam.press("Enter")
    sam.is_before("Today")
    expect(sam.main).to_contain_text("You joined History.")


def walk_courses(
    school: School, open_reader: Opener, **settings: object
) -> Iterator[tuple[str, Reader]]:
    """Show every page of a course in the states that look different."""
    course = open_new_course(school)
    link, _ = read_link(school, open_reader, course)
    maria = open_reader(**settings)
    maria.complaints.expect(422)
    maria.sign_in(MARIA, school.passwords[MARIA])
    for name, path in (
        ("course", "/courses/1"),
        ("course with code", course),
        ("new course", "/courses/new"),
        ("edit course", "/courses/1/edit"),
        ("roster", "/courses/1/roster"),
        ("empty roster", f"{course}/roster"),
        ("import", "/courses/1/roster/import"),
        ("remove learner", "/courses/1/roster/3/remove"),
        ("sets", "/sets"),
    ):
        maria.visit(path)
        yield name, maria
    yield from walk_import(maria, course)
    amina = open_reader(**settings)
    amina.sign_in(AMINA, school.passwords[AMINA])
    for name, path in (("join", "/join"), ("invitation", link)):
        amina.visit(path)
        yield name, amina


def walk_import(maria: Reader, course: str) -> Iterator[tuple[str, Reader]]:
    """Show a roster with problems, without them, and what is shown once it is confirmed."""
    maria.visit(f"{course}/roster/import")
    for name, text, button in (
        ("problems", BAD, "Check the list"),
        ("preview", f"{GOOD}\n{next(_numbers)}@example.org", "Check again"),
    ):
        maria.page.get_by_label("Table").fill(text)
        maria.press_button(button)
        maria.is_before("Check the list")
        yield name, maria
    maria.page.locator(".card .button--main").click()
    maria.is_before("Students added")
    yield "links", maria


@pytest.mark.slow
def test_axe_finds_no_barrier_on_the_pages_of_a_course_and_none_is_too_wide(
    school: School, open_reader: Opener
) -> None:
    pages = walk_courses(school, open_reader)
    found = [list(sweep(reader, name)) for name, reader in pages]
    assert [each for problems in found for each in problems] == []
    assert len(found) == PAGES
