"""What there are reports on: the published assignments of all courses of a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, case, distinct, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.storage.assignments import SET_BY_COURSE
from quizapp.storage.ids import AccountId, AssignmentId, CourseId
from quizapp.storage.roles import LEARNER, STAFF
from quizapp.storage.tables import AssignmentRow, AttemptRow, EnrolmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Reportable:
    """A published assignment; `finished` counts enrolled learners who submitted an attempt."""

    course_id: CourseId
    id: AssignmentId
    title: str
    due_at: datetime | None
    finished: int


_person = bindparam("person_id", type_=Integer)
_Learner = aliased(EnrolmentRow, name="learner")
_finished = case((AttemptRow.submitted_at.is_not(None), _Learner.account_id))
_REPORTABLE = (
    select(
        AssignmentRow.course_id,
        AssignmentRow.id,
        AssignmentRow.title,
        AssignmentRow.due_at,
        func.count(distinct(_finished)).label("finished"),
    )
    .join(EnrolmentRow, EnrolmentRow.course_id == AssignmentRow.course_id)
    .outerjoin(AttemptRow, AttemptRow.assignment_id == AssignmentRow.id)
    .outerjoin(
        _Learner,
        (_Learner.course_id == AssignmentRow.course_id)
        & (_Learner.account_id == AttemptRow.learner_id)
        & (_Learner.role == LEARNER),
    )
    .where(
        EnrolmentRow.account_id == _person,
        EnrolmentRow.role.in_(STAFF),
        SET_BY_COURSE,
        AssignmentRow.status == "published",
    )
    .group_by(AssignmentRow.course_id, AssignmentRow.id, AssignmentRow.title, AssignmentRow.due_at)
    .order_by(AssignmentRow.due_at.is_(None), AssignmentRow.due_at.desc(), AssignmentRow.id.desc())
)


def list_reportable(session: Session, person_id: AccountId) -> tuple[Reportable, ...]:
    """Return what a person can see reports on, the newest due date first: one statement."""
    rows = session.connection().execute(_REPORTABLE, {"person_id": person_id}).mappings()
    return tuple(Reportable(**row) for row in rows)
