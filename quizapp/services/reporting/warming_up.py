"""A warm-up of five minutes from the facts that a class forgets next, made by one click."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.attempts.rules import AssignmentRules, ends_at
from quizapp.attempts.switches import DEFAULT_FEEDBACK, SWITCHES, FeedbackTable
from quizapp.errors import InvalidError
from quizapp.services.assigning.creating import create, publish
from quizapp.services.assigning.planning import Plan
from quizapp.services.courses.access import lock_changeable
from quizapp.services.quizzing.choosing import list_askable
from quizapp.services.reporting.memories import LoadedClass, load_class
from quizapp.services.reporting.memories_facts import FactLine, describe_facts, rank_forgotten
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import (
    Assignment,
    Content,
    Pick,
    list_assignments,
    list_picks,
    list_version_questions,
)
from quizapp.storage.corrections import list_dropped
from quizapp.storage.ids import AssignmentId, CourseId, FactId, QuestionId, VersionId
from quizapp.storage.recalling import list_asked_facts

# About five minutes.
MOST = 8
# As soon as the work is handed in, all is told.
_TOLD = FeedbackTable(right_after=frozenset(SWITCHES), while_open=frozenset(SWITCHES))


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """A warm-up; it is not `new` if the course had one of that day already."""

    assignment_id: AssignmentId
    questions: int
    due_at: datetime | None
    new: bool


def warm_up(session: Session, person: Account, course_id: CourseId, now: datetime) -> WarmUp:
    """Make and publish a warm-up: open at once, due at the end of the next day.

    It asks one question about each of the `MOST` facts that the class forgets next, none that
    another assignment of the course picked and may still ask. A course has one warm-up a day: once
    more is the same one.

    Raises:
        NotFoundError: no such course that this person teaches.
        ForbiddenError: they assist in it.
        ConflictError: the course is archived.
        InvalidError: the class forgets nothing soon, or no question is free to ask about it.
    """
    lock_changeable(session, person, course_id)
    loaded = load_class(session, person, course_id, now)
    title = f"Warm-up, {loaded.today.day} {loaded.today:%B %Y}"
    others = list_assignments(session, course_id)
    made = next((each for each in others if each.title == title), None)
    if made is not None:
        return _describe(session, made)
    running = [each for each in others if _may_ask(each, now)]
    plan = _plan(session, loaded, title, running, now)
    assignment_id = create(session, person, course_id, plan, now)
    publish(session, person, assignment_id)
    return WarmUp(
        assignment_id=assignment_id,
        questions=len(plan.content.picks),
        due_at=plan.rules.due_at,
        new=True,
    )


def _describe(session: Session, made: Assignment) -> WarmUp:
    return WarmUp(
        assignment_id=made.id,
        questions=len(list_picks(session, made.id)),
        due_at=made.rules.due_at,
        new=False,
    )


def _may_ask(assignment: Assignment, now: datetime) -> bool:
    end = ends_at(assignment.rules)
    return end is None or end > now


def _plan(
    session: Session,
    loaded: LoadedClass,
    title: str,
    running: Sequence[Assignment],
    now: datetime,
) -> Plan:
    facts = rank_forgotten(describe_facts(loaded))
    if not facts:
        raise InvalidError("Nothing is about to be forgotten, so there is nothing to warm up.")
    # An assignment is of one version: that of what is forgotten first.
    version_id = facts[0].version_id
    facts = [fact for fact in facts if fact.version_id == version_id]
    kept = {pick.question_id for each in running for pick in list_picks(session, each.id)}
    kept |= list_dropped(session, loaded.course.id)
    picks = _pick(session, version_id, facts, kept, f"warm-up:{loaded.course.id}:{loaded.today}")
    if not picks:
        raise InvalidError("Every question about these facts is in an assignment that is not over.")
    # Where an assignment may ask anything of the version, keys are not told before the end.
    secret = any(each.version_id == version_id and each.picking != "list" for each in running)
    return Plan(
        title=title,
        content=Content(version_id=version_id, picking="list", picks=picks),
        rules=_rule(loaded, now, DEFAULT_FEEDBACK if secret else _TOLD),
    )


def _pick(
    session: Session,
    version_id: VersionId,
    facts: Sequence[FactLine],
    kept: Collection[QuestionId],
    seed: str,
) -> tuple[Pick, ...]:
    """Pick a question for each fact, the first facts first, each question once."""
    askable = list_askable(list_version_questions(session, version_id))
    free = [each.id for each in askable if each.id not in kept]
    variants: dict[FactId, list[QuestionId]] = {}
    for each in list_asked_facts(session, free):
        variants.setdefault(each.fact_id, []).append(each.question_id)
    rng = Random(seed)  # noqa: S311 - which variant is asked is no secret
    picked: list[QuestionId] = []
    for fact in facts:
        choices = sorted(set(variants.get(fact.id, ())) - set(picked))
        if choices and len(picked) < MOST:
            picked.append(rng.choice(choices))
    return tuple(Pick(question_id=each) for each in picked)


def _rule(loaded: LoadedClass, now: datetime, feedback: FeedbackTable) -> AssignmentRules:
    tomorrow = loaded.today + timedelta(days=1)
    zone = ZoneInfo(loaded.course.timezone)
    ends = datetime.combine(tomorrow, time(23, 59), tzinfo=zone)
    return AssignmentRules(
        opens_at=now,
        due_at=ends,
        closes_at=ends,
        practice=False,
        attempts_allowed=1,
        shuffle_questions=True,
        feedback=feedback,
    )
