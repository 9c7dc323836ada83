"""A practice quiz tells keys, so it keeps away from what an open assignment may ask."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from quizapp.attempts.drawing import Wanted
from quizapp.attempts.overrides import Override
from quizapp.attempts.rules import AssignmentRules
from quizapp.errors import InvalidError
from quizapp.services.assigning.creating import create, publish
from quizapp.services.assigning.overriding import override
from quizapp.services.assigning.planning import Plan
from quizapp.services.courses.changing import archive_course
from quizapp.services.practising.building import build_again
from quizapp.services.practising.desk import look_afterwards, look_at_practice
from quizapp.services.quizzing.submitting import Result, look_back, submit
from quizapp.storage.assignments import Content, Pick
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from quizapp.storage.overrides import Whose
from quizapp.storage.publishing import publish as publish_version
from tests.factories.assignments import (
    HOUR,
    MARKED,
    RULES,
    SECOND,
    Exam,
    begin,
    build_exam,
    list_question_ids,
    make_exam_version,
)
from tests.factories.people import MORNING
from tests.factories.practising import AFTERWARDS, answer_and_submit, practise, wish_for

NOON = MORNING + HOUR
ENDLESS = AssignmentRules()


def count_left_out(database: Database, exam: Exam, at: datetime) -> tuple[int, int]:
    """Return how many questions Alice may practise, and how many are kept from her."""
    chosen = (exam.world.course_id, exam.version_id)
    with database.reading() as session:
        choice = look_at_practice(session, exam.alice, at, chosen).choice
    assert choice is not None
    return choice.questions, choice.left_out


def set_more(
    database: Database, exam: Exam, content: Content, rules: AssignmentRules = ENDLESS
) -> None:
    """Set and publish another assignment of the exam's course."""
    plan = Plan(title="More", content=content, rules=rules)
    with database.writing() as session:
        more = create(session, exam.tess, exam.world.course_id, plan, MORNING)
        publish(session, exam.tess, more)
        session.commit()


def finish(database: Database, exam: Exam) -> AttemptId:
    attempt_id = begin(database, exam)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING + SECOND)
        session.commit()
    return attempt_id


def test_nothing_is_asked_that_an_open_assignment_asks(database: Database) -> None:
    exam = build_exam(database)
    assert count_left_out(database, exam, NOON) == (0, 8)
    with pytest.raises(InvalidError, match="in an assignment that is still open to you"):
        practise(database, exam.alice, wish_for(exam), NOON)


@pytest.mark.parametrize(
    ("rules", "left_out"),
    [
        (replace(RULES, closes_at=MORNING + SECOND, due_at=None), 0),
        (replace(RULES, closes_at=None, due_at=None), 8),
        (replace(RULES, opens_at=NOON + HOUR, due_at=None), 8),
        (replace(RULES, practice=False, due_at=MORNING + SECOND), 0),
    ],
    ids=["closed", "never closes", "opens later", "no practice after it was due"],
)
def test_what_counts_is_whether_one_may_still_sit_it(
    database: Database, rules: AssignmentRules, left_out: int
) -> None:
    exam = build_exam(database, rules=rules)
    assert count_left_out(database, exam, NOON) == (8 - left_out, left_out)


def test_whoever_has_used_every_attempt_may_practise(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    assert count_left_out(database, exam, NOON) == (0, 8)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, NOON)
        session.commit()
    assert count_left_out(database, exam, NOON) == (8, 0)


def test_one_more_attempt_for_a_learner_is_kept_from_practice(database: Database) -> None:
    exam = build_exam(database)
    finish(database, exam)
    with database.writing() as session:
        whose = Whose(learner_id=exam.alice.id)
        override(session, exam.tess, exam.assignment_id, whose, Override(attempts_allowed=2), NOON)
        session.commit()
    assert count_left_out(database, exam, NOON) == (0, 8)


