"""A change by an instructor beside a start or a submission: neither misses the other."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.attempts.rules import AssignmentRules
from quizapp.errors import ConflictError
from quizapp.jobs import JobState, find_status_by_key, list_failures
from quizapp.services.assigning.access import get_assignment
from quizapp.services.assigning.creating import edit, get_plan
from quizapp.services.checking import check_database
from quizapp.services.grading.correcting import KeyChange, correct_question
from quizapp.services.grading.inspecting import inspect
from quizapp.services.quizzing.closing import CLOSE_JOB, close_by_job
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import look_back, submit
from quizapp.storage.attempts import find_any_sitting
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from quizapp.storage.tables import AttemptQuestionRow, QuestionRow
from tests.factories.assignments import (
    HOUR,
    RULES,
    SECOND,
    Exam,
    answer_all,
    begin,
    build_exam,
    give,
    list_question_ids,
)
from tests.factories.people import MORNING
from tests.support.jobs import run_jobs

LATER = MORNING + 10 * SECOND
Result = TypeVar("Result")


def is_waiting(other: Future[Result]) -> bool:
    """Tell whether the other one is still at it after a moment in which it could have ended."""
    try:
        other.result(0.4)
    except TimeoutError:
        return True
    return False


def hand_in(database: Database, exam: Exam, attempt_id: AttemptId) -> float:
    with database.writing() as session:
        score = submit(session, exam.alice, attempt_id, LATER)
        session.commit()
    return score.points


def change_rules(session: Session, exam: Exam, rules: AssignmentRules, now: datetime) -> None:
    assignment = get_assignment(session, exam.tess, exam.assignment_id)
    plan = replace(get_plan(session, assignment), rules=rules)
    edits = assignment.edits
    edit(session, exam.tess, assignment.id, plan, now, password_hash=None, expected_edits=edits)


def test_a_start_beside_a_change_of_dates_gets_the_new_dates(database: Database) -> None:
    exam = build_exam(database)
    closes_at = MORNING + 3 * HOUR

    def begin_beside() -> AttemptId:
        return begin(database, exam, LATER)

    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        change_rules(session, exam, replace(RULES, closes_at=closes_at), MORNING)
        starting = pool.submit(begin_beside)
        assert is_waiting(starting)
        session.commit()
        attempt_id = starting.result(10)
    with database.reading() as session:
        assert look(session, exam.alice, attempt_id, LATER).deadline_at == closes_at


def test_a_change_of_dates_beside_a_start_moves_its_clock(database: Database) -> None:
    exam = build_exam(database)
    closes_at = MORNING + 3 * HOUR

    def change_beside() -> None:
        with database.writing() as session:
            change_rules(session, exam, replace(RULES, closes_at=closes_at), MORNING)
            session.commit()

    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        attempt_id = start(session, exam.alice, exam.assignment_id, MORNING, key="k")
        changing = pool.submit(change_beside)
        assert is_waiting(changing)
        session.commit()
        changing.result(10)
    with database.reading() as session:
        assert look(session, exam.alice, attempt_id, LATER).deadline_at == closes_at


def test_a_save_that_waits_for_another_is_told_and_overwrites_nothing(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.reading() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)

    def save_beside() -> str:
        with database.writing() as session:
            try:
                give(session, exam.alice, paper, 3, "second", MORNING)
            except ConflictError:
                return "refused"
            session.commit()
            return "saved"

    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        give(session, exam.alice, paper, 3, "first", MORNING)
        saving = pool.submit(save_beside)
        assert is_waiting(saving)
        session.commit()
        assert saving.result(10) == "refused"
    with database.reading() as session:
        kept = look(session, exam.alice, attempt_id, MORNING).questions[3].response
    assert kept is not None
    assert kept.text == "first"


def correct_true_false(database: Database, exam: Exam) -> None:
    with database.writing() as session:
        question_id = list_question_ids(session, exam.version_id)["true_false"]
        change = KeyChange(answer="false")
        course_id = exam.world.course_id
        correct_question(session, exam.tess, course_id, question_id, change, "a slip", LATER)
        session.commit()


def test_a_submission_beside_a_correction_is_marked_by_the_new_key(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND, right=False)
    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        question_id = list_question_ids(session, exam.version_id)["true_false"]
        change = KeyChange(answer="false")
        course_id = exam.world.course_id
        correct_question(session, exam.tess, course_id, question_id, change, "a slip", LATER)
        submitting = pool.submit(hand_in, database, exam, attempt_id)
        assert is_waiting(submitting)
        session.commit()
        assert submitting.result(10) == 1.0


def test_a_correction_beside_a_submission_marks_it_anew(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND, right=False)
    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        assert submit(session, exam.alice, attempt_id, LATER).points == 0
        correcting = pool.submit(correct_true_false, database, exam)
        assert is_waiting(correcting)
        session.commit()
        correcting.result(10)
    with database.reading() as session:
        score = look_back(session, exam.alice, attempt_id, LATER).score
    assert score is not None
    assert score.points == 1.0
    assert check_database(database).clean


def build_poisoned(database: Database) -> tuple[Exam, AttemptId, AttemptId]:
    """Let Alice and Bob sit an exam of 20 minutes; Bob's attempt cannot be marked."""
    rules = replace(RULES, time_limit=timedelta(minutes=20))
    exam = build_exam(database, rules=rules)
    first = begin(database, exam)
    second = begin(database, exam, learner=exam.world.bob)
    answer_all(database, exam, first, MORNING + SECOND)
    with database.writing() as session:
        broken = list_question_ids(session, exam.version_id)["flashcard"]
        poison = update(QuestionRow).where(QuestionRow.id == broken)
        session.execute(poison.values(body={"kind": "none that is known"}))
        session.execute(
            update(AttemptQuestionRow)
            .where(AttemptQuestionRow.attempt_id == second, AttemptQuestionRow.position == 6)
            .values(question_id=broken)
        )
        session.commit()
    return exam, first, second


def test_the_job_closes_every_attempt_but_the_poisoned_one_which_is_reported(
    database: Database,
) -> None:
    exam, first, second = build_poisoned(database)
    now = MORNING + timedelta(minutes=21, seconds=1)

    run_jobs(database, {CLOSE_JOB: close_by_job}, now)
    with database.reading() as session:
        assert inspect(session, exam.tess, first, now).state == "marked"
        (failed,) = list_failures(session)
        key = f"close_attempt {first} at {(now - SECOND).isoformat()}"
        done = find_status_by_key(session, key)
    assert failed.key is not None
    assert failed.key.startswith(f"close_attempt {second} ")
    assert failed.reason
    assert done is not None
    assert done.state is JobState.DONE


def test_a_change_of_dates_goes_past_a_poisoned_attempt_which_stays_over(
    database: Database,
) -> None:
    exam, first, second = build_poisoned(database)
    now = MORNING + timedelta(minutes=21, seconds=1)
    longer = replace(RULES, time_limit=timedelta(minutes=40))

    with database.writing() as session:
        change_rules(session, exam, longer, now)
        session.commit()
    with database.reading() as session:
        assert inspect(session, exam.tess, first, now).state == "marked"
        poisoned = find_any_sitting(session, second)
    assert poisoned is not None
    assert poisoned.attempt.submitted_at is None
    assert poisoned.attempt.deadline_at == MORNING + timedelta(minutes=20)
    check = check_database(database)
    assert (check.reviews, check.clean) == (8, True)
