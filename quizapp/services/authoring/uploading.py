"""An instructor's own article: uploaded, read by a job, and proposed as the facts of a draft.

The request only stores the file. The job reads it outside any transaction, and what it found comes
into the draft together with the end of the job: a file that is refused leaves nothing there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy.orm import Session

from quizapp.errors import BusyError, ConflictError, InvalidError, NotFoundError
from quizapp.extraction.proposing import Extraction, add_proposals
from quizapp.extraction.reading import SORTS, check_file
from quizapp.extraction.reading_apart import extract_apart
from quizapp.jobs import Handler, Job, JobState, JobStatus, cancel, enqueue, get_status
from quizapp.services.articles.model_settings import ModelSettings
from quizapp.services.articles.proposing import propose_by_model
from quizapp.services.authoring.drafting import LONGEST_TITLE, begin_set, get_draft, open_draft
from quizapp.services.authoring.proposing import propose_parts
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft, change_draft, find_draft, put_entities, put_facts
from quizapp.storage.ids import SetId, UploadId
from quizapp.storage.set_lists import list_sets_of_article
from quizapp.storage.sets import SetDetails, add_change, find_set
from quizapp.storage.tables.content import JsonObject
from quizapp.storage.uploads import (
    Upload,
    add_upload,
    end_upload,
    find_content,
    find_upload,
    put_job,
)

READ_JOB = "read_article"
ENDINGS = tuple(SORTS)
_ATTEMPTS = 2
_STEPS = 2
_FULL = "This set has facts already; begin a new set for another article."
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article as it was sent: a file with its name, or text that was pasted under a title."""

    name: str
    content: bytes
    use_model: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingState:
    """How reading the newest upload of a set stands; `job` is None once it is forgotten.

    `takes_article` tells that nothing stands in the draft yet, `is_own` that the person gave the
    article.
    """

    details: SetDetails
    upload: Upload | None
    job: JobStatus | None
    takes_article: bool
    is_own: bool

    @property
    def waits(self) -> bool:
        """Whether the article is still to be read."""
        return self.upload is not None and self.upload.ended_at is None and is_open(self.job)


def is_open(job: JobStatus | None) -> bool:
    """Tell whether a job is still to be done."""
    return job is not None and job.state in (JobState.WAITING, JobState.RUNNING)


def begin_from_article(
    session: Session, person: Account, article: NewArticle, *, title: str, now: datetime
) -> SetId:
    """Make a set whose draft will hold an article; without a title it has the name of the file.

    Raises:
        InvalidError: there is no title, or the file is of no sort that is read.
    """
    stem = PurePath(article.name).stem.replace("_", " ")[:LONGEST_TITLE]
    _check_file(article)
    set_id = begin_set(session, person, title=title or stem, now=now)
    upload_article(session, person, set_id, article, now)
    return set_id


