"""First, unaided answers of an attempt feed the learner's memory, the fold of its log."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update

from quizapp.services.checking import check_database
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.submitting import submit
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.today import look_at_today
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from quizapp.storage.tables import (
    AccountRow,
    FactRow,
    IntroductionRow,
    MemoryRow,
    ReviewRow,
    StudyRow,
)
from tests.factories.assignments import (
    HOUR,
    RULES,
    SECOND,
    Exam,
    answer_all,
    begin,
    build_exam,
    give,
)
from tests.factories.people import MORNING, answer_next

TWICE = replace(RULES, attempts_allowed=2)


def hand_in(database: Database, exam: Exam, attempt_id: AttemptId, at: datetime) -> None:
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, at)
        session.commit()


def read_log(database: Database, exam: Exam) -> dict[str, tuple[int, float, str]]:
    """Return grade, fraction and key of the reviews of the exam's facts."""
    with database.reading() as session:
        rows = session.execute(
            select(FactRow.key, ReviewRow)
            .join(ReviewRow, ReviewRow.fact_id == FactRow.id)
            .join(StudyRow, StudyRow.id == ReviewRow.study_id)
            .where(StudyRow.attempt_id.is_not(None), ReviewRow.learner_id == exam.alice.id)
        )
        return {
            key: (review.grade, review.fraction, review.idempotency_key) for key, review in rows
        }


def test_each_fact_of_an_answered_question_gets_one_review(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND)
    assert read_log(database, exam) == {}
    hand_in(database, exam, attempt_id, MORNING + HOUR)
    log = read_log(database, exam)
    assert sorted(log) == [f"f{n}" for n in range(1, 9)]
    assert {grade for grade, _, _ in log.values()} == {3}
    assert all(key.startswith(f"attempt-{attempt_id}-") for _, _, key in log.values())
    check = check_database(database)
    assert (check.memories, check.reviews, check.clean) == (8, 8, True)
    with database.reading() as session:
        passed = select(IntroductionRow.position).where(IntroductionRow.learner_id == exam.alice.id)
        assert session.scalars(passed).all() == [8]


def test_every_fact_has_its_own_part_of_a_mark(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 1, "0", MORNING)  # of f2 and f1, that of f2 alone
        submit(session, exam.alice, attempt_id, MORNING + SECOND)
        session.commit()
    log = read_log(database, exam)
    assert {key: grade for key, (grade, _, _) in log.items()} == {"f2": 3, "f1": 1}


def test_what_was_not_answered_is_not_logged(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 3, "dont_know", MORNING)
        submit(session, exam.alice, attempt_id, MORNING + SECOND)
        session.commit()
    assert {key: grade for key, (grade, _, _) in read_log(database, exam).items()} == {"f4": 1}


def test_a_second_attempt_at_the_same_assignment_is_not_logged_again(database: Database) -> None:
    exam = build_exam(database, rules=TWICE)
    first = begin(database, exam)
    answer_all(database, exam, first, MORNING + SECOND, right=False, most=4)
    hand_in(database, exam, first, MORNING + 2 * SECOND)
    before = read_log(database, exam)
    assert sorted(before) == ["f1", "f2", "f3", "f4"]
    second = begin(database, exam, MORNING + 3 * SECOND)
    answer_all(database, exam, second, MORNING + 4 * SECOND)
    hand_in(database, exam, second, MORNING + 5 * SECOND)
    after = read_log(database, exam)
    assert {key: after[key] for key in before} == before
    assert sorted(after) == [f"f{n}" for n in range(1, 9)]
    assert check_database(database).clean


def test_a_fact_reviewed_between_answer_and_submission_keeps_the_fold(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND)
    with database.writing() as session:
        for n in range(8):
            answer_next(session, exam.alice, MORNING + (10 + n) * SECOND, key=f"review-{n}")
    hand_in(database, exam, attempt_id, MORNING + HOUR)
    check = check_database(database)
    assert check.clean
    assert check.reviews == 16
    with database.writing() as session:
        for n in range(8):
            answer_next(session, exam.alice, MORNING + timedelta(days=9, minutes=n), key=f"l-{n}")
    assert check_database(database).clean


def test_a_clock_set_back_before_the_submission_keeps_the_fold(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + HOUR)
    hand_in(database, exam, attempt_id, MORNING + SECOND)
    assert check_database(database).clean


def test_an_attempt_is_no_open_study_session(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        study_id = start_study(session, exam.alice, MORNING)
        session.commit()
    attempt_id = begin(database, exam, MORNING + SECOND)
    answer_all(database, exam, attempt_id, MORNING + 2 * SECOND)
    hand_in(database, exam, attempt_id, MORNING + 3 * SECOND)
    with database.writing() as session:
        assert start_study(session, exam.alice, MORNING + 4 * SECOND) == study_id
        today = look_at_today(session, exam.alice, MORNING + 4 * SECOND)
    assert today.open_study is not None


def test_memories_of_others_stay_as_they_are(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING)
    hand_in(database, exam, attempt_id, MORNING)
    with database.reading() as session:
        learners = set(session.scalars(select(MemoryRow.learner_id)))
    assert learners == {exam.alice.id}


def test_an_attempt_is_logged_with_the_retention_that_the_learner_set(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        session.execute(update(AccountRow).values(retention=0.85))
        session.commit()
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING)
    hand_in(database, exam, attempt_id, MORNING)
    with database.reading() as session:
        assert set(session.scalars(select(ReviewRow.parameters))) == {"fsrs6-1@0.85"}
    assert check_database(database).clean
