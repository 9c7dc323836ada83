"""Many requests at once: one attempt, one score, and nothing lost between two of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.errors import BusyError, ConflictError
from quizapp.services.checking import check_database
from quizapp.services.practising.building import MOST_OPEN
from quizapp.services.quizzing.closing import close_overdue
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import submit
from quizapp.storage.engine import Database
from quizapp.storage.tables import AttemptRow, ResponseSaveRow
from tests.factories.assignments import (
    HOUR,
    RULES,
    SECOND,
    answer_all,
    begin,
    build_exam,
    give,
)
from tests.factories.people import MORNING
from tests.factories.practising import practise, wish_for

MANY = 32


def at_once(act: Callable[[int], object]) -> list[object]:
    """Do something many times at once; refusals are returned in place of results."""

    def attempt(number: int) -> object:
        for _ in range(20):
            try:
                return act(number)
            except ConflictError as error:
                return str(error)
            except BusyError:  # asks to come again, as a browser would
                continue
        return "busy"

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(attempt, range(MANY)))


def count_attempts(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(AttemptRow.id))) or 0


@pytest.mark.parametrize("allowed", [1, 3])
def test_of_many_starts_at_once_one_makes_an_attempt(database: Database, allowed: int) -> None:
    exam = build_exam(database, rules=replace(RULES, attempts_allowed=allowed))

    def act(number: int) -> object:
        with database.writing() as session:
            key = f"start-{number}"
            attempt_id = start(session, exam.alice, exam.assignment_id, MORNING, key=key)
            session.commit()
            return attempt_id

    ends = at_once(act)
    refusals = [end for end in ends if isinstance(end, str)]
    assert len(refusals) == MANY - 1
    assert all("resume it" in refusal for refusal in refusals)
    assert count_attempts(database) == 1


def test_one_start_sent_many_times_is_one_attempt(database: Database) -> None:
    exam = build_exam(database)

    def act(_number: int) -> object:
        with database.writing() as session:
            attempt_id = start(session, exam.alice, exam.assignment_id, MORNING, key="k")
            session.commit()
            return attempt_id

    assert len(set(at_once(act))) == 1
    assert count_attempts(database) == 1


@pytest.mark.parametrize(("keys", "quizzes"), [(1, 1), (MANY, MOST_OPEN)])
def test_of_many_practice_quizzes_at_once_no_more_are_made_than_may_be(
    database: Database, keys: int, quizzes: int
) -> None:
    exam = build_exam(database)
    wish = wish_for(exam, most=1)

    def act(number: int) -> object:
        return practise(database, exam.alice, wish, key=f"k-{number % keys}").attempt_id

    made = {end for end in at_once(act) if not isinstance(end, str)}
    assert len(made) == quizzes
    assert count_attempts(database) == quizzes


def test_many_submissions_at_once_give_one_score(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND)

    def act(number: int) -> object:
        with database.writing() as session:
            at = MORNING + timedelta(seconds=10 + number)
            score = submit(session, exam.alice, attempt_id, at)
            session.commit()
            return score

    assert len(set(at_once(act))) == 1
    check = check_database(database)
    assert (check.reviews, check.clean) == (8, True)


def test_many_closings_at_once_close_once(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND)

    def act(_number: int) -> object:
        with database.writing() as session:
            closed = close_overdue(session, attempt_id, MORNING + 5 * HOUR)
            session.commit()
            return closed

    assert sorted(map(bool, at_once(act))) == [False] * (MANY - 1) + [True]
    check = check_database(database)
    assert (check.reviews, check.clean) == (8, True)


def test_of_many_saves_at_once_one_stands_and_the_others_are_told(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.reading() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)

    def act(number: int) -> object:
        with database.writing() as session:
            saved = give(session, exam.alice, paper, 3, f"answer {number}", MORNING)
            session.commit()
            return saved.response.text

    ends = [end for end in at_once(act) if isinstance(end, str)]
    stored = [end for end in ends if "meanwhile" not in end]
    assert len(stored) == 1
    with database.reading() as session:
        standing = look(session, exam.alice, attempt_id, MORNING).questions[3]
        logged = session.scalar(select(func.count(ResponseSaveRow.id)))
    assert standing.response is not None
    assert standing.response.text == stored[0]
    assert (standing.saves, logged) == (1, 1)


def test_a_save_beside_a_submission_counts_or_is_refused(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.reading() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)

    def act(number: int) -> object:
        with database.writing() as session:
            if number == MANY // 2:
                score = submit(session, exam.alice, attempt_id, MORNING)
                session.commit()
                return score.points
            position = (0, 2, 4)[number % 3]
            text = {0: "1", 2: "true", 4: "1762"}[position]
            give(session, exam.alice, paper, position, text, MORNING, key=f"at-{position}")
            session.commit()
            return position

    ends = at_once(act)
    points = next(end for end in ends if isinstance(end, float))
    assert len({end for end in ends if isinstance(end, int)}) == points
    with database.reading() as session:
        kept = look(session, exam.alice, attempt_id, MORNING)
    assert len([each for each in kept.questions if each.response]) == points
    assert check_database(database).clean
