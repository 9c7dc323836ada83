"""A report as files for other programs: CSV, XLSX and JSON of the same frozen value as its page.

Every figure is written as it is, unrounded; shares are fractions of 1. What a file cannot tell is
empty or null, and the notes say why.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from quizapp.formats.sheets import Cell, write_csv, write_sheets
from quizapp.psychometrics.document import METHODS, list_parts
from quizapp.services.reporting.scores import TIME_OF_ATTEMPT, TIME_OF_QUESTION
from quizapp.services.reporting.values import AssignmentReport, QuestionLine, ScoreLine

FORMAT: Final = "quizapp-assignment-report/1"
_OWN_METHODS: Final = {"time": TIME_OF_ATTEMPT, "question_time": TIME_OF_QUESTION}
_Row = dict[str, Cell]


def describe_report(report: AssignmentReport) -> dict[str, object]:
    """Return the report as what `write_json` writes: all of it, under the names of its fields."""
    return {"format": FORMAT, "methods": {**METHODS, **_OWN_METHODS}, **asdict(report)}


def export_json(report: AssignmentReport) -> bytes:
    """Return the report as one JSON document; instants are written in ISO 8601."""
    document = describe_report(report)
    text = json.dumps(
        document, ensure_ascii=False, allow_nan=False, indent=1, default=_write_instant
    )
    return f"{text}\n".encode()


def export_csv(report: AssignmentReport) -> bytes:
    """Return the report as one table; the column `part` says what a row is about.

    It is the report, the test, a bin of the scores, a question, an option of the question before
    it, a slot, a fact, a template, a check or a learner.
    """
    return write_csv(list_rows(report))


def export_workbook(report: AssignmentReport) -> bytes:
    """Return the report as an XLSX workbook with a sheet for each part."""
    parts: dict[Cell, list[_Row]] = {}
    for row in _list_all_parts(report):
        parts.setdefault(row["part"], []).append(row)
    return write_sheets(
        {str(part): _to_table(rows, skipped="part") for part, rows in parts.items()}
    )


def list_rows(report: AssignmentReport) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the table, the names of its columns first."""
    return _to_table(list(_list_all_parts(report)))


def _to_table(rows: Sequence[_Row], skipped: str | None = None) -> Iterator[tuple[Cell, ...]]:
    columns = list(dict.fromkeys(name for row in rows for name in row if name != skipped))
    yield tuple(columns)
    for row in rows:
        yield tuple(row.get(name) for name in columns)


def _list_all_parts(report: AssignmentReport) -> Iterator[_Row]:
    yield _describe_report(report)
    yield from _list_analysis(report)
    for line in report.questions:
        if line.findings is None:
            yield _describe_question(line)
    for check in report.checks:
        yield {
            "part": "check",
            "number": check.number,
            "question": check.stem,
            "check": check.title,
            "sure": _say(yes=check.sure),
            "text": check.text,
            "source": check.source,
        }
    for learner in report.learners:
        yield _describe_learner(learner)


def _list_analysis(report: AssignmentReport) -> Iterator[_Row]:
    """The rows of the analysis, an item with what is known of its question, a fact in words."""
    lines = {line.item: line for line in report.questions}
    statements = {each.fact: each.statement for each in report.facts}
    for found in list_parts(report.report):
        row: _Row = {**found}
        if row["part"] == "item":
            row = {**_describe_question(lines[str(row["item"])]), **row, "part": "question"}
        elif row["part"] == "fact":
            row["statement"] = statements.get(str(row["fact"]))
        yield row


def _describe_report(report: AssignmentReport) -> _Row:
    previous = report.previous
    return {
        "part": "report",
        "course": report.course_title,
        "assignment": report.title,
        "which": report.which,
        "as_of": report.as_of,
        "computed_at": report.computed_at,
        "opens_at": report.opens_at,
        "due_at": report.due_at,
        "closes_at": report.closes_at,
        "enrolled": report.enrolled,
        "finished": report.finished,
        "in_progress": report.in_progress,
        "seconds": report.time.seconds,
        "seconds_n": report.time.n,
        "previous": previous.title if previous else None,
        "previous_median_share": previous.median_share if previous else None,
        "previous_n": previous.n if previous else None,
        "notes": "; ".join([*filter(None, [report.doubtful]), *report.notes]),
    }


def _describe_question(line: QuestionLine) -> _Row:
    wrong = line.wrong
    return {
        "part": "question",
        "number": line.number,
        "item": line.item,
        "question": line.stem,
        "kind": line.kind,
        "answer": line.answer,
        "section": line.section,
        "paragraph": line.paragraph,
        "points": line.points,
        "corrected": _say(yes=line.corrected),
        "dropped": _say(yes=line.dropped),
        "commonest_wrong": wrong.text if wrong else None,
        "commonest_wrong_count": wrong.count if wrong else None,
        "seconds": line.time.seconds,
        "seconds_n": line.time.n,
    }


def _describe_learner(line: ScoreLine) -> _Row:
    return {
        "part": "learner",
        "name": line.name,
        "enrolment": "enrolled" if line.enrolled else "no longer enrolled",
        "progress": line.progress.replace("_", " "),
        "attempts": line.attempts,
        "attempt": line.number,
        "submitted_at": line.submitted_at,
        "points": line.points,
        "maximum": line.maximum,
        "share": line.share,
        "blank": line.blank,
        "questions": line.questions,
        "seconds": line.seconds,
        "former_share": line.former,
        "may_need_help": "; ".join(line.reasons),
    }


def _say(*, yes: bool) -> str:
    return "yes" if yes else "no"


def _write_instant(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not written to JSON")
