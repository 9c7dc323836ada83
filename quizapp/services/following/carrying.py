"""Carrying a version through: a course teaches it, and what was asked is marked by it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.services.courses.access import get_taught, lock_changeable
from quizapp.services.following.planning import Step, plan_steps
from quizapp.services.grading.correcting import correct_question
from quizapp.storage.accounts import Account
from quizapp.storage.comparing import load_bodies
from quizapp.storage.courses import CourseDetails, teach
from quizapp.storage.following import (
    Newer,
    Told,
    list_asked,
    list_digests,
    list_newer,
    list_open_problems,
    mend_problems,
)
from quizapp.storage.ids import CourseId, VersionId
from quizapp.storage.teachers import stop_teaching


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What carrying a version through would do, in a course.

    `problems` are those that would be put right: of questions that change, or whose fact does.
    """

    course: CourseDetails
    newer: Newer
    steps: tuple[Step, ...]
    problems: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was done: how many questions have another key, count no more; problems put right."""

    corrected: int
    dropped: int
    problems: int


def look_at_newer(
    session: Session, person: Account, course_id: CourseId
) -> tuple[CourseDetails, tuple[Newer, ...]]:
    """Return the versions that a course teaches of which there is a newer one: two statements.

    Raises:
        NotFoundError: no such course for this person.
    """
    return get_taught(session, person, course_id), list_newer(session, course_id)


def plan_carrying(
    session: Session, person: Account, course_id: CourseId, former: VersionId
) -> Plan:
    """Return what carrying the newest version of a set through would do: seven statements.

    Raises:
        NotFoundError: no such course for this person, or it teaches no such version with a newer
            one.
    """
    course, found = look_at_newer(session, person, course_id)
    newer = next((one for one in found if one.former_id == former), None)
    if newer is None:
        raise NotFoundError("This course teaches no such version of which there is a newer one.")
    return _plan(session, course, newer)


def carry_through(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    former: VersionId,
    *,
    latter: VersionId,
    word: str,
    now: datetime,
) -> Carried:
    """Let a course teach the newest version of a set in place of a former one.

    Questions that were asked already get the key of the new version, or count no more where it
    cannot be given; every attempt is marked anew once, and its learner told. Problems that were
    told of them are upheld with `word`. Memories stay, since they hang on the facts.

    Raises:
        NotFoundError: no such course for this person, or no such version in it.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived, or there is another newest version by now.
        InvalidError: `word` is empty.
    """
    lock_changeable(session, instructor, course_id)
    if not word.strip():
        raise InvalidError("Say what was put right: the students concerned will read it.")
    plan = plan_carrying(session, instructor, course_id, former)
    if plan.newer.latter_id != latter:
        raise ConflictError("There is another newest version by now; look at it again.")
    for step in plan.steps:
        correct_question(session, instructor, course_id, step.question_id, step.change, word, now)
    problems = [told.id for told in plan.problems]
    mend_problems(session, problems, latter, word=word.strip(), by=instructor.id, now=now)
    teach(session, course_id=course_id, version_id=latter)
    stop_teaching(session, course_id, former)
    dropped = sum(step.change is None for step in plan.steps)
    return Carried(
        corrected=len(plan.steps) - dropped, dropped=dropped, problems=len(plan.problems)
    )


def _plan(session: Session, course: CourseDetails, newer: Newer) -> Plan:
    before, after = (
        list_digests(session, version) for version in (newer.former_id, newer.latter_id)
    )
    changed = frozenset(
        key for key, digest in before.items() if digest and after.get(key, digest) != digest
    )
    asked = {
        key: question_from_dict(body)
        for key, body in list_asked(session, course.id, newer.former_id).items()
    }
    latter = [question_from_dict(body) for body in load_bodies(session, newer.latter_id)]
    told = list_open_problems(session, course.id, newer.former_id)
    still = {(question.id, question.answer) for question in latter}
    disputed = frozenset(
        one.question_id
        for one in told
        if one.question_id in asked
        and (asked[one.question_id].id, asked[one.question_id].answer) not in still
    )
    steps = plan_steps(asked, latter, changed, disputed)
    mended = disputed | {step.question_id for step in steps}
    return Plan(
        course=course,
        newer=newer,
        steps=steps,
        problems=tuple(one for one in told if one.question_id in mended),
    )
