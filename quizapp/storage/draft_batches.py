"""Many parts of a draft stored at once: a statement for each table, whatever their number."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from quizapp.storage.drafts import DraftEntity, DraftFact, DraftQuestion
from quizapp.storage.ids import AccountId, SetId
from quizapp.storage.tables import (
    AccountRow,
    DraftEntityRow,
    DraftFactRow,
    DraftQuestionRow,
    SetChangeRow,
)


def replace_questions(
    session: Session, set_id: SetId, questions: Sequence[DraftQuestion], by: AccountId | None
) -> None:
    """Store questions in place of those with the same keys; `by` decided on them."""
    table = DraftQuestionRow
    keys = [one.key for one in questions]
    session.execute(delete(table).where(table.set_id == set_id, table.key.in_(keys)))
    rows = [
        {
            "set_id": set_id,
            "key": one.key,
            "position": one.position,
            "state": one.state,
            "origin": one.origin,
            "body": one.body,
            "decided_by": by,
            "decided_at": one.decided_at,
        }
        for one in questions
    ]
    if rows:
        session.execute(insert(table), rows)


def replace_facts(
    session: Session, set_id: SetId, facts: Sequence[DraftFact], by: AccountId | None
) -> None:
    """Store facts in place of those with the same keys; `by` decided on them."""
    table = DraftFactRow
    keys = [one.key for one in facts]
    session.execute(delete(table).where(table.set_id == set_id, table.key.in_(keys)))
    rows = [
        {
            "set_id": set_id,
            "key": one.key,
            "position": one.position,
            "state": one.state,
            "body": one.body,
            "origin": one.origin,
            "rule": one.rule,
            "reasons": list(one.reasons),
            "provenance": one.provenance,
            "decided_by": by,
            "decided_at": one.decided_at,
        }
        for one in facts
    ]
    if rows:
        session.execute(insert(table), rows)


def replace_entities(session: Session, set_id: SetId, entities: Sequence[DraftEntity]) -> None:
    """Store entities in place of those with the same keys."""
    table = DraftEntityRow
    keys = [one.key for one in entities]
    session.execute(delete(table).where(table.set_id == set_id, table.key.in_(keys)))
    rows = [
        {
            "set_id": set_id,
            "key": one.key,
            "position": one.position,
            "body": one.body,
            "suggestions": list(one.suggestions),
        }
        for one in entities
    ]
    if rows:
        session.execute(insert(table), rows)


def find_set_made(
    session: Session, person_id: AccountId, action: str, subject: str
) -> SetId | None:
    """Return the set to which the person did that to this subject; two statements.

    The person's account stays locked until the transaction ends, so that of two who ask at once the
    second finds what the first has made.
    """
    account, change = AccountRow, SetChangeRow
    session.execute(select(account.id).where(account.id == person_id).with_for_update())
    return session.scalar(
        select(change.set_id).where(
            change.account_id == person_id, change.action == action, change.subject == subject
        )
    )
