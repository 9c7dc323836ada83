"""The day of a review, chosen among those of its fuzz so that days are alike and easy days easy."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Literal

Ease = Literal["normal", "fewer", "few"]

_WEEKDAYS = 7
# The reviews of a day as a share of those of a normal one.
_SHARES: Mapping[Ease, float] = {"normal": 1.0, "fewer": 0.5, "few": 0.1}
# The weight of a day falls with its load as fast as in Anki's balancer, and a little with its
# distance: far days are emptier, but only because their reviews are not settled yet.
_LOAD_POWER, _INTERVAL_POWER = 2.15, 1.0


def choose_interval(
    choices: range, *, today: int, loads: Mapping[int, int], week: Sequence[Ease], seed: str
) -> int:
    """Return one of the intervals `choices`, in study days from `today`, for a log entry to name.

    `loads` are the reviews already due, by study day, `week` the ease of the days from Monday to
    Sunday, and `seed` fixes the chance. A day weighs share / (max(load / share, 1)^2.15 interval),
    so that the loads go towards the shares that the learner wants.

    Raises:
        ValueError: there are no choices, or `week` has not seven days.
    """
    if not choices or len(week) != _WEEKDAYS:
        raise ValueError(f"cannot choose among {len(choices)} intervals by {len(week)} weekdays")
    if len(choices) == 1:
        return choices[0]
    weights = [_weigh(interval, today + interval, loads, week) for interval in choices]
    return Random(seed).choices(choices, weights)[0]  # noqa: S311 - a schedule is no secret


def _weigh(interval: int, day: int, loads: Mapping[int, int], week: Sequence[Ease]) -> float:
    share = _SHARES[week[date.fromordinal(day).weekday()]]
    crowd = max(loads.get(day, 0) / share, 1.0)
    return float(share / (crowd**_LOAD_POWER * interval**_INTERVAL_POWER))