def test_a_later_date_for_a_learner_is_kept_from_practice(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        later = Override(due_at=AFTERWARDS + HOUR, closes_at=AFTERWARDS + HOUR)
        whose = Whose(learner_id=exam.alice.id)
        override(session, exam.tess, exam.assignment_id, whose, later, NOON)
        session.commit()
    assert count_left_out(database, exam, AFTERWARDS) == (0, 8)


def pick(database: Database, exam: Exam, *kinds: str) -> Content:
    with database.reading() as session:
        ids = list_question_ids(session, exam.version_id)
    picks = tuple(Pick(question_id=ids[kind]) for kind in kinds)
    return Content(version_id=exam.version_id, picking="list", picks=picks)


def draw(database: Database, exam: Exam, *kinds: str) -> Content:
    del database
    draws = tuple(Wanted(tag=kind, count=1) for kind in kinds)
    return Content(version_id=exam.version_id, picking="draw", draws=draws)


@pytest.mark.parametrize("choose", [pick, draw])
def test_only_what_is_picked_or_may_be_drawn_is_left_out(
    database: Database, choose: Callable[..., Content]
) -> None:
    exam = build_exam(database)
    finish(database, exam)
    set_more(database, exam, choose(database, exam, "cloze", "date"))
    built = practise(database, exam.alice, wish_for(exam), NOON)
    assert built.left_out == 2
    answer_and_submit(database, exam.alice, built.attempt_id, NOON)
    assert list_told(database, exam, built.attempt_id) == set(MARKED) - {"cloze", "date"}


def read_result(database: Database, exam: Exam, attempt_id: AttemptId) -> Result:
    with database.reading() as session:
        return look_back(session, exam.alice, attempt_id, NOON)


def list_told(database: Database, exam: Exam, attempt_id: AttemptId) -> set[str]:
    found = read_result(database, exam, attempt_id)
    return {each.question.kind for each in found.questions}


def test_the_same_question_of_another_version_is_left_out(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        second = publish_version(session, make_exam_version(), owner_id=exam.tess.id, now=MORNING)
        teach(session, course_id=exam.world.course_id, version_id=second)
        session.commit()
    assert count_left_out(database, replace(exam, version_id=second), NOON) == (0, 8)


def test_an_attempt_that_goes_on_counts_wherever_it_is(database: Database) -> None:
    exam = build_exam(database)
    begin(database, exam)
    with database.writing() as session:
        course_id = add_course(session, title="Other", timezone="UTC", now=MORNING)
        teach(session, course_id=course_id, version_id=exam.version_id)
        enrol(session, course_id=course_id, account_id=exam.alice.id, role="learner", now=MORNING)
        archive_course(session, exam.tess, exam.world.course_id, MORNING)
        session.commit()
    elsewhere = replace(exam, world=replace(exam.world, course_id=course_id))
    assert count_left_out(database, elsewhere, NOON) == (0, 8)


def test_a_practice_quiz_that_goes_on_keeps_nothing_from_another(database: Database) -> None:
    exam = build_exam(database)
    practise(database, exam.alice, wish_for(exam))
    assert count_left_out(database, exam, AFTERWARDS) == (8, 0)


def test_what_is_assigned_later_vanishes_from_results_until_that_is_over(
    database: Database,
) -> None:
    exam = build_exam(database)
    finish(database, exam)
    built = practise(database, exam.alice, wish_for(exam), NOON)
    closes = replace(RULES, due_at=None, closes_at=NOON + HOUR)
    set_more(database, exam, pick(database, exam, "cloze"), closes)
    answer_and_submit(database, exam.alice, built.attempt_id, NOON, wrong={"cloze"})
    result = read_result(database, exam, built.attempt_id)
    assert "cloze" not in {each.question.kind for each in result.questions}
    assert "Milky Way" not in repr(result)
    assert result.left_out == 1
    assert result.score is not None
    assert (result.score.points, result.score.maximum) == (7.0, 7.0)
    with database.reading() as session:
        assert look_at_practice(session, exam.alice, NOON).quizzes[0].share is None
        later = look_back(session, exam.alice, built.attempt_id, AFTERWARDS)
        assert look_at_practice(session, exam.alice, AFTERWARDS).quizzes[0].share == 7 / 8
    assert (later.left_out, len(later.questions)) == (0, 8)


def test_after_an_assignment_that_is_still_open_nothing_of_it_is_asked_again(
    database: Database,
) -> None:
    exam = build_exam(database, rules=replace(RULES, attempts_allowed=2))
    attempt_id = finish(database, exam)
    with database.writing() as session:
        result = look_back(session, exam.alice, attempt_id, NOON)
        after = look_afterwards(session, exam.alice, result, NOON)
        assert after is not None
        assert (after.again, after.kept) == (0, 8)
        with pytest.raises(InvalidError, match="still open to you"):
            build_again(session, exam.alice, attempt_id, NOON, key="k")
