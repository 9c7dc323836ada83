"""Replays a log of many learners and facts, with what was predicted before each review."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quizapp.memory.days import StudyCalendar
from quizapp.memory.log import Review
from quizapp.memory.log_file import Row
from quizapp.memory.parameters import Parameters
from quizapp.memory.scheduling import advance
from quizapp.memory.state import Memory
from quizapp.memory.strength import recall


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A review, the recall predicted before it (None at the first), and the memory after it."""

    row: Row
    recall: float | None
    memory: Memory


def replay_rows(
    rows: Iterable[Row], *, calendar: StudyCalendar, parameters: Parameters
) -> Iterator[Replayed]:
    """Yield each review with its prediction and its outcome, in the order given, sorted by time.

    All learners share the calendar. The seed of the fuzz is `learner:fact`.
    """
    registry = {parameters.version: parameters}
    memories: dict[tuple[str, str], Memory] = {}
    for number, row in enumerate(rows, start=1):
        key = (row.learner, row.fact)
        before = memories.get(key)
        review = Review(
            number=number,
            at=row.at,
            arrived=row.at,
            study_day=calendar.study_day(row.at),
            grade=row.grade,
            guess=row.guess,
            parameters=parameters.version,
        )
        after = advance(before, review, seed=":".join(key), registry=registry)
        memories[key] = after
        predicted = None if before is None else recall(before, review.study_day, parameters)
        yield Replayed(row=row, recall=predicted, memory=after)
