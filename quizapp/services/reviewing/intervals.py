"""The interval that an answer leads to, chosen so that the days to come are alike."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from quizapp.memory import (
    Ease,
    Memory,
    Parameters,
    Review,
    advance,
    choose_interval,
    list_choices,
)
from quizapp.services.reviewing.states import seed_of
from quizapp.storage.loads import count_due
from quizapp.storage.reviews import NewReview


def choose_for(
    session: Session,
    week: Sequence[Ease],
    memory: Memory | None,
    review: NewReview,
    parameters: Parameters,
) -> int | None:
    """Return the interval, in study days, for the log to name; None leaves it to chance.

    `week` is the ease of the days from Monday on, `parameters` are those that the review names. One
    statement where there is something to choose: not at the first meeting, while steps last, or
    under 2.5 days. All chance is fixed by learner, fact and number of reviews.
    """
    if memory is None:
        return None
    seed = seed_of(review.learner_id, review.fact_id)
    registry = {parameters.version: parameters}
    after = advance(memory, to_entry(review, number=0), seed=seed, registry=registry)
    choices = list_choices(after, parameters)
    if len(choices) < 2:  # noqa: PLR2004 - one leaves nothing to choose
        return None
    today = review.study_day
    loads = count_due(
        session,
        review.learner_id,
        but=review.fact_id,
        first=today + choices[0],
        last=today + choices[-1],
    )
    chance = f"{seed}:{after.reps}:load"
    return choose_interval(choices, today=today, loads=loads, week=week, seed=chance)


def to_entry(review: NewReview, *, number: int) -> Review:
    """Return an answer as an entry of the log, with the number that it has there."""
    return Review(
        number=number,
        at=review.at,
        arrived=review.arrived_at,
        study_day=review.study_day,
        grade=review.grade,
        guess=review.guess,
        parameters=review.parameters,
        interval=review.interval_days,
    )