def upload_article(
    session: Session, person: Account, set_id: SetId, article: NewArticle, now: datetime
) -> UploadId:
    """Store an article for an empty draft and enqueue the job that reads it.

    Raises:
        InvalidError: the draft has facts already, or the file is of no sort that is read.
        ConflictError: an article is being read.
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    _check_file(article)
    if _is_taken(draft):
        raise InvalidError(_FULL)
    former = find_upload(session, set_id)
    if former is not None and former.ended_at is None and is_open(_find_job(session, former)):
        raise ConflictError("An article is being read for this set; wait for it, or cancel it.")
    upload_id = add_upload(
        session,
        set_id,
        person.id,
        now,
        name=_shorten(article.name),
        content=article.content,
        use_model=article.use_model,
    )
    args = {"upload": int(upload_id)}
    job_id = enqueue(session, READ_JOB, args, now, attempts=_ATTEMPTS)
    put_job(session, upload_id, job_id)
    add_change(session, set_id, person.id, now, "uploaded", article.name)
    return upload_id


def cancel_reading(session: Session, person: Account, set_id: SetId, now: datetime) -> None:
    """Stop reading an article and delete it; the draft stays empty.

    Raises:
        ConflictError: reading has ended.
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`.
    """
    open_draft(session, person, set_id, now)
    upload = find_upload(session, set_id)
    if upload is None or upload.ended_at is not None or upload.job_id is None:
        raise ConflictError("No article is being read for this set.")
    cancel(session, upload.job_id, now)
    end_upload(session, upload.id, now, {"cancelled": "yes"})


def look_at_reading(session: Session, person: Account, set_id: SetId) -> ReadingState:
    """Return how reading stands: up to ten statements.

    Raises:
        NotFoundError: no such set for this person.
    """
    upload = find_upload(session, set_id)
    job = None if upload is None else _find_job(session, upload)
    if upload is not None and upload.ended_at is None and not is_open(job):
        upload = find_upload(session, set_id)  # The job ended between the two looks.
    details, draft = get_draft(session, person, set_id)
    return ReadingState(
        details=details,
        upload=upload,
        job=job,
        takes_article=not _is_taken(draft),
        is_own=upload is not None and upload.account_id == person.id,
    )


def make_reader(read_model: Callable[[], ModelSettings | None]) -> Handler:
    """Return what does the job of that name; `read_model` says which model may propose facts."""

    def read(session: Session, job: Job, now: datetime) -> None:
        read_article_by_job(session, job, now, read_model())

    return read


def read_article_by_job(
    session: Session, job: Job, now: datetime, model: ModelSettings | None
) -> None:
    """Read an article, and put what was found into the draft.

    `model` may propose facts, too, where the person asked for it.
    """
    upload_id = UploadId(job.get_int("upload"))
    with job.reading() as reading:
        stored = find_content(reading, upload_id)
    if stored is None:
        return  # It was cancelled.
    upload, content = stored
    try:
        job.report_progress(0, _STEPS, "Reading the file and looking for facts")
        found = extract_apart(upload.name, content)
    except InvalidError as refusal:
        end_upload(session, upload_id, now, {"refused": _explain(refusal)})
        return
    told: JsonObject = {}
    if model is not None and upload.use_model:
        found, told = _ask_model(job, found, model)
    job.report_progress(1, _STEPS, "Writing the draft")
    end_upload(session, upload_id, now, {**_fill_draft(session, upload, found, now), **told})


def _ask_model(job: Job, found: Extraction, model: ModelSettings) -> tuple[Extraction, JsonObject]:
    """Add what the model proposes; where it cannot be asked, the rules' proposals go on alone."""

    def tell(done: int, total: int, note: str = "", /) -> None:
        job.report_progress(done, total, note or "Asking the language model")

    try:
        asked = propose_by_model(
            found.document.text, model, on_progress=tell, is_cancelled=lambda: job.is_cancelled
        )
    except (InvalidError, BusyError) as refusal:
        return found, {"model": str(refusal)}
    dropped = [
        {"words": one.words, "section": one.section, "reason": one.reason} for one in asked.dropped
    ]
    return add_proposals(found, asked.accepted), {"model_dropped": dropped}


def _fill_draft(session: Session, upload: Upload, found: Extraction, now: datetime) -> JsonObject:
    """Write what was found into the draft if it is still empty; return how that ended."""
    set_id, by = upload.set_id, upload.account_id
    if by is None or find_set(session, by, set_id, lock=True) is None:
        return {"refused": "the set is no longer yours"}
    draft = find_draft(session, set_id)
    if draft is None or _is_taken(draft):
        return {"refused": _FULL}
    entities, facts = propose_parts(found)
    text, title = found.document.text, found.document.article.title
    same = list_sets_of_article(session, by, text, besides=set_id)
    put_entities(session, set_id, entities)
    put_facts(session, set_id, facts, by)
    source = {**draft.source, "title": title}
    change_draft(session, set_id, by, now, article=text, source=source)
    add_change(session, set_id, by, now, "read article", upload.name)
    return {
        "facts": len(facts),
        "names": len(entities),
        "dropped": len(found.dropped),
        "damage": [_describe(each.text, each.remedy) for each in found.document.damage],
        "same": [{"id": int(number), "title": name} for number, name in same],
    }


def _describe(text: str, remedy: str) -> str:
    return f"{text}; {remedy}" if remedy else text


def _is_taken(draft: Draft) -> bool:
    return bool(draft.facts or draft.entities)


def _check_file(article: NewArticle) -> None:
    try:
        check_file(article.name, article.content)
    except InvalidError as refusal:
        raise InvalidError(f"The article cannot be read: {_explain(refusal)}.") from refusal


def _explain(refusal: InvalidError) -> str:
    """Return what is wrong with a file and what to do, and the line where one is known."""
    return "; ".join(
        f"line {problem.line}: {problem.text}" if problem.line else problem.text
        for problem in refusal.problems
    )


def _shorten(name: str) -> str:
    """Return the name with its ending, no longer than the column."""
    suffix = PurePath(name).suffix
    return PurePath(name).stem[: _LONGEST_NAME - len(suffix)] + suffix


def _find_job(session: Session, upload: Upload) -> JobStatus | None:
    if upload.job_id is None:
        return None
    try:
        return get_status(session, upload.job_id)
    except NotFoundError:
        return None
