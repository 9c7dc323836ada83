"""A chart as a page shows it: what it finds, the picture, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quizapp.charts import Caption, Svg

# Beyond so many labels, every second one is left out.
_MOST_LABELS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Texts in rows; the first of a row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """A chart on a page; `key` is unique there.

    `picture` is None where there is too little to draw, `note` (or nothing) says how to read it,
    `variant` is a class of the picture's box beside `chart`, or nothing.
    """

    key: str
    heading: str
    finding: str
    picture: Svg | None
    table: Table
    note: str = ""
    variant: str = ""


def caption_of(key: str, heading: str, finding: str) -> Caption:
    """Return a picture in words: its finding, and where the figures stand."""
    return Caption(key=key, title=heading, description=f"{finding} The table has the figures.")


def write_short(day: date) -> str:
    """Return a date as it stands at an axis, on one line: 2 Mar."""
    return f"{day.day}\N{NO-BREAK SPACE}{day:%b}"


def label_some(days: Sequence[date]) -> list[str]:
    """Return a label for each day, the last one's among them; some are empty if there are many."""
    every = 1 if len(days) <= _MOST_LABELS else 2
    last = len(days) - 1
    return [write_short(day) if (last - n) % every == 0 else "" for n, day in enumerate(days)]
