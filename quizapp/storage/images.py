"""Pictures in the questions of sets, by the digest of their bytes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, insert, literal, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, SetId
from quizapp.storage.inserting import insert_missing
from quizapp.storage.tables import (
    AssignmentRow,
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
    """Return a picture of a set that a person may see or is taught from: one statement.

    An assignment goes on showing it when its course has stopped teaching the set.
    """
    taught = exists(_in_courses(person_id, CourseSetRow))
    assigned = exists(
        _in_courses(person_id, AssignmentRow).where(AssignmentRow.status == "published")
    )
    shared = exists(
        select(1).where(SetShareRow.set_id == SetRow.id, SetShareRow.account_id == person_id)
    )
    row = session.execute(
        select(SetImageRow.mime, SetImageRow.content)
        .join(SetRow, SetRow.id == SetImageRow.set_id)
        .where(
            SetImageRow.digest == digest,
            or_(SetRow.owner_id == person_id, shared, taught, assigned),
        )
        .limit(1)
    ).one_or_none()
    return None if row is None else Image(mime=row[0], content=row[1])


def _in_courses(
    person_id: AccountId, versions: type[CourseSetRow | AssignmentRow]
) -> Select[tuple[int]]:
    """Select the versions of a set that a row of the person's courses names."""
    return (
        select(1)
        .select_from(versions)
        .join(EnrolmentRow, EnrolmentRow.course_id == versions.course_id)
        .join(VersionRow, VersionRow.id == versions.version_id)
        .where(VersionRow.set_id == SetRow.id, EnrolmentRow.account_id == person_id)
    )


def list_digests(session: Session, set_id: SetId) -> frozenset[str]:
    """Return the digests of a set's pictures: one statement."""
    return frozenset(
        session.scalars(select(SetImageRow.digest).where(SetImageRow.set_id == set_id))
    )


def count_bytes(session: Session, set_id: SetId) -> int:
    """Return how large a set's pictures are together: one statement."""
    sizes = func.coalesce(func.sum(func.length(SetImageRow.content)), 0)
    return session.scalar(select(sizes).where(SetImageRow.set_id == set_id)) or 0


def load_images(session: Session, set_id: SetId, digests: Collection[str]) -> dict[str, Image]:
    """Return those of a set's pictures that have these digests, by digest: one statement."""
    rows = session.execute(
        select(SetImageRow.digest, SetImageRow.mime, SetImageRow.content)
        .where(SetImageRow.set_id == set_id, SetImageRow.digest.in_(sorted(digests)))
        .order_by(SetImageRow.digest)
    )
    return {row.digest: Image(mime=row.mime, content=row.content) for row in rows}


def add_images(
    session: Session,
    set_id: SetId,
    images: Mapping[str, Image],
    *,
    by: AccountId,
    now: datetime,
) -> None:
    """Store pictures of a set by their digests; those that it has stay as they are."""
    rows = [
        {
            "set_id": set_id,
            "digest": digest,
            "mime": image.mime,
            "content": image.content,
            "added_at": now,
            "added_by": by,
        }
        for digest, image in images.items()
    ]
    insert_missing(session, SetImageRow, rows, SetImageRow.digest)


def copy_images(
    session: Session,
    set_id: SetId,
    copy_id: SetId,
    digests: Collection[str],
    *,
    by: AccountId,
    now: datetime,
) -> None:
    """Let a set that has no pictures have those of another with these digests: one statement."""
    copied = select(
        literal(copy_id, SetImageRow.set_id.type),
        SetImageRow.digest,
        SetImageRow.mime,
        SetImageRow.content,
        literal(now, SetImageRow.added_at.type),
        literal(by, SetImageRow.added_by.type),
    ).where(SetImageRow.set_id == set_id, SetImageRow.digest.in_(sorted(digests)))
    names = ["set_id", "digest", "mime", "content", "added_at", "added_by"]
    session.execute(insert(SetImageRow).from_select(names, copied))
