"""The report on an assignment that 5,000 have sat, against its own SQL and against 500.

The SQL is all that the report sends to the database, sent again as it is and fetched by the driver.
Nothing is kept from one report to the next.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from sqlalchemy import event
from sqlalchemy.orm import Session

from quizapp.services.reporting import scores
from quizapp.storage.engine import Database
from tests.benchmarks.measuring import Ratio, Sizes, compare
from tests.benchmarks.worlds import fresh_database
from tests.factories.reports import Quiz, enrol_learners, make_quiz, put_attempt, read_report

SQL_AIM, GROWTH_AIM = 3.0, 12.0
_ITEMS = 50
_CALLS = 5  # more would tell the same and take a minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A statement with its parameters, as it reached the driver."""

    statement: str
    parameters: tuple[object, ...]


def measure_score_reports(sizes: Sizes) -> dict[str, Ratio]:
    """Compare the report of many attempts with its raw SQL, and with that of a tenth of them."""
    few = sizes.few_facts // 2
    calls = min(sizes.calls, _CALLS)
    with opened_quiz(10 * few) as (many_base, many), opened_quiz(few) as (few_base, little):
        sent = list_sent(many_base, many)
        return {
            "report_over_its_sql": compare(
                ours=lambda _: report(many_base, many),
                baseline=lambda _: fetch(many_base, sent),
                calls=calls,
                aim=SQL_AIM,
            ),
            "report_5k_over_500": compare(
                ours=lambda _: report(many_base, many),
                baseline=lambda _: report(few_base, little),
                calls=calls,
                aim=GROWTH_AIM,
            ),
        }


@contextmanager
def opened_quiz(attempts: int) -> Iterator[tuple[Database, Quiz]]:
    """Give a database in which so many have sat fifty questions."""
    with fresh_database() as database:
        with database.writing() as session:
            quiz = make_quiz(session, (1.0,) * _ITEMS)
            put_attempts(session, quiz, attempts)
            session.commit()
        yield database, quiz


def put_attempts(session: Session, quiz: Quiz, attempts: int) -> None:
    """Store attempts of learners who differ, at questions that do."""
    random = np.random.default_rng(attempts)
    strength = random.normal(size=(attempts, 1))
    right = strength + random.normal(size=(attempts, _ITEMS)) > np.linspace(-1.5, 1.5, _ITEMS)
    wrong = random.choice(["0", "2", "3"], size=right.shape)
    responses = np.where(right, "1", wrong)
    learners = enrol_learners(session, quiz.world, attempts)
    for learner_id, marks, given in zip(learners, right, responses, strict=True):
        fractions = [float(mark) for mark in marks]
        put_attempt(session, quiz, learner_id, fractions, responses=[str(each) for each in given])


def report(database: Database, quiz: Quiz) -> None:
    """Make the report with nothing kept."""
    scores.KEPT.clear()
    read_report(database, quiz)


def list_sent(database: Database, quiz: Quiz) -> list[Sent]:
    """Return what a report sends to the database."""
    sent: list[Sent] = []

    def note(_connection: object, _cursor: object, statement: str, *rest: object) -> None:
        parameters = rest[0]
        assert isinstance(parameters, tuple)
        sent.append(Sent(statement=statement, parameters=parameters))

    event.listen(database.read, "before_cursor_execute", note)
    try:
        report(database, quiz)
    finally:
        event.remove(database.read, "before_cursor_execute", note)
    return sent


def fetch(database: Database, sent: list[Sent]) -> None:
    """Send the statements and fetch all their rows by the driver alone."""
    with database.read.connect() as connection:
        cursor = connection.connection.cursor()
        for each in sent:
            cursor.execute(each.statement, each.parameters)
            cursor.fetchall()
