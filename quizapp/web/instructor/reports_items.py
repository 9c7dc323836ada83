"""The item analysis of a report: its rows, sorted by a column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizapp.services.reporting.values import AssignmentReport, QuestionLine
from quizapp.web.instructor.gradebook_pages import DOWN, ColumnView
from quizapp.web.instructor.pages import PageView, cut_page
from quizapp.web.instructor.reports_links import list_columns, question_url
from quizapp.web.instructor.reports_words import NoteView, note_of, write_index
from quizapp.web.words import write_percent

QUESTIONS_A_PAGE = 25
_COLUMNS = (
    ("number", "#", True),
    ("stem", "Question", False),
    ("correct", "Correct", False),
    ("separates", "Separates", True),
    ("n", "n", True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """A question in the item analysis; `wrong` is the most chosen wrong answer."""

    number: int
    stem: str
    url: str
    share: float | None
    correct: str
    separates: str
    n: int
    wrong: str
    wrong_count: str
    note: NoteView
    bad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsView:
    """A page of the item analysis."""

    columns: tuple[ColumnView, ...]
    rows: tuple[ItemRow, ...]
    page: PageView


def show_items(report: AssignmentReport, sort: str, order: str) -> ItemsView:
    """Return the questions sorted by a column, by number if by none, a page of them."""
    page, shown = cut_page(_sort(report.questions, sort, order), QUESTIONS_A_PAGE)
    return ItemsView(
        columns=list_columns(_COLUMNS, sort, order),
        rows=tuple(_show_item(report, line) for line in shown),
        page=page,
    )


def _sort(lines: Sequence[QuestionLine], sort: str, order: str) -> list[QuestionLine]:
    """What has no figure comes last, whichever way."""
    if sort == "stem":
        return sorted(lines, key=lambda line: line.stem.casefold(), reverse=order == DOWN)
    key = _KEYS.get(sort, _KEYS["number"])
    known = [line for line in lines if key(line) is not None]
    known.sort(key=lambda line: key(line) or 0.0, reverse=order == DOWN)
    return known + [line for line in lines if key(line) is None]


def _find_facility(line: QuestionLine) -> float | None:
    return line.findings.facility if line.findings else None


def _find_discrimination(line: QuestionLine) -> float | None:
    return line.findings.discrimination if line.findings else None


_KEYS: dict[str, Callable[[QuestionLine], float | None]] = {
    "number": lambda line: line.number,
    "correct": _find_facility,
    "separates": _find_discrimination,
    "n": lambda line: line.findings.n if line.findings else 0,
}


def _show_item(report: AssignmentReport, line: QuestionLine) -> ItemRow:
    found, wrong, note = line.findings, line.wrong, note_of(line)
    share = found.facility if found else None
    return ItemRow(
        number=line.number,
        stem=line.stem,
        url=question_url(report, line.question_id),
        share=None if share is None else min(max(share, 0.0), 1.0),
        correct="" if share is None else write_percent(share),
        separates=write_index(found.discrimination if found else None),
        n=found.n if found else 0,
        wrong=wrong.text if wrong else "",
        wrong_count=f"{wrong.count} of {wrong.n}" if wrong else "",
        note=note,
        bad=note.variant == "bad",
    )
