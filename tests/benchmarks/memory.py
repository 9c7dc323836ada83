"""One step of the memory."""

from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler

from quizapp.memory import DEFAULT_PARAMETERS, Grade, Memory, Review, advance
from tests.benchmarks.measuring import Ratio, Sizes, compare
from tests.factories.people import MORNING

_GRADES = (Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.AGAIN) * 25  # one is too short for the clock
_RATINGS = tuple(Rating(grade) for grade in _GRADES)


def measure_advance(sizes: Sizes) -> dict[str, Ratio]:
    """Compare a hundred reviews of one fact with the package's; both with fuzz and a log entry."""
    scheduler = Scheduler()

    def ours(call: int) -> None:
        memory = None
        for number, grade in enumerate(_GRADES):
            review = _make_review(memory, number, grade)
            memory = advance(memory, review, seed=f"seed-{call}")

    def package(_: int) -> None:
        card = Card(card_id=1, due=MORNING)
        for rating in _RATINGS:
            card, _log = scheduler.review_card(card, rating, card.due)

    return {"advance": compare(ours=ours, baseline=package, calls=sizes.calls, aim=None)}


def _make_review(memory: Memory | None, number: int, grade: Grade) -> Review:
    at = MORNING if memory is None else _find_due(memory)
    return Review(
        number=number,
        at=at,
        arrived=at,
        study_day=at.toordinal(),
        grade=grade,
        guess=0.0,
        parameters=DEFAULT_PARAMETERS.version,
    )


def _find_due(memory: Memory) -> datetime:
    return memory.due_at or memory.last_at + timedelta(days=memory.due_day - memory.last_day)
