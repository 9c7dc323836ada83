"""The learners of a course: listed, and added many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, CourseId
from quizapp.storage.inserting import insert_missing
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import (
    AccountRow,
    CourseSetRow,
    EnrolmentRow,
    MemoryRow,
    PasswordLinkRow,
    SectionMemberRow,
    SectionRow,
    VersionFactRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """A learner of a course; `last_active` is when they last answered about its facts."""

    id: AccountId
    name: str
    email: str
    joined_at: datetime
    last_active: datetime | None
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAccount:
    """An account as a roster meets it; `enrolled` is its role in the course, None if not in it."""

    id: AccountId
    email: str
    name: str
    role: str
    disabled: bool
    enrolled: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A learner's account that a roster makes."""

    email: str
    name: str


def list_learners(
    session: Session, course_id: CourseId, *, search: str, offset: int, most: int | None
) -> tuple[tuple[RosterLine, ...], int]:
    """Return some learners of a course by name, and how many match: one statement.

    `search` is looked for in names and addresses, letter case ignored; `most` None means all.
    """
    page = _matching(course_id, search).offset(offset).limit(most).subquery("page")
    rows = session.execute(
        select(page, _last_active(course_id, page).label("last_active"), SectionRow.title)
        .outerjoin(
            SectionMemberRow,
            and_(SectionMemberRow.account_id == page.c.id, SectionMemberRow.course_id == course_id),
        )
        .outerjoin(SectionRow, SectionRow.id == SectionMemberRow.section_id)
        .order_by(func.lower(page.c.name), page.c.id, SectionRow.title)
    ).all()
    return _gather(rows), rows[0].matches if rows else 0


def find_learner(
    session: Session, course_id: CourseId, account_id: AccountId
) -> KnownAccount | None:
    """Return a learner of a course."""
    found = find_known(session, course_id, account_id)
    return found if found and found.enrolled == LEARNER else None


def find_known(session: Session, course_id: CourseId, account_id: AccountId) -> KnownAccount | None:
    """Return an account, whether it is in the course or not."""
    return next(iter(_load(session, course_id, AccountRow.id == account_id)), None)


def load_known(
    session: Session, course_id: CourseId, emails: Sequence[str]
) -> dict[str, KnownAccount]:
    """Return the accounts with these addresses, by address: one statement."""
    found = _load(session, course_id, AccountRow.email.in_(emails))
    return {each.email: each for each in found}


def add_learner_accounts(
    session: Session, accounts: Sequence[NewAccount], *, timezone: str, now: datetime
) -> frozenset[AccountId]:
    """Store learners' accounts without passwords; an address that has one keeps it.

    Returns the ids of those that are new.
    """
    values = [
        {
            "email": account.email,
            "name": account.name,
            "role": "learner",
            "timezone": timezone,
            "created_at": now,
        }
        for account in accounts
    ]
    return frozenset(insert_missing(session, AccountRow, values, AccountRow.id))


def enrol_learners(
    session: Session, course_id: CourseId, account_ids: Sequence[AccountId], now: datetime
) -> None:
    """Put people into a course as learners; who is in it stays what they are."""
    values = [
        {"account_id": id_, "course_id": course_id, "role": LEARNER, "enrolled_at": now}
        for id_ in account_ids
    ]
    insert_missing(session, EnrolmentRow, values, EnrolmentRow.account_id)


def add_password_links(
    session: Session, hashes: Mapping[AccountId, str], expires_at: datetime
) -> None:
    """Store links by which the owners of new accounts set their passwords."""
    values = [
        {"token_hash": token_hash, "account_id": account_id, "expires_at": expires_at}
        for account_id, token_hash in hashes.items()
    ]
    if values:
        session.execute(insert(PasswordLinkRow), values)


def _matching(course_id: CourseId, search: str) -> Select[*tuple[object, ...]]:
    return (
        select(
            AccountRow.id,
            AccountRow.name,
            AccountRow.email,
            EnrolmentRow.enrolled_at,
            func.count().over().label("matches"),
        )
        .join(EnrolmentRow, EnrolmentRow.account_id == AccountRow.id)
        .where(
            EnrolmentRow.course_id == course_id,
            EnrolmentRow.role == LEARNER,
            or_(
                AccountRow.name.icontains(search, autoescape=True),
                AccountRow.email.icontains(search, autoescape=True),
            ),
        )
        .order_by(func.lower(AccountRow.name), AccountRow.id)
    )


def _last_active(course_id: CourseId, page: Subquery) -> ScalarSelect[datetime]:
    """When each learner of a page last answered about what the course teaches."""
    facts = (
        select(VersionFactRow.fact_id)
        .join(CourseSetRow, CourseSetRow.version_id == VersionFactRow.version_id)
        .where(CourseSetRow.course_id == course_id)
    )
    return (
        select(func.max(MemoryRow.last_at))
        .where(MemoryRow.learner_id == page.c.id, MemoryRow.fact_id.in_(facts))
        .scalar_subquery()
    )


def _gather(rows: Sequence[Row[*tuple[object, ...]]]) -> tuple[RosterLine, ...]:
    """Gather rows of a learner and a section each into learners with all their sections."""
    learners = {row.id: row for row in rows}
    sections: dict[AccountId, list[str]] = {id_: [] for id_ in learners}
    for row in rows:
        if row.title is not None:
            sections[row.id].append(row.title)
    return tuple(
        RosterLine(
            id=id_,
            name=row.name,
            email=row.email,
            joined_at=row.enrolled_at,
            last_active=row.last_active,
            sections=tuple(sections[id_]),
        )
        for id_, row in learners.items()
    )


def _load(
    session: Session, course_id: CourseId, condition: ColumnElement[bool]
) -> tuple[KnownAccount, ...]:
    rows = session.execute(
        select(
            AccountRow.id,
            AccountRow.email,
            AccountRow.name,
            AccountRow.role,
            AccountRow.disabled_at,
            EnrolmentRow.role.label("enrolled"),
        )
        .outerjoin(
            EnrolmentRow,
            and_(EnrolmentRow.account_id == AccountRow.id, EnrolmentRow.course_id == course_id),
        )
        .where(condition)
    )
    return tuple(
        KnownAccount(
            id=row.id,
            email=row.email,
            name=row.name,
            role=row.role,
            disabled=row.disabled_at is not None,
            enrolled=row.enrolled,
        )
        for row in rows
    )
