"""Articles that were uploaded and wait to be read into the draft of a set."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, JobId, SetId, UploadId
from quizapp.storage.tables import ArticleUploadRow
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An uploaded article without its content; `outcome` tells how reading it ended."""

    id: UploadId
    set_id: SetId
    account_id: AccountId | None
    name: str
    use_model: bool
    at: datetime
    job_id: JobId | None
    ended_at: datetime | None
    outcome: JsonObject


_COLUMNS = tuple(getattr(ArticleUploadRow, name) for name in Upload.__slots__)
_NEWEST = select(*_COLUMNS).order_by(ArticleUploadRow.id.desc()).limit(1)


def add_upload(
    session: Session,
    set_id: SetId,
    by: AccountId,
    now: datetime,
    *,
    name: str,
    content: bytes,
    use_model: bool,
) -> UploadId:
    """Store an article that is to be read, and forget what was uploaded for this set before."""
    forget = update(ArticleUploadRow).where(ArticleUploadRow.set_id == set_id)
    session.execute(forget.values(content=None))
    row = ArticleUploadRow(
        set_id=set_id, account_id=by, name=name, content=content, use_model=use_model, at=now
    )
    session.add(row)
    session.flush()
    return row.id


def put_job(session: Session, upload_id: UploadId, job_id: JobId) -> None:
    """Note which job reads the article."""
    statement = update(ArticleUploadRow).where(ArticleUploadRow.id == upload_id)
    session.execute(statement.values(job_id=job_id))


def end_upload(session: Session, upload_id: UploadId, now: datetime, outcome: JsonObject) -> None:
    """Note how reading ended, and delete the content."""
    statement = update(ArticleUploadRow).where(ArticleUploadRow.id == upload_id)
    session.execute(statement.values(content=None, ended_at=now, outcome=outcome))


def find_upload(session: Session, set_id: SetId) -> Upload | None:
    """Return what was uploaded last for a set."""
    statement = _NEWEST.where(ArticleUploadRow.set_id == set_id)
    row = session.execute(statement).mappings().one_or_none()
    return None if row is None else Upload(**row)


def find_content(session: Session, upload_id: UploadId) -> tuple[Upload, bytes] | None:
    """Return an upload with its content, None if it has ended."""
    statement = select(*_COLUMNS, ArticleUploadRow.content).where(
        ArticleUploadRow.id == upload_id, ArticleUploadRow.content.is_not(None)
    )
    row = session.execute(statement).mappings().one_or_none()
    if row is None or row["content"] is None:
        return None
    fields = {name: row[name] for name in Upload.__slots__}
    return Upload(**fields), row["content"]
