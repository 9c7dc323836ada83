"""A study session in figures, as several pages show it."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.services.reviewing.studies import minutes_of
from quizapp.storage.figures import StudyFigures
from quizapp.web.words import write_plural


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """A study session so far; `asks` says what it is narrowed to, "" if it asks everything."""

    id: int
    started_at: datetime
    answered: int
    right: int
    minutes: float
    asks: str


def show_figures(study: StudyFigures) -> FiguresView:
    """Return a study session in figures."""
    return FiguresView(
        id=study.id,
        started_at=study.started_at,
        answered=study.answered,
        right=study.right,
        minutes=minutes_of(study),
        asks=write_scope(study),
    )


def write_scope(study: StudyFigures) -> str:
    """Say what a study session is narrowed to: "Founding, Sahel course, due within 3 days"."""
    ahead = study.scope.ahead_days
    parts = (
        study.scope.section,
        study.course_title,
        f"due within {write_plural(ahead, 'day')}" if ahead else None,
    )
    return ", ".join(part for part in parts if part)
