"""What the learner's first page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.services.assigning.listing import OwnAssignment
from quizapp.services.planning.counting import Countdown
from quizapp.services.reviewing.order import Counts
from quizapp.services.reviewing.starting import Step
from quizapp.services.reviewing.today import Today
from quizapp.storage.limits import DayLimits
from quizapp.web.student.attempts_assignments import OwnLine, say_when, show_lines
from quizapp.web.student.figures import FiguresView, show_figures
from quizapp.web.words import write_day, write_percent, write_plural


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
class ExamLine:
    """An exam to come in words; `course_id` leads to the plan for it, if one can still be made."""

    course_id: int
    course: str
    when: str
    recall: str
    days: int
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """Where to start: the main button's text, and a note beside it.

    A `kind` of attempt and assignment is led to by its number, that of review may be narrowed to
    the course `what`.
    """

    kind: str
    text: str
    note: str
    number: int | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """The learner's first page; `limits` are those that hold today alone, None where none do.

    `next_step` is when the next learning step ends, `ahead_days` within how many days something is
    due, None where there is none.
    """

    step: StepView
    exams: tuple[ExamLine, ...]
    next_step: datetime | None
    ahead_days: int | None
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


def show_today(
    today: Today, own: Sequence[OwnAssignment], exams: Sequence[Countdown], step: Step
) -> TodayPage:
    """Return the first page's content."""
    study = today.open_study
    return TodayPage(
        step=_show_step(step, today),
        exams=tuple(_show_exam(exam) for exam in exams),
        next_step=today.next_step,
        ahead_days=today.ahead_days,
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


def _show_exam(exam: Countdown) -> ExamLine:
    when = f"in {write_plural(exam.days, 'day')} ({write_day(exam.exam_on)})"
    return ExamLine(
        course_id=exam.course_id,
        course=exam.course,
        when=when if exam.days else "today",
        recall=_say_recall(exam),
        days=exam.days,
        planned=exam.planned,
    )


def _say_recall(exam: Countdown) -> str:
    facts = write_plural(exam.facts, "fact")
    if not exam.met:
        return f"You have met none of its {facts} yet."
    share = write_percent(exam.recalled / exam.facts)
    recalled = f"you would recall about {round(exam.recalled)} of its {facts}, {share}"
    said = f"If you stopped now, {recalled}." if exam.days else f"Today {recalled}."
    left = exam.facts - exam.met
    return f"{said} {left} you have not met yet." if left else said


def _show_step(step: Step, today: Today) -> StepView:
    number = None
    if step.own is not None:
        number = step.own.open_attempt if step.kind == "attempt" else step.own.id
    return StepView(
        kind=step.kind,
        text=_name_step(step, resumes=today.open_study is not None),
        note=_say_step(step, today.counts),
        number=number,
        what=str(step.exam.course_id) if step.exam else "",
    )


def _name_step(step: Step, *, resumes: bool) -> str:
    if step.own is not None:
        return f"{'Resume' if step.kind == 'attempt' else 'Start'} {step.own.title}"
    if step.exam is not None:
        return f"Review {step.exam.course}"
    if step.kind == "practise":
        return "Practise"
    return "Resume" if resumes else "Start reviewing"


def _say_step(step: Step, counts: Counts) -> str:
    if step.own is not None:
        return say_when(step.own)
    if step.exam is not None:
        return f"its exam is {_show_exam(step.exam).when}"
    waiting = {"in learning": counts.learning, "due": counts.due, "new": counts.new}
    return ", then ".join(f"{number} {name}" for name, number in waiting.items() if number)
