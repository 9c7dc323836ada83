"""The entries of the review log, from which every memory can be computed again."""

from dataclasses import dataclass
from datetime import UTC, datetime

from quizapp.memory.grades import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One answer of one learner about one fact.

    `at` is when it was given and `arrived` when it reached the log; both are kept in UTC, since
    two times of one local zone compare by the clock on the wall. `study_day` is that of `at` in the
    learner's calendar of the time. `guess` is the probability, 0 to 1, of a right answer by chance.
    `parameters` names the version to compute with, `number` the entry. `interval`, in study days,
    is one chosen by what else is due, which the log of one fact cannot tell; None leaves it to
    chance. It is without effect where a step follows.

    Raises:
        ValueError: a time has no time zone, `guess` is no probability, or `interval` is below 1.
    """

    number: int
    at: datetime
    arrived: datetime
    study_day: int
    grade: Grade
    guess: float
    parameters: str
    interval: int | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None or self.arrived.tzinfo is None:
            raise ValueError("a review needs times with a time zone; pass aware datetimes")
        if not 0 <= self.guess <= 1:
            raise ValueError(f"the guess probability {self.guess} is not between 0 and 1")
        if self.interval is not None and self.interval < 1:
            raise ValueError(f"an interval is 1 study day or more, not {self.interval}")
        object.__setattr__(self, "at", self.at.astimezone(UTC))
        object.__setattr__(self, "arrived", self.arrived.astimezone(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Takes back the review whose number is `undoes`; an undo itself cannot be undone."""

    number: int
    undoes: int


Entry = Review | Undo
