"""All that a gradebook is made of: one statement for each kind of thing, however many there are."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Integer, RowMapping, and_, bindparam, select, true, union
from sqlalchemy.orm import Session, aliased

from quizapp.storage.assignments import (
    ASSIGNMENT_COLUMNS,
    SET_BY_COURSE,
    Assignment,
    read_assignment,
)
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, CourseId, SectionId
from quizapp.storage.overrides import OVERRIDE_COLUMNS, SetOverride, read_set_override
from quizapp.storage.roles import LEARNER, STAFF
from quizapp.storage.tables import (
    AccountRow,
    AssignmentOverrideRow,
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    CourseRow,
    EnrolmentRow,
    GradeOverrideRow,
    QuestionRow,
    SectionMemberRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLearner:
    """A learner of a course, or who was one, with the sections they are in."""

    id: AccountId
    name: str
    email: str
    enrolled: bool
    sections: frozenset[SectionId]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedCourse:
    """A course with its learners by name, and who left it with an attempt or a given grade."""

    id: CourseId
    title: str
    timezone: str
    learners: tuple[RosterLearner, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClaim:
    """A learner's claim to have been right that nobody has decided on yet."""

    attempt_id: AttemptId
    position: int
    assignment_id: AssignmentId
    assignment_title: str
    learner_id: AccountId
    learner_name: str
    body: JsonObject
    response: str
    claim: str


_Me = aliased(EnrolmentRow, name="me")
_Learner = aliased(EnrolmentRow, name="learner")


_person = bindparam("person_id", type_=Integer)
_course = bindparam("course_id", type_=Integer)
_graded_learners = union(
    select(EnrolmentRow.account_id).where(
        EnrolmentRow.course_id == _course, EnrolmentRow.role == LEARNER
    ),
    *(
        select(graded)
        .join(AssignmentRow, AssignmentRow.id == of_assignment)
        .where(
            AssignmentRow.course_id == _course,
            SET_BY_COURSE,
            AssignmentRow.status == "published",
        )
        for graded, of_assignment in (
            (AttemptRow.learner_id, AttemptRow.assignment_id),
            (GradeOverrideRow.learner_id, GradeOverrideRow.assignment_id),
        )
    ),
).subquery("graded_learners")
_GRADED = (
    select(
        CourseRow.title,
        CourseRow.timezone,
        AccountRow.id,
        AccountRow.name,
        AccountRow.email,
        _Learner.account_id.is_not(None).label("enrolled"),
        SectionMemberRow.section_id,
    )
    .join(_Me, _Me.course_id == CourseRow.id)
    .outerjoin(_graded_learners, true())
    .outerjoin(AccountRow, AccountRow.id == _graded_learners.c.account_id)
    .outerjoin(
        _Learner,
        and_(
            _Learner.course_id == CourseRow.id,
            _Learner.account_id == AccountRow.id,
            _Learner.role == LEARNER,
        ),
    )
    .outerjoin(
        SectionMemberRow,
        and_(
            SectionMemberRow.course_id == CourseRow.id,
            SectionMemberRow.account_id == AccountRow.id,
        ),
    )
    .where(CourseRow.id == _course, _Me.account_id == _person, _Me.role.in_(STAFF))
    .order_by(AccountRow.name, AccountRow.id)
)


def find_graded_course(
    session: Session, person_id: AccountId, course_id: CourseId
) -> GradedCourse | None:
    """Return a course with all who are graded, if this person teaches it or assists in it."""
    parameters = {"person_id": person_id, "course_id": course_id}
    rows = session.connection().execute(_GRADED, parameters).all()
    if not rows:
        return None
    sections: dict[AccountId, set[SectionId]] = {}
    for row in rows:
        if row.section_id is not None:
            sections.setdefault(row.id, set()).add(row.section_id)
    people = {row.id: row for row in rows if row.id is not None}
    return GradedCourse(
        id=course_id,
        title=rows[0].title,
        timezone=rows[0].timezone,
        learners=tuple(
            RosterLearner(
                id=id_,
                name=row.name,
                email=row.email,
                enrolled=bool(row.enrolled),
                sections=frozenset(sections.get(id_, ())),
            )
            for id_, row in people.items()
        ),
    )


def list_with_overrides(
    session: Session, course_id: CourseId
) -> tuple[tuple[Assignment, tuple[SetOverride, ...]], ...]:
    """Return the published assignments of a course by due date, each with all its overrides."""
    rows = session.execute(
        select(*ASSIGNMENT_COLUMNS, *OVERRIDE_COLUMNS)
        .select_from(AssignmentRow)
        .join(CourseRow, CourseRow.id == AssignmentRow.course_id)
        .outerjoin(AssignmentOverrideRow, AssignmentOverrideRow.assignment_id == AssignmentRow.id)
        .where(
            AssignmentRow.course_id == course_id,
            SET_BY_COURSE,
            AssignmentRow.status == "published",
        )
        .order_by(AssignmentRow.due_at.is_(None), AssignmentRow.due_at, AssignmentRow.id)
    )
    found: dict[AssignmentId, list[RowMapping]] = {}
    for row in rows.mappings():
        found.setdefault(row["assignment_id"], []).append(row)
    return tuple(
        (
            read_assignment(of_one[0]),
            tuple(read_set_override(row) for row in of_one if row["override_id"] is not None),
        )
        for of_one in found.values()
    )


def list_open_claims(session: Session, course_ids: Collection[CourseId]) -> tuple[OpenClaim, ...]:
    """Return the claims in some courses that nobody has decided on yet, the oldest first."""
    rows = session.execute(
        select(
            AttemptRow.id.label("attempt_id"),
            AttemptQuestionRow.position,
            AssignmentRow.id.label("assignment_id"),
            AssignmentRow.title.label("assignment_title"),
            AttemptRow.learner_id,
            AccountRow.name.label("learner_name"),
            QuestionRow.body,
            AttemptQuestionRow.response,
            AttemptQuestionRow.claim,
        )
        .select_from(AttemptQuestionRow)
        .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
        .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
        .join(AccountRow, AccountRow.id == AttemptRow.learner_id)
        .join(QuestionRow, QuestionRow.id == AttemptQuestionRow.question_id)
        .where(
            AssignmentRow.course_id.in_(course_ids),
            SET_BY_COURSE,
            AttemptQuestionRow.claimed_at.is_not(None),
            AttemptQuestionRow.decided_at.is_(None),
        )
        .order_by(AttemptQuestionRow.claimed_at, AttemptRow.id, AttemptQuestionRow.position)
    )
    return tuple(OpenClaim(**row) for row in rows.mappings())
