"""The gradebook: who has what, who is behind, and the same in files."""

import csv
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from quizapp.attempts.overrides import Override
from quizapp.attempts.rules import Counting
from quizapp.errors import NotFoundError
from quizapp.jobs import JobState, get_status
from quizapp.services.assigning.access import get_assignment
from quizapp.services.assigning.creating import create, get_plan, publish
from quizapp.services.assigning.overriding import override
from quizapp.services.courses.roster import remove_learner
from quizapp.services.grading.correcting import correct_question
from quizapp.services.grading.exporting import export_csv, export_workbook
from quizapp.services.grading.giving import give_grade
from quizapp.services.grading.gradebook import Gradebook, make_gradebook
from quizapp.services.grading.remarking import (
    BATCH,
    REMARK_JOB,
    remark_batch,
    remark_by_job,
)
from quizapp.services.quizzing.submitting import submit
from quizapp.storage.corrections import get_correction
from quizapp.storage.courses import enrol
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from quizapp.storage.overrides import Whose
from quizapp.storage.roles import ASSISTANT
from quizapp.storage.tables import MarkChangeRow
from tests.factories.assignments import (
    HOUR,
    RULES,
    SECOND,
    Exam,
    answer_all,
    begin,
    build_exam,
    list_question_ids,
)
from tests.factories.courses import make_account, make_section
from tests.factories.people import MORNING, build_world
from tests.support.jobs import run_jobs
from tests.support.statements import counting

LATE = MORNING + 3 * HOUR


def read_book(database: Database, exam: Exam, at: datetime = LATE) -> Gradebook:
    with database.reading() as session:
        return make_gradebook(session, exam.tess, exam.world.course_id, at)


def sit(database: Database, exam: Exam, *, right: int, begun: timedelta = timedelta()) -> AttemptId:
    attempt_id = begin(database, exam, MORNING + begun)
    answer_all(database, exam, attempt_id, MORNING + begun + SECOND, most=right)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING + begun + 2 * SECOND)
        session.commit()
    return attempt_id


