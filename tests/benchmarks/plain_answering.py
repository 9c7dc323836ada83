"""The baseline of an answer: the package `fsrs` and the driver, nothing between them."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Connection, Row

from fsrs import Card, Rating, Scheduler, State

from quizapp.storage.sqlite import find_sqlite

_STATES = {"learning": State.Learning, "review": State.Review, "relearning": State.Relearning}
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
_READ = """
    SELECT m.stability, m.difficulty, m.phase, m.step, m.last_at, m.reps, m.lapses,
           q.kind, q.guess, q.body
    FROM memory m JOIN question q ON q.id = :question_id
    WHERE m.learner_id = :learner_id AND m.fact_id = :fact_id
"""
_LOG = """
    INSERT INTO review (idempotency_key, learner_id, fact_id, question_id, study_id, at, arrived_at,
                        study_day, was, grade, guess, fraction, given, response, shown, duration_ms,
                        parameters, hints)
    VALUES (:key, :learner_id, :fact_id, :question_id, :study_id, :at, :at, :day, :was, :grade,
            :guess, :fraction, 1, :response, '', 0, 'plain', 0)
"""
_MOVE = """
    UPDATE memory SET stability = :stability, difficulty = :difficulty, phase = :phase,
           step = :step, due_day = :due_day, due_at = :due_at, last_day = :day, last_at = :at,
           reps = :reps, lapses = :lapses, question_id = :question_id
    WHERE learner_id = :learner_id AND fact_id = :fact_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a learner sent: `response` is a grade or the position of an option."""

    learner_id: int
    study_id: int
    fact_id: int
    question_id: int
    key: str
    response: str
    at: datetime


def connect(file: str) -> Connection:
    """Open a database as the product does, rows readable by name."""
    library = find_sqlite()
    connection: Connection = library.connect(file, isolation_level=None)
    connection.row_factory = library.Row
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def answer_plainly(connection: Connection, scheduler: Scheduler, sent: Sent) -> None:
    """Mark and log an answer to a question that has a memory, move that, and commit."""
    connection.execute("BEGIN IMMEDIATE")
    who = {
        "learner_id": sent.learner_id,
        "fact_id": sent.fact_id,
        "question_id": sent.question_id,
    }
    row = connection.execute(_READ, who).fetchone()
    grade = _mark(row, sent.response)
    card, _ = scheduler.review_card(_read_card(row), grade, sent.at)
    values = {
        **who,
        "study_id": sent.study_id,
        "key": sent.key,
        "response": sent.response,
        "at": _write(sent.at),
        "day": sent.at.toordinal(),
        "was": row["phase"],
        "grade": int(grade),
        "guess": row["guess"],
        "fraction": float(grade > Rating.Again),
        "stability": card.stability,
        "difficulty": card.difficulty,
        "phase": card.state.name.lower(),
        "step": card.step or 0,
        "due_day": card.due.toordinal(),
        "due_at": None if card.state == State.Review else _write(card.due),
        "reps": row["reps"] + 1,
        "lapses": row["lapses"] + (row["phase"] == "review" and grade == Rating.Again),
    }
    connection.execute(_LOG, values)
    connection.execute(_MOVE, values)
    connection.execute("COMMIT")


def _mark(row: Row, response: str) -> Rating:
    if row["kind"] == "flashcard":
        return Rating(int(response))
    right = json.loads(row["body"])["options"][int(response)]["correct"]
    return Rating.Good if right else Rating.Again


def _read_card(row: Row) -> Card:
    return Card(
        card_id=1,
        state=_STATES[row["phase"]],
        step=None if row["phase"] == "review" else row["step"],
        stability=row["stability"],
        difficulty=row["difficulty"],
        last_review=datetime.fromisoformat(row["last_at"]).replace(tzinfo=UTC),
    )


def _write(instant: datetime) -> str:
    """Write an instant as the product stores it in SQLite."""
    return instant.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
