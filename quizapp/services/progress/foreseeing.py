"""What is due in the days to come, and what the exam would show if nobody studied any more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from quizapp.memory import DEFAULT_PARAMETERS, Memory, Parameters, choose_parameters, recall
from quizapp.storage.ids import CourseId
from quizapp.storage.progress import LearnedCourse, LearnedFact

# A curve has so many points at most, today and the day of the exam among them.
_MOST_POINTS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRecall:
    """The mean predicted recall, 0 to 1, of some facts on a day."""

    date: date
    recall: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionForecast:
    """A section of an article on the day of the exam.

    `recall` is the mean over the facts that were met, None if none was; `new` were not.
    """

    title: str
    met: int
    new: int
    recall: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamForecast:
    """What a learner would recall of a course on the day of its exam without further study.

    `recalled` is the expected number of facts, of those that were `met`; `sections` are the
    strongest first, those of which nothing was met last.
    """

    course_id: CourseId
    course: str
    exam_on: date
    met: int
    new: int
    recalled: float
    curve: tuple[DayRecall, ...]
    sections: tuple[SectionForecast, ...]

    @property
    def forgotten(self) -> float:
        """The expected number of facts that were met and would not be recalled."""
        return self.met - self.recalled


def foresee_exams(courses: Iterable[LearnedCourse], today: int) -> tuple[ExamForecast, ...]:
    """Return a forecast for each course that goes on and whose exam is to come, soonest first.

    A course of which no fact was met is left out.
    """
    found = [
        _foresee(course, course.exam_on, today)
        for course in courses
        if course.exam_on is not None
        if course.exam_on.toordinal() >= today and not course.archived
        if any(fact.memory for fact in course.facts)
    ]
    return tuple(sorted(found, key=lambda exam: exam.exam_on))


def _foresee(course: LearnedCourse, exam_on: date, today: int) -> ExamForecast:
    memories = [fact.memory for fact in course.facts if fact.memory is not None]
    days = _pick_days(today, exam_on.toordinal())
    parameters = choose_parameters(course.fit, DEFAULT_PARAMETERS.retention)
    recalls = [[recall(memory, day, parameters) for memory in memories] for day in days]
    return ExamForecast(
        course_id=course.id,
        course=course.title,
        exam_on=exam_on,
        met=len(memories),
        new=len(course.facts) - len(memories),
        recalled=sum(recalls[-1]),
        curve=tuple(
            DayRecall(date=date.fromordinal(day), recall=fmean(each))
            for day, each in zip(days, recalls, strict=True)
        ),
        sections=_foresee_sections(course.facts, days[-1], parameters),
    )


def _pick_days(first: int, last: int) -> list[int]:
    """Days evenly apart, counted back from the last, so that it is one of them."""
    step = max(-(-(last - first) // (_MOST_POINTS - 1)), 1)
    return sorted({first, *range(last, first, -step)})


def _foresee_sections(
    facts: Sequence[LearnedFact], day: int, parameters: Parameters
) -> tuple[SectionForecast, ...]:
    titles = dict.fromkeys(fact.section for fact in facts)
    sections = [
        _foresee_section(
            title, [fact.memory for fact in facts if fact.section == title], day, parameters
        )
        for title in titles
    ]
    return tuple(sorted(sections, key=lambda section: -1.0 * (section.recall or 0)))


def _foresee_section(
    title: str, memories: Sequence[Memory | None], day: int, parameters: Parameters
) -> SectionForecast:
    met = [memory for memory in memories if memory is not None]
    return SectionForecast(
        title=title,
        met=len(met),
        new=len(memories) - len(met),
        recall=fmean(recall(each, day, parameters) for each in met) if met else None,
    )
