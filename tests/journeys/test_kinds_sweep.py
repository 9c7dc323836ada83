"""Every kind of question, looked at by a program: asked, refused, and marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quizapp.kinds.question import KindName, Question
from tests.factories.kinds import ALL
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.kinds_school import run_kinds_school
from tests.journeys.reader import Reader
from tests.journeys.sweeping import sweep

# Flashcards have no fields that could be refused; their pages are looked at with all others.
KINDS = set(ALL) - {"flashcard"}
STATES = 3
MOST = 60


@pytest.fixture
def school(browser: Browser, sqlite_template: Path, tmp_path: Path) -> Iterator[School]:
    """A school that asks one question of each kind."""
    del browser
    with run_kinds_school(sqlite_template, tmp_path) as running:
        yield running


def show_states(sam: Reader, school: School) -> Iterator[str]:
    """Show each kind asked, refused, and answered wrongly, and name what is shown."""
    sam.complaints.expect(422)
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    sam.page.wait_for_url("**/review/*")
    seen: set[KindName] = set()
    for _ in range(MOST):
        if sam.is_flashcard:
            sam.uncover()
        question = school.get_question(sam.question_id)
        if question.kind in KINDS - seen:
            seen.add(question.kind)
            yield from show_kind(sam, question)
        else:
            sam.answer(question, right=True)
        if seen == KINDS:
            return
        sam.leave_question(question)
    raise AssertionError(f"not all kinds came: {seen}")


def show_kind(sam: Reader, question: Question) -> Iterator[str]:
    yield f"{question.kind}, asked"
    sam.press_button("Check answer")
    sam.page.locator(".error-summary").wait_for()
    yield f"{question.kind}, refused"
    sam.answer(question, right=False)
    yield f"{question.kind}, wrong"


@pytest.mark.slow
def test_no_kind_has_a_barrier_or_scrolls_sideways(school: School, open_reader: Opener) -> None:
    sam = open_reader()
    found = [list(sweep(sam, state)) for state in show_states(sam, school)]
    assert [each for problems in found for each in problems] == []
    assert len(found) == len(KINDS) * STATES
