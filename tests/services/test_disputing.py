"""Problems told of questions: by whom, how often, who decides, and who reads what."""

from datetime import timedelta

import pytest

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.services.disputing import (
    MOST_PER_DAY,
    REASONS,
    decide_dispute,
    get_reportable,
    list_told,
    look_at_disputes,
)
from quizapp.storage.courses import enrol
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId, DisputeId, QuestionId, ReviewId
from tests.factories.courses import make_account
from tests.factories.disputes import make_dispute
from tests.factories.people import MORNING, answer_next, build_world

HOUR = timedelta(hours=1)


def test_a_problem_is_told_to_the_course_with_the_answer_it_is_of(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        _, review_id = answer_next(session, world.alice, MORNING, key="k")
        found = [
            get_reportable(session, world.alice, QuestionId(n), review_id) for n in range(1, 7)
        ]
        assert [each.review_id for each in found].count(review_id) == 1
        assert {each.course_id for each in found} == {world.course_id}
        others = [get_reportable(session, world.bob, QuestionId(n), review_id) for n in range(1, 7)]
        assert {each.review_id for each in others} == {None}


def test_only_questions_of_ones_own_courses_are_reported(database: Database) -> None:
    world = build_world(database)
    with database.reading() as session:
        for person in (world.charlie, world.tess):
            with pytest.raises(NotFoundError):
                get_reportable(session, person, QuestionId(1), ReviewId(0))
        with pytest.raises(NotFoundError):
            get_reportable(session, world.alice, QuestionId(4711), ReviewId(0))


@pytest.mark.parametrize(
    ("reason", "text"), [("", "x"), ("nonsense", "x"), ("other", "  "), ("key", "x" * 1001)]
)
def test_a_report_needs_a_reason_and_some_need_words(
    database: Database, reason: str, text: str
) -> None:
    world = build_world(database)
    with database.writing() as session:
        with pytest.raises(InvalidError):
            make_dispute(session, world.alice, reason=reason, text=text)
        assert list_told(session, world.alice) == ()


def test_so_many_reports_a_day_are_taken_and_then_no_more_until_the_first_is_old(
    database: Database,
) -> None:
    world = build_world(database)
    with database.writing() as session:
        for number in range(MOST_PER_DAY):
            make_dispute(session, world.alice, reason=REASONS[number % 5])
        with pytest.raises(InvalidError, match="20 problems"):
            make_dispute(session, world.alice, now=MORNING + 23 * HOUR)
        make_dispute(session, world.bob, now=MORNING + 23 * HOUR)
        make_dispute(session, world.alice, now=MORNING + 24 * HOUR)
        assert len(list_told(session, world.alice)) == MOST_PER_DAY + 1


def test_instructors_see_what_waits_first_with_the_number_of_reports_of_the_question(
    database: Database,
) -> None:
    world = build_world(database)
    with database.writing() as session:
        first = make_dispute(session, world.alice)
        second = make_dispute(session, world.bob, now=MORNING + HOUR)
        third = make_dispute(session, world.bob, question=2, now=MORNING + 2 * HOUR)
        decide_dispute(
            session, world.tess, world.course_id, first, upheld=False, word="", now=MORNING
        )
        _, told = look_at_disputes(session, world.tess, world.course_id)
    assert [(each.id, each.count) for each in told] == [(second, 2), (third, 1), (first, 2)]
    assert [each.learner_name for each in told] == ["Bob", "Bob", "Alice"]
    assert not any(each.correctable for each in told)


@pytest.mark.parametrize("upheld", [True, False])
def test_a_report_is_decided_once_and_its_author_reads_the_word(
    database: Database, *, upheld: bool
) -> None:
    world = build_world(database)
    with database.writing() as session:
        told = make_dispute(session, world.alice)
        make_dispute(session, world.bob)
        decide_dispute(
            session, world.tess, world.course_id, told, upheld=upheld, word=" So. ", now=MORNING
        )
        (read,) = list_told(session, world.alice)
        assert (read.upheld, read.word, read.decided_at) == (upheld, "So.", MORNING)
        (other,) = list_told(session, world.bob)
        assert (other.upheld, other.word) == (None, "")
        with pytest.raises(ConflictError):
            decide_dispute(
                session, world.tess, world.course_id, told, upheld=not upheld, word="", now=MORNING
            )


def test_who_does_not_lead_the_course_decides_nothing(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        told = make_dispute(session, world.alice)
        kim, theo = (make_account(session, name, "instructor") for name in ("Kim", "Theo"))
        enrol(session, course_id=world.course_id, account_id=kim.id, role="assistant", now=MORNING)
        refusals = ((kim, ForbiddenError), (theo, NotFoundError), (world.alice, NotFoundError))
        for person, refusal in refusals:
            with pytest.raises(refusal):
                decide_dispute(
                    session, person, world.course_id, told, upheld=True, word="", now=MORNING
                )
        for course_id, number in ((world.course_id, 4711), (4711, told)):
            with pytest.raises(NotFoundError):
                decide_dispute(
                    session,
                    world.tess,
                    CourseId(course_id),
                    DisputeId(number),
                    upheld=True,
                    word="",
                    now=MORNING,
                )
        assert len(look_at_disputes(session, kim, world.course_id)[1]) == 1
        with pytest.raises(NotFoundError):
            look_at_disputes(session, theo, world.course_id)
