"""The files of the topic folder that a version was made of."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizapp.storage.ids import SetId, VersionId
from quizapp.storage.tables import QuestionRow, VersionFileRow, VersionRow


def add_files(session: Session, version_id: VersionId, files: Mapping[str, bytes]) -> None:
    """Keep the files of a version, to the byte."""
    rows = [
        {"version_id": version_id, "name": name, "content": files[name]} for name in sorted(files)
    ]
    if rows:
        session.execute(insert(VersionFileRow), rows)


def load_files(session: Session, version_id: VersionId) -> dict[str, bytes]:
    """Return the files of a version by name; none if it was published without any."""
    rows = session.execute(
        select(VersionFileRow.name, VersionFileRow.content)
        .where(VersionFileRow.version_id == version_id)
        .order_by(VersionFileRow.name)
    )
    return {row.name: row.content for row in rows}


def find_newest_version(session: Session, set_id: SetId) -> tuple[VersionId, datetime] | None:
    """Return the newest version of a set, and when it was published."""
    row = session.execute(
        select(VersionRow.id, VersionRow.published_at)
        .where(VersionRow.set_id == set_id)
        .order_by(VersionRow.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.id, row.published_at)


def find_published_at(session: Session, version_id: VersionId) -> datetime | None:
    """Return when a version was published."""
    return session.scalar(select(VersionRow.published_at).where(VersionRow.id == version_id))


def list_question_keys(session: Session, version_id: VersionId) -> frozenset[str]:
    """Return the keys of a version's questions."""
    keys = session.scalars(select(QuestionRow.key).where(QuestionRow.version_id == version_id))
    return frozenset(keys)
