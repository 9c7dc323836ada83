"""Fuzz: intervals spread by a few days, so that facts learned together do not stay together."""

from functools import lru_cache
from math import inf
from random import Random

_SHORTEST = 2.5
_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, inf, 0.05))


def find_range(interval: int, maximum: int) -> tuple[int, int]:
    """Return the shortest and longest interval, in days, that fuzz may make of `interval`.

    The ranges are those of Anki and of the package `fsrs`: a day, and 15 % of the days from 2.5 to
    7, 10 % of those to 20, 5 % of the rest. Intervals under 2.5 days stay as they are.
    """
    if interval < _SHORTEST:
        return interval, interval
    delta = 1.0
    for start, end, share in _RANGES:
        if interval > start:
            delta += share * (min(interval, end) - start)
    longest = min(round(interval + delta), maximum)
    return min(max(round(interval - delta), 2), longest), longest


def spread(interval: int, *, maximum: int, seed: str, number: int) -> int:
    """Return the interval, in days, moved within its range by the chance of `seed` and `number`.

    All grades of one review share their chance, so a longer interval never ends up shorter.
    """
    shortest, longest = find_range(interval, maximum)
    if shortest == longest:
        return shortest
    return shortest + int(_draw(seed, number) * (longest - shortest + 1))


@lru_cache(maxsize=64)  # seeding costs as much as a review, and a preview asks for each grade
def _draw(seed: str, number: int) -> float:
    return Random(f"{seed}:{number}").random()  # noqa: S311 - a schedule is no secret
