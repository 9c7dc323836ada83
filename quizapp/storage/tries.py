"""Refused tries at a secret, remembered for all workers: what the limits on tries count."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from quizapp.storage.tables import RefusedTryRow


def add_refused_try(
    session: Session, *, action: str, subject_hash: str, address_hash: str, now: datetime
) -> None:
    """Remember a refused try."""
    session.execute(
        insert(RefusedTryRow).values(
            action=action, subject_hash=subject_hash, address_hash=address_hash, at=now
        )
    )


def count_refused_tries(
    session: Session, *, action: str, subject_hash: str, address_hash: str, since: datetime
) -> tuple[int, int, int]:
    """Count refused tries since then: at or by the subject, from the address, of everybody."""
    row = session.execute(
        select(
            func.count().filter(RefusedTryRow.subject_hash == subject_hash),
            func.count().filter(RefusedTryRow.address_hash == address_hash),
            func.count(),
        ).where(RefusedTryRow.action == action, RefusedTryRow.at >= since)
    ).one()
    return row[0], row[1], row[2]


def delete_refused_tries(session: Session, *, before: datetime) -> None:
    """Forget refused tries that no limit counts any more."""
    session.execute(delete(RefusedTryRow).where(RefusedTryRow.at < before))
