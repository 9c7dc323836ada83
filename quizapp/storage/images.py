"""Pictures in the questions of sets, by the digest of their bytes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, SetId
from quizapp.storage.tables import (
    CourseSetRow,
    EnrolmentRow,
    SetImageRow,
    SetRow,
    SetShareRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture: its bytes and what they are."""

    mime: str
    content: bytes


def find_image(session: Session, person_id: AccountId, digest: str) -> Image | None:
    """Return a picture of a set that a person may see or is taught from: one statement."""
    enrolled = exists(
        select(1)
        .select_from(CourseSetRow)
        .join(EnrolmentRow, EnrolmentRow.course_id == CourseSetRow.course_id)
        .join(VersionRow, VersionRow.id == CourseSetRow.version_id)
        .where(VersionRow.set_id == SetRow.id, EnrolmentRow.account_id == person_id)
    )
    shared = exists(
        select(1).where(SetShareRow.set_id == SetRow.id, SetShareRow.account_id == person_id)
    )
    row = session.execute(
        select(SetImageRow.mime, SetImageRow.content)
        .join(SetRow, SetRow.id == SetImageRow.set_id)
        .where(SetImageRow.digest == digest, or_(SetRow.owner_id == person_id, shared, enrolled))
        .limit(1)
    ).one_or_none()
    return None if row is None else Image(mime=row[0], content=row[1])


def list_digests(session: Session, set_id: SetId) -> frozenset[str]:
    """Return the digests of a set's pictures: one statement."""
    return frozenset(
        session.scalars(select(SetImageRow.digest).where(SetImageRow.set_id == set_id))
    )


def count_bytes(session: Session, set_id: SetId) -> int:
    """Return how large a set's pictures are together: one statement."""
    sizes = func.coalesce(func.sum(func.length(SetImageRow.content)), 0)
    return session.scalar(select(sizes).where(SetImageRow.set_id == set_id)) or 0


def add_image(
    session: Session,
    set_id: SetId,
    image: Image,
    *,
    digest: str,
    by: AccountId,
    now: datetime,
) -> None:
    """Store a picture of a set, which does not have it yet."""
    session.add(
        SetImageRow(
            set_id=set_id,
            digest=digest,
            mime=image.mime,
            content=image.content,
            added_at=now,
            added_by=by,
        )
    )
    session.flush()
