"""New facts: which the learner meets next, and how far they have come in each version.

Without the mark of how far, finding the next new fact would pass over all that are in memory. The
mark is a lower bound: too low a one costs time, too high a one would hide a fact for ever. On
SQLite one transaction writes at a time, so that each sees what it builds on. On PostgreSQL an
answer may count on a memory that an undo deletes at the same time. Both write the row of the mark:

- The answer first: the undo waits for it, then moves the mark as it stands, not as it was read.
- The undo first: the answer waits for it. What it found is older than the undo, and since `undone`
  is no longer what it read, the mark stays.

Where the row is missing both insert it, and the unique key makes the later one wait likewise.
"""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.dml import Insert

from quizapp.storage.base import Base
from quizapp.storage.ids import AccountId, FactId, VersionId
from quizapp.storage.scopes import (
    Bounds,
    introduced_versions,
    is_not_set_aside,
    is_not_suspended,
    is_within,
    taught_versions,
)
from quizapp.storage.tables import (
    CourseSetRow,
    FactChoiceRow,
    IntroductionRow,
    MemoryRow,
    VersionFactRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A fact that is not in memory and yet before the mark, so that it would never be asked."""

    learner_id: AccountId
    version_id: VersionId
    fact_id: FactId


_learner: ColumnElement[int] = bindparam("learner_id", type_=Integer)
_fact: ColumnElement[int] = bindparam("fact_id", type_=Integer)
# After every position: the greatest number that the column holds.
_END = literal_column(str(2**31 - 1), Integer)
_MARK = Base.metadata.tables[IntroductionRow.__tablename__]
_COLUMNS = [column.name for column in _MARK.c]
_start = func.coalesce(IntroductionRow.position, 0)
_undone = func.coalesce(IntroductionRow.undone, 0)
# What an insert would have written that met a row.
_ours = _MARK.alias("excluded").c
_Newer = aliased(VersionFactRow, name="newer")
_Next = aliased(VersionFactRow, name="next_fact")
_Held = aliased(VersionFactRow, name="held")


def _mark_in(versions: type[CourseSetRow | VersionFactRow]) -> ColumnElement[bool]:
    """The learner's mark in a version, to be joined."""
    return and_(
        IntroductionRow.learner_id == _learner, IntroductionRow.version_id == versions.version_id
    )


def _unseen(facts: type[VersionFactRow]) -> ColumnElement[bool]:
    return ~exists(
        select(1).where(MemoryRow.learner_id == _learner, MemoryRow.fact_id == facts.fact_id)
    )


def _is_next(facts: type[VersionFactRow], bounds: Bounds | None) -> ColumnElement[bool]:
    """Whether a version's fact is one to meet.

    A fact of two courses or versions is one new fact: the newest version states it.
    """
    newer = exists(
        select(1).where(
            _Newer.fact_id == facts.fact_id,
            _Newer.version_id > facts.version_id,
            _Newer.version_id.in_(introduced_versions(bounds)),
        )
    )
    available = is_not_set_aside(facts.fact_id)
    return and_(_unseen(facts), ~newer, available, is_within(facts, bounds))


def new_facts(most: ScalarSelect[int], bounds: Bounds | None = None) -> Select[*tuple[object, ...]]:
    """Build the statement that names the facts to meet next, at most so many, in teaching order.

    From each version only the stretch that can hold so many is looked at: from the mark to the new
    fact after them.
    """
    last = (
        select(_Next.position)
        .where(
            _Next.version_id == CourseSetRow.version_id,
            _Next.position >= _start,
            _is_next(_Next, bounds),
        )
        .order_by(_Next.position)
        .limit(literal_column("1", Integer))
        .offset(most)
        .correlate(CourseSetRow, IntroductionRow)
        .scalar_subquery()
    )
    stretch = (
        introduced_versions(bounds)
        .outerjoin(IntroductionRow, _mark_in(CourseSetRow))
        .add_columns(_start.label("first"), func.coalesce(last, _END).label("last"))
        .distinct()
        .subquery("stretch")
    )
    return (
        select(VersionFactRow.fact_id)
        .join(stretch, stretch.c.version_id == VersionFactRow.version_id)
        .where(
            VersionFactRow.position.between(stretch.c.first, stretch.c.last),
            _is_next(VersionFactRow, bounds),
        )
        .order_by(VersionFactRow.position, VersionFactRow.fact_id)
        .limit(most)
    )


def _held(*values: ColumnElement[int]) -> Select[*tuple[object, ...]]:
    """Select a mark with these values for each version that states the fact.

    In the order of versions, so that nobody waits for somebody who waits for them.
    """
    return (
        select(_learner, _Held.version_id, *values)
        .select_from(_Held)
        .outerjoin(IntroductionRow, _mark_in(_Held))
        .where(_Held.fact_id == _fact)
        .order_by(_Held.version_id)
    )


def _upserts(
    source: Select[*tuple[object, ...]],
    change: dict[str, ColumnElement[int]],
    where: ColumnElement[bool] | None = None,
) -> dict[str, Insert]:
    """Insert the marks of `source`, and change those that are there."""
    key = [_MARK.c.learner_id, _MARK.c.version_id]
    on_sqlite = sqlite.insert(_MARK).from_select(_COLUMNS, source)
    on_postgres = postgresql.insert(_MARK).from_select(_COLUMNS, source)
    return {
        "sqlite": on_sqlite.on_conflict_do_update(index_elements=key, set_=change, where=where),
        "postgresql": on_postgres.on_conflict_do_update(
            index_elements=key, set_=change, where=where
        ),
    }


def _move_on() -> dict[str, Insert]:
    """Move the marks of taught versions to their next new fact, or after the last fact.

    They pass over suspended facts, which may stay so for ever: to take one back moves them back.
    """
    of_version = select(_Next.position).where(_Next.version_id == _Held.version_id)
    unseen = of_version.where(
        _Next.position >= _start, _unseen(_Next), is_not_suspended(_Next.fact_id)
    )
    found = unseen.order_by(_Next.position).limit(literal_column("1", Integer))
    end = select(func.max(_Next.position) + 1).where(_Next.version_id == _Held.version_id)
    position = func.coalesce(
        found.correlate(_Held, IntroductionRow).scalar_subquery(),
        end.correlate(_Held).scalar_subquery(),
    )
    unchanged = and_(_MARK.c.undone == _ours.undone, _MARK.c.position < _ours.position)
    source = _held(position, _undone).where(_Held.version_id.in_(taught_versions()))
    return _upserts(source, {"position": _ours.position}, unchanged)


def _move_back() -> dict[str, Insert]:
    """Move the marks of all versions that state the fact to it, unless they are before it."""
    position = case((_start < _Held.position, _start), else_=_Held.position)
    lower = case((_MARK.c.position < _ours.position, _MARK.c.position), else_=_ours.position)
    change = {"position": lower, "undone": _MARK.c.undone + 1}
    return _upserts(_held(position, _undone + 1), change)


_MOVE_ON = _move_on()
_MOVE_BACK = _move_back()
_PASSED_OVER = (
    select(IntroductionRow.learner_id, VersionFactRow.version_id, VersionFactRow.fact_id)
    .join(
        VersionFactRow,
        and_(
            VersionFactRow.version_id == IntroductionRow.version_id,
            VersionFactRow.position < IntroductionRow.position,
        ),
    )
    .outerjoin(
        MemoryRow,
        and_(
            MemoryRow.learner_id == IntroductionRow.learner_id,
            MemoryRow.fact_id == VersionFactRow.fact_id,
        ),
    )
    .outerjoin(
        FactChoiceRow,
        and_(
            FactChoiceRow.learner_id == IntroductionRow.learner_id,
            FactChoiceRow.fact_id == VersionFactRow.fact_id,
        ),
    )
    .where(MemoryRow.fact_id.is_(None), FactChoiceRow.suspended_at.is_(None))
    .order_by(IntroductionRow.learner_id, VersionFactRow.version_id, VersionFactRow.position)
)


def move_on(session: Session, learner_id: AccountId, fact_id: FactId) -> None:
    """Move the marks over a fact that came into memory, and over what follows it there."""
    _run(session, _MOVE_ON, learner_id, fact_id)


def move_back(session: Session, learner_id: AccountId, fact_id: FactId) -> None:
    """Move the marks back to a fact that becomes new again in the same transaction."""
    _run(session, _MOVE_BACK, learner_id, fact_id)


def list_passed_over(session: Session) -> tuple[PassedOver, ...]:
    """Return the facts that no learner's marks should have passed; none unless one is wrong.

    Those that the learner suspended may be passed.
    """
    return tuple(PassedOver(**row) for row in session.execute(_PASSED_OVER).mappings())


def _run(
    session: Session, statements: dict[str, Insert], learner_id: AccountId, fact_id: FactId
) -> None:
    connection = session.connection()
    parameters = {"learner_id": learner_id, "fact_id": fact_id}
    connection.execute(statements[connection.dialect.name], parameters)
