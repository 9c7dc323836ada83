"""What two versions of a set are compared by."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.ids import VersionId
from quizapp.storage.tables import FactRow, QuestionRow, VersionFactRow
from quizapp.storage.tables.content import JsonObject


def load_statements(session: Session, version_id: VersionId) -> dict[str, str]:
    """Return the statements of a version's facts by their keys, in the order of teaching."""
    rows = session.execute(
        select(FactRow.key, VersionFactRow.statement)
        .join(VersionFactRow, VersionFactRow.fact_id == FactRow.id)
        .where(VersionFactRow.version_id == version_id)
        .order_by(VersionFactRow.position)
    )
    return {row.key: row.statement for row in rows}


def load_bodies(session: Session, version_id: VersionId) -> list[JsonObject]:
    """Return the questions of a version, as `quizapp-questions/1` writes them, by key."""
    return list(
        session.scalars(
            select(QuestionRow.body)
            .where(QuestionRow.version_id == version_id)
            .order_by(QuestionRow.key)
        )
    )
