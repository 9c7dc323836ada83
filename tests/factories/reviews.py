"""Reviews, parameters and histories for the tests of the memory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from quizapp.memory import DEFAULT_PARAMETERS, REGISTRY, Grade, Memory, Parameters, Review, advance

FIRST = datetime(2024, 1, 1, 12, tzinfo=UTC)
FIRST_DAY = FIRST.toordinal()

PLAIN = replace(
    DEFAULT_PARAMETERS, version="plain", learning_steps=(), relearning_steps=(), fuzz=False
)
FUZZY = replace(PLAIN, version="fuzzy", fuzz=True)
EVERY = {**REGISTRY, PLAIN.version: PLAIN, FUZZY.version: FUZZY}

grades = st.sampled_from(Grade)
right_grades = st.sampled_from((Grade.HARD, Grade.GOOD, Grade.EASY))
guesses = st.floats(min_value=0, max_value=1)
histories = st.lists(
    st.tuples(st.sampled_from((0, 0, 1, 2, 5, 13, 40, 200)), grades), min_size=1, max_size=12
)


def make_review(
    day: int = 0,
    grade: Grade = Grade.GOOD,
    *,
    guess: float = 0,
    minute: int = 0,
    arrived: datetime | None = None,
    number: int = 1,
    parameters: str = PLAIN.version,
) -> Review:
    """Make a review so many study days and minutes after the first of January 2024, noon."""
    at = FIRST + timedelta(days=day, minutes=minute)
    return Review(
        number=number,
        at=at,
        arrived=arrived or at,
        study_day=FIRST_DAY + day,
        grade=grade,
        guess=guess,
        parameters=parameters,
    )


def make_memory(
    history: Iterable[tuple[int, Grade]] = ((0, Grade.GOOD),), parameters: Parameters = PLAIN
) -> Memory:
    """Make the memory after reviews that lie so many days apart."""
    memory, day = None, 0
    for gap, grade in history:
        day += gap
        review = make_review(day, grade, parameters=parameters.version)
        memory = advance(memory, review, seed="s", registry={parameters.version: parameters})
    assert memory is not None
    return memory
