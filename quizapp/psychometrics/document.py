"""The report as plain data for JSON and as one table of rows: the same numbers, unrounded."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final, TypeAlias

from quizapp.psychometrics.bands import Verdict
from quizapp.psychometrics.findings import (
    Bin,
    FactFindings,
    ItemFindings,
    OptionFindings,
    Report,
    TemplateFindings,
    WholeTest,
)

FORMAT: Final = "quizapp-report/1"
METHODS: Final = {
    "discrimination": "correlation with the sum of the other marks; Fisher's z, 95 %",
    "facility_interval": "Wilson, 95 %",
    "alpha_interval": "bootstrap of the attempts, 1,000 draws, percentiles 2.5 and 97.5",
    "effective_weight": "sqrt(C(x, T)) over the sum of these roots, negative covariances left out",
    "thirds": "by the sum of the other marks; equal sums are in one third, the higher one",
    "r": "choosing the option with the sum of the other marks, among those who chose any option",
    "bands": "a verdict is sure from 10 attempts on, if the whole interval is in the band",
}
"""How the figures were reckoned, in a few words for whoever has only the document."""
Cell: TypeAlias = str | int | float | None
_Findings: TypeAlias = (
    WholeTest | Bin | ItemFindings | OptionFindings | FactFindings | TemplateFindings
)
_LIST_OF_ROWS = {"options", "distribution", "thirds"}


def describe(report: Report) -> dict[str, object]:
    """Return the report as what `json.dumps` takes; intervals are lists of two numbers."""
    return {"format": FORMAT, "methods": METHODS, **asdict(report)}


def list_rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield the report as one table, its columns named in the first row.

    The column `part` says what a row is about: test, bin, item, option, slot, fact or template. An
    interval is two columns, several texts in a cell are separated by semicolons.
    """
    rows = list(list_parts(report))
    columns = list(dict.fromkeys(name for row in rows for name in row))
    yield tuple(columns)
    for row in rows:
        yield tuple(row.get(name) for name in columns)


def list_parts(report: Report) -> Iterator[dict[str, Cell]]:
    """Yield the report as rows that name their cells; `part` says what a row is about."""
    yield _flatten("test", report.test)
    yield from (_flatten("bin", each) for each in report.test.distribution)
    for item in report.items:
        yield _flatten("item", item)
        yield from ({**_flatten("option", each), "item": item.item} for each in item.options)
    yield from (_flatten("slot", each) for each in report.slots)
    yield from (_flatten("fact", each) for each in report.facts)
    yield from (_flatten("template", each) for each in report.templates)


def _flatten(part: str, findings: _Findings) -> dict[str, Cell]:
    row: dict[str, Cell] = {"part": part}
    for name in findings.__slots__:
        if name in _LIST_OF_ROWS:
            continue
        value = getattr(findings, name)
        if name.endswith("_interval"):
            row[f"{name}_low"], row[f"{name}_high"] = value or (None, None)
        else:
            row[name] = _write(value)
    return row


def _write(value: object) -> Cell:
    if isinstance(value, Verdict):
        return f"{value.statistic}: {value.text} ({value.source})"
    if isinstance(value, tuple):
        return "; ".join(str(_write(each)) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    assert value is None or isinstance(value, str | int | float)
    return value
