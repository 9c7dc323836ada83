"""What went wrong comes up in the reviews: at the submission, or when the learner asks for it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from quizapp.errors import ConflictError, NotFoundError
from quizapp.formats.questions_json import question_to_dict
from quizapp.services.checking import check_database
from quizapp.services.courses.changing import archive_course
from quizapp.services.practising.desk import look_afterwards
from quizapp.services.practising.missing import add_missing
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.submitting import look_back, submit
from quizapp.storage.courses import teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from quizapp.storage.publishing import NewQuestion
from quizapp.storage.publishing import publish as publish_version
from quizapp.storage.tables import FactRow, MemoryRow, ReviewRow, VersionFactRow
from tests.factories.assignments import (
    HOUR,
    MARKED,
    RULES,
    SECOND,
    Exam,
    answer_all,
    begin,
    build_exam,
    give,
    make_exam_version,
    make_kind,
)
from tests.factories.people import MORNING, answer_next
from tests.factories.practising import AFTERWARDS, answer_and_submit, practise, wish_for
from tests.factories.questions import SECTION

LATER = AFTERWARDS + HOUR


def read_log(database: Database, exam: Exam) -> Mapping[str, list[tuple[int, bool, str]]]:
    """Return grade, whether it was given, and answer of each review of the exam's facts."""
    found: dict[str, list[tuple[int, bool, str]]] = {}
    with database.reading() as session:
        rows = session.execute(
            select(FactRow.key, ReviewRow)
            .join(ReviewRow, ReviewRow.fact_id == FactRow.id)
            .join(VersionFactRow, VersionFactRow.fact_id == FactRow.id)
            .where(
                ReviewRow.learner_id == exam.alice.id,
                VersionFactRow.version_id == exam.version_id,
            )
            .order_by(ReviewRow.id)
        )
        for key, review in rows:
            found.setdefault(key, []).append((review.grade, review.given, review.response))
    return found


def count_waiting(database: Database, exam: Exam, at: datetime) -> int:
    """Count the facts with a learning step that has ended."""
    with database.reading() as session:
        due = select(MemoryRow.due_at).where(MemoryRow.learner_id == exam.alice.id)
        return sum(each is not None and each <= at for each in session.scalars(due))


def add(database: Database, exam: Exam, attempt_id: AttemptId, at: datetime = LATER) -> int:
    with database.writing() as session:
        added = add_missing(session, exam.alice, attempt_id, at)
        session.commit()
    return added


def offer(database: Database, exam: Exam, attempt_id: AttemptId, at: datetime = LATER) -> int:
    with database.reading() as session:
        result = look_back(session, exam.alice, attempt_id, at)
        after = look_afterwards(session, exam.alice, result, at)
    return after.to_add if after else -1


def test_answers_in_practice_feed_the_memory_as_those_in_an_assignment_do(
    database: Database,
) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam))
    answer_and_submit(database, exam.alice, built.attempt_id, wrong={"cloze"})
    log = read_log(database, exam)
    assert sorted(log) == [f"f{n}" for n in range(1, 9)]
    assert log["f4"] == [(1, True, "Andromeda")]
    assert offer(database, exam, built.attempt_id) == 0
    assert add(database, exam, built.attempt_id) == 0
    assert check_database(database).clean


def test_each_quiz_is_logged_on_its_own(database: Database) -> None:
    exam = build_exam(database)
    for wrong in ({"cloze"}, set()):
        built = practise(database, exam.alice, wish_for(exam, kinds=frozenset({"cloze"})))
        answer_and_submit(database, exam.alice, built.attempt_id, wrong=wrong)
    assert [grade for grade, _, _ in read_log(database, exam)["f4"]] == [1, 3]


def test_what_was_left_empty_is_added_as_not_known(database: Database) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam))
    answer_and_submit(database, exam.alice, built.attempt_id, wrong={"date"}, empty={"cloze"})
    assert "f4" not in read_log(database, exam)
    assert offer(database, exam, built.attempt_id) == 1
    assert add(database, exam, built.attempt_id) == 1
    assert read_log(database, exam)["f4"] == [(1, False, "")]
    assert count_waiting(database, exam, LATER + HOUR) >= 2
    assert (offer(database, exam, built.attempt_id), add(database, exam, built.attempt_id)) == (
        0,
        0,
    )
    assert check_database(database).clean


