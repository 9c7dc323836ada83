"""What changed marks is told to those who teach: whose, when, by whom, from what, to what, why."""

from datetime import datetime, timedelta

import pytest

from quizapp.errors import NotFoundError
from quizapp.services.courses.changing import create_course
from quizapp.services.grading.auditing import CHANGES_A_PAGE, Audit, look_at_changes
from quizapp.services.grading.correcting import correct_question
from quizapp.services.grading.giving import give_grade
from quizapp.services.quizzing.submitting import submit
from quizapp.storage.accounts import Account
from quizapp.storage.courses import enrol
from quizapp.storage.engine import Database
from quizapp.storage.roles import ASSISTANT
from tests.factories.assignments import (
    SECOND,
    Exam,
    answer_all,
    begin,
    build_exam,
    list_question_ids,
)
from tests.factories.people import MORNING
from tests.support.statements import counting

LATER = MORNING + timedelta(minutes=30)


def give(
    database: Database, exam: Exam, learner: Account, share: float | None, at: datetime = LATER
) -> None:
    with database.writing() as session:
        give_grade(
            session, exam.tess, exam.assignment_id, learner.id, share=share, reason="oral", now=at
        )
        session.commit()


def look(database: Database, exam: Exam, *, page: int = 1) -> Audit:
    with database.reading() as session:
        return look_at_changes(
            session, exam.tess, exam.world.course_id, exam.assignment_id, page=page
        )


def test_marks_grades_and_keys_that_changed_are_told_with_their_names(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING + 2 * SECOND)
        question_id = list_question_ids(session, exam.version_id)["cloze"]
        course_id = exam.world.course_id
        correct_question(session, exam.tess, course_id, question_id, None, "unfair", LATER)
        session.commit()
    give(database, exam, exam.world.bob, 0.5, LATER + SECOND)
    give(database, exam, exam.world.bob, None, LATER + 2 * SECOND)
    audit = look(database, exam)
    back, given, dropped = audit.changes
    assert [(each.learner_name, each.by_name, each.reason) for each in audit.changes] == [
        ("Bob", "Tess", "oral"),
        ("Bob", "Tess", "oral"),
        ("Alice", "Tess", "unfair"),
    ]
    assert [(each.why, each.old_share, each.new_share) for each in (given, back)] == [
        ("grade", None, 0.5),
        ("grade", 0.5, None),
    ]
    assert (dropped.why, dropped.attempt_id, dropped.number, dropped.position) == (
        *("correction", attempt_id, 1, 3),
    )
    assert dropped.old is not None
    assert dropped.new is not None
    assert (dropped.old.maximum, dropped.new.maximum, dropped.at) == (8.0, 7.0, LATER)
    (correction,) = audit.corrections
    assert (correction.question_id, correction.dropped, correction.by_name) == (
        *(question_id, True, "Tess"),
    )


def test_many_changes_come_in_pages_of_as_many_statements(database: Database) -> None:
    exam = build_exam(database)
    for number in range(CHANGES_A_PAGE + 1):
        give(database, exam, exam.alice, number / 100, LATER + number * SECOND)
    with counting(database) as statements:
        first, second, beyond = (look(database, exam, page=page) for page in (1, 2, 3))
    assert len(statements) == 3 * 4
    assert [len(each.changes) for each in (first, second, beyond)] == [CHANGES_A_PAGE, 1, 0]
    assert [(each.matches, each.pages) for each in (first, beyond)] == [(51, 2), (51, 2)]
    assert first.changes[0].new_share == 0.5
    assert second.changes[0].new_share == 0.0


def test_staff_of_the_course_see_it_at_its_own_address(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    world = exam.world
    with sqlite_database.writing() as session:
        enrol(
            session,
            course_id=world.course_id,
            account_id=world.charlie.id,
            role=ASSISTANT,
            now=MORNING,
        )
        other = create_course(
            session, world.tess, title="Other", timezone="UTC", exam_on=None, now=MORNING
        )
        look_at_changes(session, world.charlie, world.course_id, exam.assignment_id)
        for person, course_id in ((world.alice, world.course_id), (world.tess, other)):
            with pytest.raises(NotFoundError):
                look_at_changes(session, person, course_id, exam.assignment_id)
