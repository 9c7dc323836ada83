"""What a class has answered: its days, and how its past forecasts came out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from quizapp.memory import FittedWeights, Grade, Memory, Parameters, Review, advance, recall
from quizapp.psychometrics.calibration import Calibration, calibrate
from quizapp.services.progress.replaying import register_still
from quizapp.storage.class_logs import DayAnswers, LoggedAnswer
from quizapp.storage.ids import AccountId, FactId

CALENDAR_WEEKS = 26
# With more answers than this, those of some learners are enough to tell.
MOST_REPLAYED = 10_000
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """The answers of a class to the facts of its course.

    `days` counts those of each day of the last `CALENDAR_WEEKS` weeks, from the Monday `first` to
    today; `active` learners answered at least once, `active_this_week` in the last seven days.
    `busiest` is the day of the week with most answers in these weeks, 0 for Monday, None without.
    """

    answered: int
    right: int
    active: int
    active_this_week: int
    first: date
    days: tuple[int, ...]
    busiest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastForecasts:
    """Predictions made before answers, a study day or more after the answer before.

    `answers` are all of them, `marks` those that were the first answers in assignments.
    `whole` tells whether all learners were looked at.
    """

    learners: int
    whole: bool
    answers: Calibration
    marks: Calibration


def count_activity(days: Iterable[DayAnswers], today: date) -> Activity:
    """Return how much a class answered, and when."""
    told = list(days)
    end = today.toordinal()
    first = end - today.weekday() - _WEEK * (CALENDAR_WEEKS - 1)
    counts: dict[int, int] = {}
    for each in told:
        # In a time zone ahead of the course's the day has begun already.
        day = min(each.study_day, end)
        counts[day] = counts.get(day, 0) + each.answered
    shown = tuple(counts.get(day, 0) for day in range(first, end + 1))
    weekdays = [sum(shown[day::_WEEK]) for day in range(_WEEK)]
    return Activity(
        answered=sum(each.answered for each in told),
        right=sum(each.right for each in told),
        active=len({each.learner_id for each in told}),
        active_this_week=len({e.learner_id for e in told if e.study_day > end - _WEEK}),
        first=date.fromordinal(first),
        days=shown,
        busiest=weekdays.index(max(weekdays)) if any(weekdays) else None,
    )


def check_forecasts(
    log: Sequence[LoggedAnswer], fits: tuple[FittedWeights, ...] = ()
) -> PastForecasts:
    """Replay a log, in the order of `list_class_log`, and set predictions beside answers.

    `fits` are those that the log names. What is predicted is a right answer: g + (1 - g) R, of the
    recall R and the guess g. Answers on the study day of the one before are left out: on it, recall
    is taken for certain.
    """
    registry = register_still(fits)
    told: list[tuple[float, bool, bool]] = []
    memories: dict[tuple[AccountId, FactId], Memory] = {}
    for each in log:
        key, review = (each.learner_id, each.fact_id), each.review
        before = memories.get(key)
        if before is not None and review.study_day > before.last_day:
            expected = _expect(before, review, registry)
            told.append((expected, review.grade != Grade.AGAIN, each.in_assignment))
        memories[key] = advance(before, review, seed="", registry=registry)
    learners = len({each.learner_id for each in log})
    return PastForecasts(
        learners=learners,
        whole=len(log) < MOST_REPLAYED,
        answers=_calibrate(told),
        marks=_calibrate([each for each in told if each[2]]),
    )


def _expect(before: Memory, review: Review, registry: Mapping[str, Parameters]) -> float:
    remembered = recall(before, review.study_day, registry[review.parameters])
    return review.guess + (1 - review.guess) * remembered


def _calibrate(told: Sequence[tuple[float, bool, bool]]) -> Calibration:
    return calibrate(
        np.array([each[0] for each in told], dtype=np.float64),
        np.array([each[1] for each in told], dtype=np.bool_),
    )
