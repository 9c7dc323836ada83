"""The facts of a class as files for other programs: CSV, XLSX and JSON of the page's own value.

Every figure is written as it is, unrounded; shares are fractions of 1, what is unknown is empty or
null.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Final

from quizapp.formats.sheets import Cell, write_csv, write_workbook
from quizapp.services.reporting.memories_facts import ClassFacts, FactLine, KnownShare

FORMAT: Final = "quizapp-class-facts/1"
_BAND: Final = (
    "The share of the class that would recall the fact, one who has not met it counting as not"
    " knowing it. It lies between low and high in 95 of 100 classes whose students recall as"
    " predicted (Poisson binomial distribution)."
)
COLUMNS: Final = (
    *("fact", "section", "students", "met", "due"),
    *("known_today", "known_today_low", "known_today_high"),
    *("known_at_exam", "known_at_exam_low", "known_at_exam_high", "exam_on"),
    *("falling_in_7_days", "below_target", "answers", "right", "as_of"),
)


def export_json(found: ClassFacts) -> bytes:
    """Return the facts as one JSON document under the names of their fields."""
    document = {"format": FORMAT, "methods": {"today": _BAND, "exam": _BAND}, **asdict(found)}
    text = json.dumps(
        document, ensure_ascii=False, allow_nan=False, indent=1, default=_write_instant
    )
    return f"{text}\n".encode()


def export_csv(found: ClassFacts) -> bytes:
    """Return the facts as CSV, one a row."""
    return write_csv(list_rows(found))


def export_workbook(found: ClassFacts) -> bytes:
    """Return the facts as an XLSX workbook of one sheet."""
    return write_workbook("Facts", list_rows(found))


def list_rows(found: ClassFacts) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the table, the names of its columns first."""
    yield COLUMNS
    for fact in found.facts:
        yield _write_row(found, fact)


def _write_row(found: ClassFacts, fact: FactLine) -> tuple[Cell, ...]:
    return (
        *(fact.statement, fact.section, found.learners, fact.met, fact.due),
        *_write_share(fact.today),
        *_write_share(fact.exam),
        found.exam_on.isoformat() if found.exam_on else None,
        *(fact.falling, fact.below, fact.answered, fact.right, found.as_of),
    )


def _write_share(known: KnownShare | None) -> tuple[Cell, ...]:
    return (None, None, None) if known is None else (known.share, known.low, known.high)


def _write_instant(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not written to JSON")
