"""Sets through all their versions: who may see and change them, and who changed what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Integer,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, SetId
from quizapp.storage.roles import STAFF
from quizapp.storage.tables import (
    CourseSetRow,
    EnrolmentRow,
    SetChangeRow,
    SetDraftRow,
    SetRow,
    SetShareRow,
    VersionRow,
)
from quizapp.storage.tables.content import JsonObject

May: TypeAlias = Literal["read", "edit", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDetails:
    """A set as one person may use it; `edits` are those of its draft, None without one."""

    id: SetId
    key: str
    title: str
    tags: tuple[str, ...]
    archived_at: datetime | None
    owner_id: AccountId | None
    may: May
    edits: int | None
    versions: int


PERSON: ColumnElement[int] = bindparam("person_id", type_=Integer)
_set: ColumnElement[int] = bindparam("set_id", type_=Integer)
# Whether a person (`PERSON`) teaches a version of the set, and what they may do with it.
TAUGHT = exists(
    select(1)
    .select_from(CourseSetRow)
    .join(EnrolmentRow, EnrolmentRow.course_id == CourseSetRow.course_id)
    .join(VersionRow, VersionRow.id == CourseSetRow.version_id)
    .where(
        VersionRow.set_id == SetRow.id,
        EnrolmentRow.account_id == PERSON,
        EnrolmentRow.role.in_(STAFF),
    )
)
MAY = case(
    (SetRow.owner_id == PERSON, "own"),
    (SetShareRow.may.is_not(None), SetShareRow.may),
    else_=literal("read"),
)
_versions = (
    select(func.count()).where(VersionRow.set_id == SetRow.id).correlate(SetRow).scalar_subquery()
)
_DETAILS = (
    select(
        SetRow.id,
        SetRow.key,
        SetRow.title,
        SetRow.tags,
        SetRow.archived_at,
        SetRow.owner_id,
        MAY.label("may"),
        SetDraftRow.edits,
        _versions.label("versions"),
    )
    .outerjoin(SetShareRow, (SetShareRow.set_id == SetRow.id) & (SetShareRow.account_id == PERSON))
    .outerjoin(SetDraftRow, SetDraftRow.set_id == SetRow.id)
    .where(
        SetRow.id == _set,
        or_(SetRow.owner_id == PERSON, SetShareRow.may.is_not(None), TAUGHT),
    )
)


def find_set(
    session: Session, person_id: AccountId, set_id: SetId, *, lock: bool = False
) -> SetDetails | None:
    """Return a set that a person owns, was given, or teaches in a course: one statement.

    With `lock` nobody else changes the set until the transaction ends.
    """
    statement = _DETAILS.with_for_update(of=SetRow) if lock else _DETAILS
    found = session.execute(statement, {"person_id": person_id, "set_id": set_id})
    row = found.mappings().one_or_none()
    return None if row is None else SetDetails(**{**row, "tags": tuple(row["tags"])})


def has_key(session: Session, key: str) -> bool:
    """Tell whether a set has this key already."""
    return session.scalar(select(exists().where(SetRow.key == key))) is True


def find_owned_set(session: Session, owner_id: AccountId, key: str) -> SetId | None:
    """Return the set with this key, if it belongs to this person."""
    return session.scalar(select(SetRow.id).where(SetRow.key == key, SetRow.owner_id == owner_id))


def add_set(
    session: Session, *, key: str, title: str, owner_id: AccountId | None, now: datetime
) -> SetId:
    """Store a new set without a version."""
    row = SetRow(key=key, title=title, owner_id=owner_id, created_at=now)
    session.add(row)
    session.flush()
    return row.id


def change_set(session: Session, set_id: SetId, **values: object) -> None:
    """Replace these columns of a set: title, tags, archived_at."""
    session.execute(update(SetRow).where(SetRow.id == set_id).values(**values))


def add_change(
    session: Session,
    set_id: SetId,
    by: AccountId | None,
    now: datetime,
    action: str,
    subject: str = "",
    detail: JsonObject | None = None,
) -> None:
    """Note who changed what: `action` is a word of at most 20 characters."""
    session.execute(
        insert(SetChangeRow).values(
            set_id=set_id,
            at=now,
            account_id=by,
            action=action,
            subject=subject[:120],
            detail=detail or {},
        )
    )
