"""Which ways there are to an exam, and what each would lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.memory import ExamPlan, FittedWeights, Memory, choose_parameters, plan_at
from quizapp.services.planning.choosing import RETENTIONS, get_exam_course, refuse_plan
from quizapp.services.reviewing.days import calendar_of
from quizapp.services.reviewing.studies import seconds_each
from quizapp.storage.accounts import Account
from quizapp.storage.ids import CourseId
from quizapp.storage.plans import ExamCourse
from quizapp.storage.progress import find_learned_course
from quizapp.storage.studies import list_recent_studies

# Differences of recall below this are not worth a review.
_ALIKE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a way to the exam would lead to.

    `recall`, 0 to 1, is expected on the day of the exam over all facts. `reviews` are those of
    known facts in all, `per_day` their mean, `most` those of the busiest day; `minutes` a day hold
    the new facts, too.
    """

    plan: ExamPlan
    recall: float
    reviews: float
    per_day: float
    most: float
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDesk:
    """An exam that is `days` away, of `facts`, of which the learner has `met` some.

    `refusal` says why there is nothing to plan, "" if there is: then `usual` is the outlook without
    a plan, and `plans` those of the plans that can be chosen, the lowest retention first.
    """

    course: ExamCourse
    refusal: str
    days: int = 0
    facts: int = 0
    met: int = 0
    usual: Outlook | None = None
    plans: tuple[Outlook, ...] = ()

    @property
    def best(self) -> Outlook | None:
        """The way that costs least among those that lead to about the most, if there are any."""
        if self.usual is None:
            return None
        ways = (self.usual, *self.plans)
        most = max(each.recall for each in ways)
        near = [each for each in ways if each.recall > most - _ALIKE]
        return min(near, key=lambda each: each.reviews)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """What all ways to the exam have in common."""

    memories: Sequence[Memory]
    new: int
    new_per_day: int
    today: int
    exam_day: int
    fit: FittedWeights | None
    seconds: float


def look_at_plan(
    session: Session, learner: Account, course_id: CourseId, now: datetime
) -> PlanDesk:
    """Return the ways to the exam of a course: three statements.

    The most reviews of a day of the polish are those of the plan in force, without one the limit of
    the learner's day.

    Raises:
        NotFoundError: the person does not learn in such a course.
    """
    course = get_exam_course(session, learner, course_id)
    today = calendar_of(learner).study_day(now)
    refusal = refuse_plan(course, today)
    if refusal or course.exam_on is None:
        return PlanDesk(course=course, refusal=refusal)
    learned = find_learned_course(session, learner.id, course_id)
    if learned is None or not learned.facts:
        return PlanDesk(course=course, refusal="This course teaches nothing yet.")
    facts = learned.facts
    memories = [fact.memory for fact in facts if fact.memory is not None]
    way = _Way(
        memories=memories,
        new=len(facts) - len(memories),
        new_per_day=learner.new_per_day,
        today=today,
        exam_day=course.exam_on.toordinal(),
        fit=learned.fit,
        seconds=seconds_each(list_recent_studies(session, learner.id)),
    )
    return PlanDesk(
        course=course,
        refusal="",
        days=way.exam_day - today,
        facts=len(facts),
        met=len(memories),
        usual=_foresee(way, _do_without(learner)),
        plans=tuple(_foresee(way, plan) for plan in _list_plans(course, learner)),
    )


def _list_plans(course: ExamCourse, learner: Account) -> list[ExamPlan]:
    """The plans that can be chosen; the limit of the day holds in the polish, too."""
    limit = learner.reviews_per_day
    most = min(course.plan.most_per_day if course.plan else limit, limit)
    return [plan_at(each, daily_cap=most, term_cap=limit) for each in RETENTIONS]


def _do_without(learner: Account) -> ExamPlan:
    limit = learner.reviews_per_day
    return ExamPlan(retention=learner.retention, polish_days=0, term_cap=limit)


def _foresee(way: _Way, plan: ExamPlan) -> Outlook:
    # Here alone, since it brings NumPy.
    from quizapp.memory.exam_forecast import expect  # noqa: PLC0415 - see above

    expected = expect(
        way.memories,
        new_facts=way.new,
        new_per_day=way.new_per_day,
        today=way.today,
        exam_day=way.exam_day,
        plan=plan,
        parameters=choose_parameters(way.fit, plan.retention),
    )
    days, reviews = way.exam_day - way.today, sum(expected.reviews)
    return Outlook(
        plan=plan,
        recall=expected.recall,
        reviews=reviews,
        per_day=reviews / days,
        most=max(expected.reviews),
        minutes=(reviews + sum(expected.introduced)) / days * way.seconds / 60,
    )