def test_who_submitted_has_a_grade_and_who_did_not_is_behind(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = sit(database, exam, right=6)
    alice, bob = read_book(database, exam).learners
    assert (alice.name, alice.grades[0].share, alice.total, alice.behind) == (
        "Alice",
        0.75,
        0.75,
        0,
    )
    assert (alice.grades[0].attempt_id, alice.grades[0].points) == (attempt_id, 6.0)
    assert (bob.name, bob.grades[0].share, bob.total, bob.behind) == ("Bob", None, None, 1)
    assert bob.grades[0].state == "open"
    closed = read_book(database, exam, MORNING + 5 * HOUR).learners[1]
    assert (closed.grades[0].state, closed.total) == ("missed", 0.0)
    assert read_book(database, exam, MORNING).learners[1].behind == 0


def test_an_attempt_that_goes_on_is_seen_but_counts_nothing(database: Database) -> None:
    exam = build_exam(database)
    begin(database, exam)
    grade = read_book(database, exam, MORNING + SECOND).learners[0].grades[0]
    assert (grade.state, grade.share, grade.attempts, grade.behind) == (
        "in_progress",
        None,
        1,
        False,
    )


@pytest.mark.parametrize(
    ("counts", "share", "which"),
    [("first", 0.5, 0), ("last", 0.25, 2), ("highest", 0.75, 1), ("average", 0.5, None)],
)
def test_which_attempt_counts_is_told(
    database: Database, counts: Counting, share: float, which: int | None
) -> None:
    rules = replace(RULES, attempts_allowed=None, counts=counts)
    exam = build_exam(database, rules=rules)
    attempts = [
        sit(database, exam, right=right, begun=timedelta(minutes=n))
        for n, right in enumerate((4, 6, 2))
    ]
    grade = read_book(database, exam).learners[0].grades[0]
    assert grade.share == share
    assert grade.attempt_id == (None if which is None else attempts[which])
    assert grade.attempts == 3


def test_somebody_with_a_later_date_is_not_behind(database: Database) -> None:
    exam = build_exam(database)
    later = Override(due_at=MORNING + 6 * HOUR, closes_at=MORNING + 7 * HOUR)
    with database.writing() as session:
        section_id = make_section(session, exam.world.course_id, "Evening", exam.world.bob)
        whose = Whose(section_id=section_id)
        override(session, exam.tess, exam.assignment_id, whose, later, MORNING)
        session.commit()
    alice, bob = read_book(database, exam, MORNING + 5 * HOUR).learners
    assert (alice.behind, bob.behind) == (1, 0)
    assert (alice.grades[0].state, bob.grades[0].state) == ("missed", "open")


def test_a_gradebook_takes_four_statements_however_many_learners(database: Database) -> None:
    exam = build_exam(database)
    sit(database, exam, right=3)
    with database.writing() as session:
        for n in range(20):
            learner = make_account(session, f"Learner{n}")
            enrol(
                session,
                course_id=exam.world.course_id,
                account_id=learner.id,
                role="learner",
                now=MORNING,
            )
        session.commit()
    with counting(database) as statements:
        book = read_book(database, exam)
    assert len(statements) <= 4
    assert len(book.learners) == 22


def test_assistants_see_the_gradebook_and_others_do_not(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    course_id, charlie = exam.world.course_id, exam.world.charlie
    with sqlite_database.writing() as session:
        for stranger in (charlie, exam.alice):
            with pytest.raises(NotFoundError):
                make_gradebook(session, stranger, course_id, LATE)
        enrol(session, course_id=course_id, account_id=charlie.id, role=ASSISTANT, now=MORNING)
        assert make_gradebook(session, charlie, course_id, LATE).title == "Astronomy"


def test_a_course_without_assignments_or_learners_has_an_empty_book(
    sqlite_database: Database,
) -> None:
    world = build_world(sqlite_database)
    with sqlite_database.reading() as session:
        book = make_gradebook(session, world.tess, world.course_id, LATE)
    assert book.assignments == ()
    assert [each.total for each in book.learners] == [None, None]


def remove_alice(database: Database, exam: Exam) -> None:
    with database.writing() as session:
        remove_learner(session, exam.tess, exam.world.course_id, exam.alice.id, LATE)
        session.commit()


def test_who_left_with_an_attempt_keeps_their_grade_and_is_behind_with_nothing(
    database: Database,
) -> None:
    exam = build_exam(database)
    sit(database, exam, right=6)
    with database.writing() as session:
        plan = get_plan(session, get_assignment(session, exam.tess, exam.assignment_id))
        course_id = exam.world.course_id
        other = create(session, exam.tess, course_id, replace(plan, title="Other"), MORNING)
        publish(session, exam.tess, other)
        session.commit()
    remove_alice(database, exam)
    alice, bob = read_book(database, exam, MORNING + 5 * HOUR).learners
    assert (alice.name, alice.enrolled, bob.enrolled) == ("Alice", False, True)
    assert [(each.share, each.state) for each in alice.grades] == [
        (0.75, "submitted"),
        (None, "left"),
    ]
    assert (alice.total, alice.behind, bob.total, bob.behind) == (0.75, 0, 0.0, 2)


def test_who_left_with_a_given_grade_stays_and_who_left_with_nothing_does_not(
    database: Database,
) -> None:
    exam = build_exam(database)
    remove_alice(database, exam)
    assert [each.name for each in read_book(database, exam).learners] == ["Bob"]
    with database.writing() as session:
        give_grade(
            session,
            exam.tess,
            exam.assignment_id,
            exam.world.bob.id,
            share=0.5,
            reason="oral",
            now=LATE,
        )
        remove_learner(session, exam.tess, exam.world.course_id, exam.world.bob.id, LATE)
        session.commit()
    (bob,) = read_book(database, exam).learners
    assert (bob.enrolled, bob.grades[0].share, bob.total) == (False, 0.5, 0.5)


def test_the_files_hold_numbers_as_numbers_and_no_formula(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    sit(sqlite_database, exam, right=3)
    with sqlite_database.writing() as session:
        learner = make_account(session, "=1+1")
        course_id = exam.world.course_id
        enrol(session, course_id=course_id, account_id=learner.id, role="learner", now=MORNING)
        session.commit()
    book = read_book(sqlite_database, exam)
    lines = list(csv.reader(StringIO(export_csv(book).decode("utf-8-sig"))))
    assert lines[0] == ["Name", "E-mail", "The exam (%)", "Total (%)", "Behind", "Enrolment"]
    assert lines[1] == ["'=1+1", "'=1+1@example.org", "", "", "1", "enrolled"]
    assert lines[2] == ["Alice", "alice@example.org", "37.5", "37.5", "0", "enrolled"]
    sheet = load_workbook(BytesIO(export_workbook(book))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "=1+1"
    assert (sheet["C3"].value, sheet["C3"].data_type, sheet["E3"].value) == (37.5, "n", 0)
    remove_alice(sqlite_database, exam)
    sheet = load_workbook(BytesIO(export_workbook(read_book(sqlite_database, exam)))).active
    assert (sheet["A3"].value, sheet["F3"].value) == ("Alice", "no longer enrolled")


def test_many_attempts_are_marked_anew_by_the_job_each_once(database: Database) -> None:
    exam = build_exam(database)
    count = 2 * BATCH + 3
    with database.writing() as session:
        learners = [make_account(session, f"Sitter{n}") for n in range(count)]
        for each in learners:
            course_id = exam.world.course_id
            enrol(session, course_id=course_id, account_id=each.id, role="learner", now=MORNING)
        session.commit()
    for each in learners:
        attempt_id = begin(database, exam, learner=each)
        with database.writing() as session:
            submit(session, each, attempt_id, MORNING + SECOND)
            session.commit()
    with database.writing() as session:
        question_id = list_question_ids(session, exam.version_id)["choice"]
        done = correct_question(
            session, exam.tess, exam.world.course_id, question_id, None, "bad", LATE
        )
        session.commit()
    assert done.job_id is not None
    run_jobs(database, {REMARK_JOB: remark_by_job}, LATE)
    with database.reading() as session:
        assert get_status(session, done.job_id).state is JobState.DONE
        assert session.scalar(select(func.count(MarkChangeRow.id))) == count
    with database.writing() as session:
        correction = get_correction(session, done.correction_id)
        assert correction is not None
        assert remark_batch(session, correction, LATE) == 0
