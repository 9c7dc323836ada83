"""A study session in figures, as several pages show it."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.services.reviewing.studies import minutes_of
from quizapp.storage.figures import StudyFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """A study session so far."""

    id: int
    started_at: datetime
    answered: int
    right: int
    minutes: float


def show_figures(study: StudyFigures) -> FiguresView:
    """Return a study session in figures."""
    return FiguresView(
        id=study.id,
        started_at=study.started_at,
        answered=study.answered,
        right=study.right,
        minutes=minutes_of(study),
    )
