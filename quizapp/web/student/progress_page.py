"""What the page of a learner's progress shows."""

from dataclasses import dataclass

from quizapp.services.progress.looking import Progress
from quizapp.web.charts import ChartView
from quizapp.web.student.progress_ahead import ExamView, show_exams, show_holding, show_load
from quizapp.web.student.progress_past import show_calendar, show_retention, show_time


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """A learner's progress; without `reviews` there is nothing to show."""

    reviews: int
    exams: tuple[ExamView, ...]
    charts: tuple[ChartView, ...]


def show_progress(progress: Progress) -> ProgressPage:
    """Return the page's content."""
    return ProgressPage(
        reviews=progress.reviews,
        exams=show_exams(progress.exams),
        charts=(
            show_retention(progress.weeks, progress.checked),
            show_holding(progress.holding, progress.earlier),
            show_load(progress.load),
            show_time(progress.weeks),
            show_calendar(progress.days),
        ),
    )
