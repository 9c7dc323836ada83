"""What lies before those who set assignments: the list, one assignment, what it can be made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.services.assigning.access import get_assignment
from quizapp.services.assigning.creating import get_plan
from quizapp.services.assigning.listing import (
    AssignmentLine,
    CourseState,
    find_course_state,
    list_lines,
)
from quizapp.services.assigning.planning import Plan
from quizapp.services.courses.access import get_led, get_taught, refuse_archived
from quizapp.services.quizzing.choosing import list_askable
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import (
    Assignment,
    VersionQuestion,
    has_attempts,
    list_version_questions,
)
from quizapp.storage.attempts import count_sitters
from quizapp.storage.corrections import MadeCorrection, list_corrections
from quizapp.storage.course_parts import (
    OfferedVersion,
    Section,
    find_course_with_sections,
    list_parts,
)
from quizapp.storage.courses import CourseDetails
from quizapp.storage.ids import AssignmentId, CourseId, QuestionId, VersionId
from quizapp.storage.overrides import SetOverride, list_overrides
from quizapp.storage.rosters import RosterLine, list_learners


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable:
    """A question that an assignment may ask; its section and its kind are its tags."""

    id: QuestionId
    kind: str
    section: str
    stem: str
    difficulty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDesk:
    """What a new assignment can be made of; without a `version_id` one is to be chosen first.

    `flashcards` counts the questions that cannot be marked.
    """

    course: CourseDetails
    versions: tuple[OfferedVersion, ...]
    version_id: VersionId | None
    questions: tuple[Askable, ...]
    flashcards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDesk:
    """An assignment that is to be changed; once it is `begun`, its questions stay as they are."""

    course: CourseDetails
    assignment: Assignment
    plan: Plan
    begun: bool
    questions: tuple[Askable, ...]
    flashcards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentDesk:
    """An assignment as its staff look at it, with how many learners began and submitted it."""

    course: CourseDetails
    assignment: Assignment
    plan: Plan
    state: CourseState
    begun: int
    submitted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideDesk:
    """The overrides of an assignment, and for whom there may be one."""

    course: CourseDetails
    assignment: Assignment
    overrides: tuple[SetOverride, ...]
    learners: tuple[RosterLine, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDesk:
    """The questions that an assignment may ask, with the newest correction of each that has one.

    Picked ones are in their order; once the assignment is `begun`, order and points stay.
    """

    course: CourseDetails
    assignment: Assignment
    plan: Plan
    begun: bool
    questions: tuple[Askable, ...]
    corrections: dict[QuestionId, MadeCorrection]


def look_at_list(
    session: Session, person: Account, course_id: CourseId, now: datetime
) -> tuple[CourseDetails, tuple[AssignmentLine, ...]]:
    """Return a course with its assignments: three statements.

    Raises:
        NotFoundError: no such course for this person.
    """
    return get_taught(session, person, course_id), list_lines(session, course_id, now)


def open_new(
    session: Session, instructor: Account, course_id: CourseId, version_id: VersionId | None
) -> NewDesk:
    """Return what a new assignment can be made of; a course with one set has no choice of it.

    Three statements.

    Raises:
        NotFoundError: no such course for this person, or it does not teach such a version.
        ForbiddenError: they assist in it.
        ConflictError: it is archived.
    """
    course = refuse_archived(get_led(session, instructor, course_id))
    versions = tuple(
        each for each in list_parts(session, instructor.id, course_id)[1] if each.taught
    )
    if version_id is None and len(versions) == 1:
        version_id = versions[0].id
    if version_id is not None and version_id not in {each.id for each in versions}:
        raise NotFoundError("The course does not teach such a set.")
    every = () if version_id is None else list_version_questions(session, version_id)
    questions = _read_askable(list_askable(every))
    return NewDesk(
        course=course,
        versions=versions,
        version_id=version_id,
        questions=questions,
        flashcards=len(every) - len(questions),
    )


def open_edit(session: Session, instructor: Account, assignment_id: AssignmentId) -> EditDesk:
    """Return an assignment to be changed: five statements.

    Raises:
        NotFoundError: no such assignment for this person.
        ForbiddenError: they assist in its course.
        ConflictError: it is archived.
    """
    assignment = get_assignment(session, instructor, assignment_id)
    every = list_version_questions(session, assignment.version_id)
    questions = _read_askable(list_askable(every))
    return EditDesk(
        course=refuse_archived(get_led(session, instructor, assignment.course_id)),
        assignment=assignment,
        plan=get_plan(session, assignment),
        begun=has_attempts(session, assignment_id),
        questions=questions,
        flashcards=len(every) - len(questions),
    )


def look_at_assignment(
    session: Session, person: Account, assignment_id: AssignmentId, now: datetime
) -> AssignmentDesk:
    """Return an assignment for its staff: four statements.

    Raises:
        NotFoundError: no such assignment for this person.
    """
    assignment = get_assignment(session, person, assignment_id)
    begun, submitted = count_sitters(session, [assignment_id]).get(assignment_id, (0, 0))
    return AssignmentDesk(
        course=get_taught(session, person, assignment.course_id),
        assignment=assignment,
        plan=get_plan(session, assignment),
        state=find_course_state(assignment, now),
        begun=begun,
        submitted=submitted,
    )


def look_at_override_desk(
    session: Session, person: Account, assignment_id: AssignmentId
) -> OverrideDesk:
    """Return the overrides of an assignment, and for whom there may be one: four statements.

    Raises:
        NotFoundError: no such assignment for this person.
    """
    assignment = get_assignment(session, person, assignment_id)
    found = find_course_with_sections(session, person.id, assignment.course_id)
    assert found is not None
    learners, _ = list_learners(session, assignment.course_id, search="", offset=0, most=None)
    return OverrideDesk(
        course=found[0],
        assignment=assignment,
        overrides=list_overrides(session, assignment_id),
        learners=learners,
        sections=found[1],
    )


def look_at_questions(
    session: Session, person: Account, assignment_id: AssignmentId
) -> QuestionDesk:
    """Return the questions that an assignment may ask: six statements.

    Raises:
        NotFoundError: no such assignment for this person.
    """
    assignment = get_assignment(session, person, assignment_id)
    every = list_version_questions(session, assignment.version_id)
    questions = _read_askable(list_askable(every))
    plan = get_plan(session, assignment)
    if assignment.picking == "list":
        picked = [pick.question_id for pick in plan.content.picks]
        by_id = {each.id: each for each in questions}
        questions = tuple(by_id[question_id] for question_id in picked)
    made = list_corrections(session, assignment.course_id)
    return QuestionDesk(
        course=get_taught(session, person, assignment.course_id),
        assignment=assignment,
        plan=plan,
        begun=has_attempts(session, assignment_id),
        questions=questions,
        corrections={each.question_id: each for each in made},
    )


def _read_askable(questions: Sequence[VersionQuestion]) -> tuple[Askable, ...]:
    read = [(each.id, question_from_dict(each.body)) for each in questions]
    return tuple(
        Askable(
            id=id_,
            kind=question.kind,
            section=question.source.section,
            stem=question.stem,
            difficulty=question.difficulty,
        )
        for id_, question in read
    )
