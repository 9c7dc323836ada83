"""An instructor looks at what was sat, decides a claim and gives a grade."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from quizapp.services.assigning.creating import create, get_plan
from quizapp.services.assigning.listing import list_lines, list_own
from quizapp.services.courses.roster import remove_learner
from quizapp.services.grading.claiming import claim, decide
from quizapp.services.grading.giving import give_grade
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.saving import Saving, save
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import submit
from quizapp.storage.ids import AssignmentId, AttemptId, CourseId
from tests.journeys.conftest import AMINA, MARIA, SAM, Opener, School
from tests.journeys.reader import Reader
from tests.journeys.sweeping import sweep
from tests.journeys.teaching import TITLE, has_given_more_time, has_published_an_assignment

PAGES = 18


def sit(school: School, email: str) -> AttemptId:
    """Let a student type the same wrong word everywhere, submit, and say that it was right."""
    student, now = school.get_account(email), school.clock.now
    with school.database.writing() as session:
        own = list_own(session, student, now)
        found = next(each for each in own if each.title == TITLE)
        attempt_id = start(session, student, found.id, now, key=f"start-{email}")
        paper = look(session, student, attempt_id, now)
        for each in paper.questions:
            fields = {"answer": "Nowhere at all"}
            saving = Saving(
                position=each.position,
                expected_saves=0,
                key=f"{email}-{each.position}",
                fields=fields,
            )
            save(session, student, attempt_id, saving, now)
        submit(session, student, attempt_id, now)
        claim(session, student, attempt_id, 0, "It is another name of it.", now)
        session.commit()
    return attempt_id


def test_an_instructor_decides_a_claim_and_gives_a_grade_without_scripts(
    school: School, open_reader: Opener
) -> None:
    maria = open_reader(java_script_enabled=False)
    maria.complaints.expect(422)
    has_published_an_assignment(maria, school)
    sit(school, SAM)
    maria.visit("/courses/1/gradebook")
    maria.follow("1 claim to decide")
    maria.page.get_by_role("link", name="Decide").click()
    expect(maria.main).to_contain_text("It is another name of it.")
    maria.page.get_by_label("Part of the mark in percent").fill("50")
    maria.press_button("Grant")
    expect(maria.main).to_contain_text("Granted with 50% of the mark.")
    expect(maria.main).to_contain_text("0.5 of 2 points, 25%")
    maria.visit("/courses/1/gradebook")
    maria.page.get_by_role("link", name=TITLE, exact=True).click()
    row = maria.page.get_by_role("row").filter(has_text=SAM)
    expect(row).to_contain_text("25%")
    row.get_by_role("link", name=TITLE).click()
    maria.page.get_by_label("Grade in percent").fill("80")
    maria.page.get_by_label("Reason").fill("Explained it well.")
    maria.press_button("Save the grade")
    expect(maria.page.get_by_role("heading", name="Grade: 80%")).to_be_visible()


def copy_picked(school: School) -> AssignmentId:
    """Make a draft of the first assignment whose questions are picked, which nobody has begun."""
    maria = school.get_account(MARIA)
    with school.database.writing() as session:
        lines = list_lines(session, CourseId(1), school.clock.now)
        picked = next(each.assignment for each in lines if each.assignment.picking == "list")
        plan = replace(get_plan(session, picked), title="Picked")
        added = create(session, maria, CourseId(1), plan, school.clock.now)
        session.commit()
    return added


def decide_claim(school: School, attempt_id: AttemptId) -> None:
    """Grant half of what a student claimed, give another one a grade, and remove that one."""
    maria, amina, now = school.get_account(MARIA), school.get_account(AMINA), school.clock.now
    with school.database.writing() as session:
        decide(session, maria, attempt_id, 0, granted=0.5, reason="Half of it.", now=now)
        own = next(each for each in list_own(session, amina, now) if each.title == TITLE)
        give_grade(session, maria, own.id, amina.id, share=0.8, reason="Told me.", now=now)
        remove_learner(session, maria, CourseId(1), amina.id, now)
        session.commit()


def walk_assigning(school: School, maria: Reader, one: str, attempt_id: AttemptId) -> Iterator[str]:
    """Show every page of assignments and grades."""
    number = one.rpartition("/")[2]
    for name, path in (
        ("assignments", "/courses/1/assignments"),
        ("assignment", one),
        ("form", "/courses/1/assignments/new"),
        ("begun form", f"{one}/edit"),
        ("exceptions", f"{one}/exceptions"),
        ("preview", f"{one}/preview"),
        ("questions", f"{one}/questions"),
        ("gradebook", "/courses/1/gradebook?sort=total&order=down"),
        ("claims", "/courses/1/claims"),
        ("attempt", f"/teaching/attempts/{attempt_id}"),
        ("grade", f"/courses/1/gradebook/{number}/{school.get_account(SAM).id}"),
        ("grade of one who left", f"/courses/1/gradebook/{number}/{school.get_account(AMINA).id}"),
        ("changes", f"/courses/1/gradebook/{number}/changes"),
        ("questions to arrange", f"/teaching/assignments/{copy_picked(school)}/questions"),
    ):
        maria.visit(path)
        yield name
    maria.visit(f"/teaching/attempts/{attempt_id}")
    maria.page.get_by_role("link", name="Correct the key").first.click()
    yield "key"
    maria.page.get_by_label("Other spellings").fill("Nowhere at all")
    maria.press_button("Check the correction")
    yield "key, problems"
    maria.page.get_by_label("Reason").fill("A slip.")
    maria.press_button("Check the correction")
    maria.is_before("Check who changes")
    yield "who changes"
    maria.visit("/courses/1/assignments/new")
    maria.page.get_by_label("Grace").fill("x")
    maria.press_button("Save as a draft")
    maria.page.locator(".error-summary").wait_for()
    yield "form, problems"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_axe_finds_no_barrier_on_the_pages_of_assignments_and_none_is_too_wide(
    school: School, open_reader: Opener
) -> None:
    first = open_reader()
    first.complaints.expect(422)
    has_published_an_assignment(first, school)
    one = first.page.url.removeprefix(school.url)
    has_given_more_time(first)
    attempt_id = sit(school, SAM)
    decide_claim(school, attempt_id)
    maria = open_reader()
    maria.complaints.expect(422)
    maria.sign_in(MARIA, school.passwords[MARIA])
    pages = walk_assigning(school, maria, one, attempt_id)
    found = [list(sweep(maria, name)) for name in pages]
    assert [each for problems in found for each in problems] == []
    assert len(found) == PAGES
