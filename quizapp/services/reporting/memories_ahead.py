"""What a class would recall on the days to come, with its reviews as planned and without."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from quizapp.memory.class_forecast import recall_ahead
from quizapp.memory.class_play import Pace, Played, play_class
from quizapp.memory.fsrs6_arrays import FloatArray, IntArray
from quizapp.services.reporting.memories import LoadedClass

DAYS = 30
# An exam further away is not played through to: plans change, and each day takes its time.
FARTHEST = 120
_QUARTERS = (0.25, 0.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A mean over learners, each a share of 1; the middle half of them lie from `low` to `high`."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAhead:
    """A day to come: the mean recall of the facts that each learner has met today.

    `planned` is it before the reviews of that day if all earlier ones are done, `alone` if nobody
    reviews. `due` counts the reviews of the whole class that are known of today, on the first day
    with all that is overdue; `reviews` is the expected number with those that follow from them and
    from new facts, as many as learners take a day.
    """

    date: date
    planned: Spread
    alone: Spread
    due: int
    reviews: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamScore:
    """The expected score of the class on the day of its exam: the share known of all facts.

    A fact not met by then counts as 0. `planned` is None if the exam is too far away to tell.
    """

    on: date
    alone: Spread
    planned: Spread | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassAhead:
    """The `DAYS` from today on, today and the last day included, as `learners` who met a fact fare.

    Without such learners there are no days, and without an exam to come there is no score.
    """

    learners: int
    goal: float
    days: tuple[DayAhead, ...]
    exam: ExamScore | None


def foresee(loaded: LoadedClass) -> ClassAhead:
    """Return what to expect of a class from today on.

    New facts are met in teaching order, as many a day as each learner has set, in a course that
    goes on. All chance is fixed by the course and the day.
    """
    met = loaded.memories.met.any(axis=1)
    goal = float(loaded.memories.targets.mean()) if met.any() else 0.0
    if not met.any():
        return ClassAhead(learners=0, goal=goal, days=(), exam=None)
    ahead = _count_to_exam(loaded)
    wanted = sorted({*range(DAYS + 1), *([ahead] if ahead is not None else [])})
    seed = loaded.course.id * 1_000_003 + loaded.today.toordinal()
    played = play_class(loaded.memories, _find_pace(loaded), wanted, seed=seed)
    return ClassAhead(
        learners=int(met.sum()),
        goal=goal,
        days=_list_days(loaded, played),
        exam=_foresee_exam(loaded, played, None if ahead is None else wanted.index(ahead)),
    )


def _count_to_exam(loaded: LoadedClass) -> int | None:
    if loaded.exam_on is None:
        return None
    days = (loaded.exam_on - loaded.today).days
    return days if days <= FARTHEST else None


def _find_pace(loaded: LoadedClass) -> Pace:
    new = [0 if loaded.course.archived else each.new_per_day for each in loaded.learners]
    return Pace(
        reviews=np.array([each.reviews_per_day for each in loaded.learners], dtype=np.int64),
        new=np.array(new, dtype=np.int64),
    )


def _list_days(loaded: LoadedClass, played: Played) -> tuple[DayAhead, ...]:
    due = _count_due(loaded)
    return tuple(
        DayAhead(
            date=loaded.today + timedelta(days=day),
            planned=_spread(played.recall[day]),
            alone=_spread(_mean_met(recall_ahead(loaded.memories, day))),
            due=int(due[day]),
            reviews=float(played.reviews[day]),
        )
        for day in range(DAYS + 1)
    )


def _count_due(loaded: LoadedClass) -> IntArray:
    days = loaded.memories.due_days[loaded.memories.met]
    counts = np.bincount(np.clip(days, 0, DAYS + 1), minlength=DAYS + 2)
    return np.asarray(counts, dtype=np.int64)


def _mean_met(recalls: FloatArray) -> FloatArray:
    counts = (~np.isnan(recalls)).sum(axis=1)
    sums: FloatArray = np.nansum(recalls, axis=1)
    return sums / np.where(counts, counts, np.nan)


def _spread(shares: FloatArray) -> Spread:
    told = shares[~np.isnan(shares)]
    low, high = np.quantile(told, _QUARTERS)
    return Spread(mean=float(told.mean()), low=float(low), high=float(high))


def _foresee_exam(loaded: LoadedClass, played: Played, place: int | None) -> ExamScore | None:
    if loaded.exam_on is None:
        return None
    recalls = recall_ahead(loaded.memories, loaded.exam_on.toordinal() - loaded.todays)
    return ExamScore(
        on=loaded.exam_on,
        alone=_spread(np.nan_to_num(recalls).mean(axis=1)),
        planned=None if place is None else _spread(played.known[place]),
    )