def publish_twice_asked(database: Database, exam: Exam) -> Exam:
    """Publish a version in which two typed questions ask for one fact."""
    question = make_kind("numeric", "f4")
    version = make_exam_version()
    added = NewQuestion(
        key=question.id,
        kind=question.kind,
        guess=question.guess,
        facts=question.facts,
        section=SECTION,
        paragraph=1,
        body={**question_to_dict(question)},
    )
    twice = tuple(each for each in version.questions if each.kind == "cloze")
    with database.writing() as session:
        version_id = publish_version(
            session, replace(version, questions=(*twice, added)), owner_id=exam.tess.id, now=MORNING
        )
        teach(session, course_id=exam.world.course_id, version_id=version_id)
        session.commit()
    return replace(exam, version_id=version_id)


def test_a_wrong_answer_that_was_not_the_first_to_its_fact_is_added(database: Database) -> None:
    exam = publish_twice_asked(database, build_exam(database))
    built = practise(database, exam.alice, wish_for(exam))
    with database.writing() as session:
        paper = look(session, exam.alice, built.attempt_id, AFTERWARDS)
        right = "the Milky Way" if paper.questions[0].question.kind == "cloze" else "1,762"
        give(session, exam.alice, paper, 0, right, AFTERWARDS)
        give(session, exam.alice, paper, 1, "3", AFTERWARDS + SECOND)
        submit(session, exam.alice, built.attempt_id, AFTERWARDS + 2 * SECOND)
        session.commit()
    assert [grade for grade, _, _ in read_log(database, exam)["f4"]] == [3]
    assert add(database, exam, built.attempt_id) == 1
    assert read_log(database, exam)["f4"][1] == (1, True, "3")
    assert check_database(database).clean


def test_a_fact_that_was_reviewed_since_is_left_alone(database: Database) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam))
    answer_and_submit(database, exam.alice, built.attempt_id, empty=set(MARKED))
    assert offer(database, exam, built.attempt_id) == 8
    with database.writing() as session:
        for number in range(8):
            answer_next(session, exam.alice, LATER + number * SECOND, key=f"since-{number}")
    reviewed = read_log(database, exam)
    assert 0 < len(reviewed) < 8
    assert add(database, exam, built.attempt_id, LATER + HOUR) == 8 - len(reviewed)
    log = read_log(database, exam)
    assert {key: log[key] for key in reviewed} == reviewed
    assert check_database(database).clean


def test_the_second_attempt_at_an_assignment_adds_what_its_first_knew(database: Database) -> None:
    exam = build_exam(database, rules=replace(RULES, attempts_allowed=2))
    for number, right in enumerate((True, False)):
        at = MORNING + number * 10 * SECOND
        attempt_id = begin(database, exam, at)
        answer_all(database, exam, attempt_id, at + SECOND, right=right)
        with database.writing() as session:
            submit(session, exam.alice, attempt_id, at + 2 * SECOND)
            session.commit()
    assert all(len(reviews) == 1 for reviews in read_log(database, exam).values())
    added = add(database, exam, attempt_id)
    assert added == 8
    log = read_log(database, exam)
    assert sum([grade for grade, _, _ in each] == [3, 1] for each in log.values()) == added
    assert check_database(database).clean


def test_nothing_is_added_before_it_is_told_nor_for_others(database: Database) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam))
    with database.writing() as session, pytest.raises(NotFoundError):
        add_missing(session, exam.alice, built.attempt_id, AFTERWARDS)
    answer_and_submit(database, exam.alice, built.attempt_id, empty=set(MARKED))
    for person in (exam.world.bob, exam.world.charlie, exam.tess):
        with database.writing() as session, pytest.raises(NotFoundError):
            add_missing(session, person, built.attempt_id, LATER)


def test_an_archived_course_adds_nothing_new(database: Database) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam))
    answer_and_submit(database, exam.alice, built.attempt_id, empty=set(MARKED))
    with database.writing() as session:
        archive_course(session, exam.tess, exam.world.course_id, AFTERWARDS)
        session.commit()
    assert offer(database, exam, built.attempt_id) == -1
    with database.writing() as session, pytest.raises(ConflictError, match="archived"):
        add_missing(session, exam.alice, built.attempt_id, LATER)
