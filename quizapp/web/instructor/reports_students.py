"""What the page of all students of a report shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizapp.services.reporting.values import AssignmentReport, ScoreLine
from quizapp.storage.ids import AccountId, AttemptId
from quizapp.web.instructor.gradebook_pages import DOWN, ColumnView
from quizapp.web.instructor.pages import PageView, cut_page
from quizapp.web.instructor.reports_links import (
    ChoiceView,
    list_choices,
    list_columns,
)
from quizapp.web.instructor.reports_words import write_seconds
from quizapp.web.words import write_percent, write_share
from quizapp.web.zones import write_instant

STUDENTS_A_PAGE = 50
_COLUMNS = (
    ("name", "Student", False),
    ("score", "Score", True),
    ("time", "Time", True),
    ("blank", "Left blank", True),
)
_STATES = {"not_begun": "not begun", "in_progress": "in progress", "finished": "not marked yet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRow:
    """A learner with the attempt that counts, if there is one."""

    id: AccountId
    name: str
    enrolled: bool
    attempt_id: AttemptId | None
    attempts: int
    score: str
    former: str
    time: str
    blank: str
    submitted: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentsPage:
    """A page of all students."""

    choices: tuple[ChoiceView, ...]
    columns: tuple[ColumnView, ...]
    rows: tuple[StudentRow, ...]
    page: PageView


def show_students(report: AssignmentReport, sort: str, order: str) -> StudentsPage:
    """Return a page of all students, sorted by a column; by name if by none."""
    lines = _sort(report.learners, sort, down=order == DOWN)
    page, shown = cut_page(lines, STUDENTS_A_PAGE)
    return StudentsPage(
        choices=list_choices(report.which),
        columns=list_columns(_COLUMNS, sort, order),
        rows=tuple(_show(line, report.timezone) for line in shown),
        page=page,
    )


def _sort(lines: Sequence[ScoreLine], sort: str, *, down: bool) -> list[ScoreLine]:
    """Who has no value comes last, whichever way; equals stay in the order of their names."""
    key = _KEYS.get(sort)
    if key is None:
        return sorted(lines, key=lambda line: line.name.casefold(), reverse=down)
    known = [line for line in lines if key(line) is not None]
    known.sort(key=lambda line: key(line) or 0.0, reverse=down)
    return known + [line for line in lines if key(line) is None]


_KEYS: dict[str, Callable[[ScoreLine], float | None]] = {
    "score": lambda line: line.share,
    "time": lambda line: line.seconds,
    "blank": lambda line: line.blank if line.attempt_id else None,
}


def _show(line: ScoreLine, timezone: str) -> StudentRow:
    return StudentRow(
        id=line.learner_id,
        name=line.name,
        enrolled=line.enrolled,
        attempt_id=line.attempt_id,
        attempts=line.attempts,
        score=write_share(line.share) or _STATES[line.progress],
        former="" if line.former is None else f"{write_percent(line.former)} before",
        time=write_seconds(line.seconds) or "\N{EN DASH}",
        blank=f"{line.blank} of {line.questions}" if line.attempt_id else "\N{EN DASH}",
        submitted=write_instant(line.submitted_at, timezone) if line.submitted_at else "",
        reasons=line.reasons,
    )
