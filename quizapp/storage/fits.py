"""Weights that were fitted: those in use for a learner and fact, and those that a log names."""

from collections.abc import Iterable
from typing import TypeAlias

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    and_,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Session

from quizapp.memory import FittedWeights, find_fit
from quizapp.storage.base import Base
from quizapp.storage.ids import CourseId, FactId
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import CourseSetRow, EnrolmentRow, ParameterFitRow, VersionFactRow

FitNumber: TypeAlias = ColumnElement[int | None]
FactColumn: TypeAlias = ColumnElement[int] | ColumnElement[FactId]
_FIT = Base.metadata.tables[ParameterFitRow.__tablename__]
# The fit that is joined to a statement by `fit_in_use`, and what is read of it.
USED_FIT = _FIT.alias("used_fit")
FIT_COLUMNS = (USED_FIT.c.id.label("fit_number"), USED_FIT.c.weights.label("fit_weights"))
_WEIGHTS = select(_FIT.c.id, _FIT.c.weights).where(
    _FIT.c.id.in_(bindparam("numbers", expanding=True)), _FIT.c.weights.is_not(None)
)
_ALL_USED = select(_FIT.c.id, _FIT.c.weights).where(_FIT.c.used_from.is_not(None))
_LEARNER = bindparam("learner_id", type_=Integer)
_IN_USE = and_(_FIT.c.used_from.is_not(None), _FIT.c.withdrawn_at.is_(None))


def is_fit_of(fact_id: FactColumn) -> ColumnElement[bool]:
    """Return the condition that joins `USED_FIT`: the fit in use for the learner and a fact."""
    return USED_FIT.c.id == number_of_fit(fact_id)


def is_own_fit(learner_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that joins `USED_FIT`: the own fit in use of a learner."""
    return USED_FIT.c.id == _number_of_own(learner_id)


def is_fit_for_course(course_id: ColumnElement[CourseId]) -> ColumnElement[bool]:
    """Return the condition that joins `USED_FIT`: the learner's own fit in use, else a course's."""
    by_course = select(func.max(_FIT.c.id)).where(_FIT.c.course_id == course_id, _IN_USE)
    newest = by_course.correlate_except(_FIT).scalar_subquery()
    return USED_FIT.c.id == func.coalesce(_number_of_own(_LEARNER), newest)


def number_of_fit(fact_id: FactColumn) -> FitNumber:
    """Return the number of the fit in use for the learner `learner_id` and a fact, or null.

    It is the learner's own; without one that of a course which teaches them the fact, of several
    the newest. On the tables themselves, since it runs at every answer.
    """
    return func.coalesce(_number_of_own(_LEARNER), _number_by_course(fact_id))


def _number_of_own(learner_id: ColumnElement[int]) -> FitNumber:
    own = select(func.max(_FIT.c.id)).where(_FIT.c.learner_id == learner_id, _IN_USE)
    return own.correlate_except(_FIT).scalar_subquery()


def _number_by_course(fact_id: FactColumn) -> FitNumber:
    enrolment, course_set, taught = (
        Base.metadata.tables[row.__tablename__]
        for row in (EnrolmentRow, CourseSetRow, VersionFactRow)
    )
    mine = and_(
        enrolment.c.course_id == _FIT.c.course_id,
        enrolment.c.account_id == _LEARNER,
        enrolment.c.role == LEARNER,
    )
    return (
        select(func.max(_FIT.c.id))
        .join_from(_FIT, enrolment, mine)
        .join(course_set, course_set.c.course_id == _FIT.c.course_id)
        .join(taught, taught.c.version_id == course_set.c.version_id)
        .where(_IN_USE, taught.c.fact_id == fact_id)
        .correlate_except(_FIT, enrolment, course_set, taught)
        .scalar_subquery()
    )


def read_fit(row: Row[*tuple[object, ...]]) -> FittedWeights | None:
    """Read `FIT_COLUMNS`, null where no fit is in use."""
    if row.fit_number is None:
        return None
    return FittedWeights(number=row.fit_number, weights=tuple(row.fit_weights))


def list_fits(session: Session, versions: Iterable[str]) -> tuple[FittedWeights, ...]:
    """Return the fits that the versions of a log name: one statement, and none if there is none."""
    found = {number for version in versions if (number := find_fit(version)) is not None}
    return list_weights(session, found)


def list_weights(session: Session, numbers: Iterable[int]) -> tuple[FittedWeights, ...]:
    """Return the weights of the fits of these numbers: one statement, and none without numbers."""
    wanted = sorted(numbers)
    if not wanted:
        return ()
    rows = session.connection().execute(_WEIGHTS, {"numbers": wanted})
    return tuple(FittedWeights(number=row.id, weights=tuple(row.weights)) for row in rows)


def list_used_fits(session: Session) -> tuple[FittedWeights, ...]:
    """Return all fits that are or were in use, which entries of the log may name."""
    rows = session.connection().execute(_ALL_USED)
    return tuple(FittedWeights(number=row.id, weights=tuple(row.weights)) for row in rows)
