"""What the learner's first page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.services.assigning.listing import OwnAssignment
from quizapp.services.reviewing.today import Today
from quizapp.storage.limits import DayLimits
from quizapp.web.student.attempts_assignments import OwnLine, show_lines
from quizapp.web.student.figures import FiguresView, show_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """A course with what is in memory, due and still new; an archived one has nothing new.

    `parts` are its sections with the values that name them in the form of what to review.
    """

    value: str
    title: str
    facts: int
    known: int
    due: int
    new: int
    archived: bool
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """The learner's first page; `limits` are those that hold today alone, None where none do."""

    due: int
    new: int
    learning: int
    total: int
    minutes: int
    open_study: FiguresView | None
    next_due: datetime | None
    courses: tuple[CourseView, ...]
    week: Sequence[object]
    recent: tuple[FiguresView, ...]
    assignments: tuple[OwnLine, ...]
    limits: DayLimits | None


def show_today(today: Today, own: Sequence[OwnAssignment]) -> TodayPage:
    """Return the first page's content."""
    study = today.open_study
    return TodayPage(
        due=today.counts.due,
        new=today.counts.new,
        learning=today.counts.learning,
        total=today.counts.total,
        minutes=today.minutes,
        open_study=show_figures(study) if study else None,
        next_due=today.next_due,
        courses=tuple(
            CourseView(
                value=str(course.id),
                title=course.title,
                facts=course.facts,
                known=course.known,
                due=course.due,
                new=course.new,
                archived=course.archived,
                parts=tuple((f"{course.id}:{name}", name) for name in course.sections),
            )
            for course in today.courses
        ),
        week=today.week,
        recent=tuple(show_figures(study) for study in today.recent),
        assignments=show_lines(own),
        limits=today.limits,
    )
