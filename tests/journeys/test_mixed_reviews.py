"""Twenty reviews of a student with a history, old and new facts of many kinds mixed, in three ways.

By the keyboard alone (the focus is asserted after each step), by touch on a phone, without scripts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect
from sqlalchemy import select

from quizapp.kinds.question import Question
from quizapp.services.checking import check_database
from quizapp.storage.tables import MemoryRow
from tests.journeys.conftest import AMINA, Opener, School
from tests.journeys.reader import Reader
from tests.journeys.sitting import PHONE

REVIEWS = 20
WRONG = 4  # one answer in so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a student operates the pages."""

    uncover: Callable[[Reader], None]
    answer: Callable[..., None]
    leave: Callable[[Reader, Question], None]
    undo: Callable[[Reader], None]
    end: Callable[[Reader], None]


def leave_by_keys(amina: Reader, question: Question) -> None:
    if question.kind != "flashcard":
        amina.go_on_by_keys()


def undo_by_hand(amina: Reader) -> None:
    amina.press_button("Undo the last answer")
    expect(amina.main).to_contain_text("The answer was undone and does not count.")


BY_KEYS = Way(
    uncover=Reader.uncover_by_keys,
    answer=Reader.answer_by_keys,
    leave=leave_by_keys,
    undo=Reader.undo_by_keys,
    end=Reader.end_by_keys,
)
BY_HAND = Way(
    uncover=Reader.uncover,
    answer=Reader.answer,
    leave=Reader.leave_question,
    undo=undo_by_hand,
    end=lambda amina: amina.press_button("End session"),
)


def list_known(school: School) -> set[int]:
    """Return the facts that Amina has met."""
    of_amina = MemoryRow.learner_id == school.get_account(AMINA).id
    with school.database.reading() as session:
        return set(session.scalars(select(MemoryRow.fact_id).where(of_amina)))


def review_one(amina: Reader, school: School, way: Way, *, right: bool) -> tuple[Question, int]:
    """Answer what is before Amina, read why, and go on; return the question and its fact."""
    if amina.is_flashcard:
        way.uncover(amina)
    question, fact_id = school.get_question(amina.question_id), amina.fact_id
    if question.kind == "flashcard":
        amina.sees_why(question)
        way.answer(amina, question, right=right)
    else:
        way.answer(amina, question, right=right)
        assert amina.result.inner_text() == ("Correct" if right else "Not quite")
        amina.sees_why(question)
    way.leave(amina, question)
    return question, fact_id


def review_twenty(amina: Reader, school: School, way: Way) -> None:
    """Review, every fourth time wrongly, undo the last one, end, and see the summary."""
    known = list_known(school)
    reviewed = [
        review_one(amina, school, way, right=number % WRONG > 0) for number in range(REVIEWS)
    ]
    facts = {fact_id for _, fact_id in reviewed}
    assert len(facts & known) >= 5
    assert len(facts - known) >= 5
    assert len({question.kind for question, _ in reviewed}) > 4
    way.undo(amina)
    way.end(amina)
    amina.is_before("Session summary")
    right = REVIEWS - REVIEWS // WRONG - 1
    assert (amina.figure("Answered"), amina.figure("Right")) == (str(REVIEWS - 1), str(right))
    assert check_database(school.database).clean


def test_twenty_mixed_reviews_with_the_keyboard_alone(school: School, open_reader: Opener) -> None:
    amina = open_reader()
    amina.sign_in_by_keys(AMINA, school.passwords[AMINA])
    amina.start_by_keys()
    review_twenty(amina, school, BY_KEYS)


def test_twenty_mixed_reviews_on_a_phone_by_touch(school: School, open_reader: Opener) -> None:
    amina = open_reader(**PHONE, device_scale_factor=2)
    amina.sign_in(AMINA, school.passwords[AMINA])
    amina.press_button("Start reviewing")
    review_twenty(amina, school, BY_HAND)
    assert not amina.scrolls_sideways()


def test_twenty_mixed_reviews_without_scripts(school: School, open_reader: Opener) -> None:
    amina = open_reader(java_script_enabled=False)
    amina.sign_in(AMINA, school.passwords[AMINA])
    amina.press_button("Start reviewing")
    review_twenty(amina, school, BY_HAND)
    expect(amina.page.locator("[data-print], [data-keys-switch]").first).to_be_hidden()
