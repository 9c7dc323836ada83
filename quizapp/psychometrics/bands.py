"""Bands of figures as others publish them, and words where a figure is not sure to be in one."""

from bisect import bisect_right
from dataclasses import dataclass
from math import floor, inf
from typing import Final

from quizapp.psychometrics.intervals import Interval

# Below so many attempts no figure is judged; Lextures raises its flags from here on.
FEWEST: Final = 10

# What differs by less is one figure, reckoned in another order.
_DIGITS = 9
_OPEN_UNIVERSITY = "Open University"
_MOODLE = "Moodle"
_PRAIRIELEARN = "PrairieLearn"
_LEXTURES = "Lextures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a source says of a figure.

    `level` is the band that the figure itself is in. Only if it is `sure` may it be shown as a
    verdict: there are enough attempts, and the whole interval is in that band. `text` says either.
    """

    statistic: str
    source: str
    level: str
    sure: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The bands of one figure: each begins at a value, the first at minus infinity.

    With `whole_percent` a figure is rounded, half up, before it is looked up, as tables are read
    that tell what 34 % and 35 % are and nothing in between.
    """

    statistic: str
    source: str
    bands: tuple[tuple[float, str], ...]
    whole_percent: bool = False

    def find_level(self, value: float) -> str:
        """Return the words of the band that a value is in; its last digits do not decide."""
        if self.whole_percent:
            value = floor(round(value * 100, _DIGITS) + 0.5) / 100
        starts = [round(start, _DIGITS) for start, _ in self.bands]
        return self.bands[bisect_right(starts, round(value, _DIGITS)) - 1][1]


def judge(
    scale: Scale, value: float | None, interval: Interval | None, n: int
) -> tuple[Verdict, ...]:
    """Return the verdict on a figure of `n` attempts, none if there is no figure."""
    if value is None:
        return ()
    level = scale.find_level(value)
    ends = [scale.find_level(end) for end in interval] if interval else []
    sure = n >= FEWEST and ends == [level, level]
    return (_make(scale, level, sure=sure, text=level if sure else _doubt(ends, n)),)


def judge_plainly(scale: Scale, value: float | None, n: int | None = None) -> tuple[Verdict, ...]:
    """Return the verdict on a figure that has no interval; without `n`, one that is exact."""
    if value is None:
        return ()
    level = scale.find_level(value)
    sure = n is None or n >= FEWEST
    return (_make(scale, level, sure=sure, text=level if sure else _doubt([], n or 0)),)


def doubt(n: int) -> str:
    """Return the words for a figure that cannot be judged yet."""
    return f"cannot tell yet (n = {n})"


def _doubt(ends: list[str], n: int) -> str:
    if n < FEWEST or not ends or ends[0] == ends[1]:
        return doubt(n)
    return f"cannot tell yet: from {ends[0]} to {ends[1]} (n = {n})"


def _make(scale: Scale, level: str, *, sure: bool, text: str) -> Verdict:
    return Verdict(
        statistic=scale.statistic, source=scale.source, level=level, sure=sure, text=text
    )


def _above(value: float) -> float:
    return value + 0.1**_DIGITS


# The guide names 20 twice and 65 nowhere: 20 is read as difficult, 65 as about right.
FACILITY: Final = Scale(
    statistic="facility",
    source=_OPEN_UNIVERSITY,
    whole_percent=True,
    bands=(
        (-inf, "extremely difficult, or something is wrong with the item"),
        (0.06, "very difficult"),
        (0.11, "difficult"),
        (0.21, "moderately difficult"),
        (0.35, "about right"),
        (0.66, "fairly easy"),
        (0.81, "easy"),
        (0.90, "very easy"),
        (0.95, "extremely easy"),
    ),
)
ITEM_SD: Final = Scale(
    statistic="sd",
    source=_OPEN_UNIVERSITY,
    bands=((-inf, "unsatisfactory: under a third of the maximum"), (1 / 3, "satisfactory")),
)
GUESS: Final = Scale(
    statistic="guess",
    source=_OPEN_UNIVERSITY,
    bands=((-inf, "satisfactory"), (_above(0.4), "unsatisfactory: over 40 %")),
)
DISCRIMINATION: Final = Scale(
    statistic="discrimination",
    source=_OPEN_UNIVERSITY,
    bands=(
        (-inf, "probably invalid"),
        (0.0, "very weak"),
        (0.2, "weak"),
        (0.3, "adequate"),
        (0.5, "very good"),
    ),
)
NEEDS_CHECKING: Final = Scale(
    statistic="discrimination",
    source=_MOODLE,
    bands=(
        (-inf, "very likely needs checking"),
        (0.3, "likely needs checking"),
        (0.5, "unlikely to need checking"),
    ),
)
EFFICIENCY: Final = Scale(
    statistic="efficiency",
    source=_MOODLE,
    bands=((-inf, "dubious: under 15 %"), (0.15, "not dubious")),
)
PRAIRIELEARN: Final = Scale(
    statistic="discrimination",
    source=_PRAIRIELEARN,
    bands=((-inf, "not above 20 %"), (_above(0.2), "above 20 %")),
)
# PrairieLearn asks no discrimination of an item that is easier than this.
PRAIRIELEARN_EASY: Final = 0.95
LEXTURES_FACILITY: Final = Scale(
    statistic="facility",
    source=_LEXTURES,
    bands=((-inf, "too hard: under 20 %"), (0.2, "not flagged"), (_above(0.9), "over 90 %")),
)
LEXTURES_DISCRIMINATION: Final = Scale(
    statistic="discrimination",
    source=_LEXTURES,
    bands=((-inf, "low: under 15 %"), (0.15, "not flagged")),
)
TEST_MEAN: Final = Scale(
    statistic="mean_share",
    source=_OPEN_UNIVERSITY,
    bands=((-inf, "under 50 %"), (0.5, "satisfactory: 50 to 75 %"), (_above(0.75), "over 75 %")),
)
TEST_SD: Final = Scale(
    statistic="sd_share",
    source=_OPEN_UNIVERSITY,
    bands=((-inf, "under 12 %"), (0.12, "satisfactory: 12 to 18 %"), (_above(0.18), "over 18 %")),
)
TEST_ALPHA: Final = Scale(
    statistic="alpha",
    source=_OPEN_UNIVERSITY,
    bands=(
        (-inf, "unsatisfactory: under 64 %"),
        (0.64, "between 64 and 75 %"),
        (_above(0.75), "satisfactory: over 75 %"),
    ),
)
_SIGN = "sign of r"
KEY: Final = Scale(
    statistic="r",
    source=_SIGN,
    bands=((-inf, "suspect: the weaker choose the key"), (0.0, "not suspect")),
)
DISTRACTOR: Final = Scale(
    statistic="r",
    source=_SIGN,
    bands=(
        (-inf, "not suspect"),
        (_above(0.0), "suspect: the stronger choose this distractor"),
    ),
)
