"""The editor of one question: opened, saved by itself, checked and stored."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ForbiddenError, NotFoundError
from quizapp.facts.article import Article, read_article
from quizapp.formats.questions_json import question_from_dict, question_to_dict
from quizapp.kinds.question import FactKey, KindName, Question, QuestionKey
from quizapp.services.authoring.access import get_set, lock_editable_set
from quizapp.services.authoring.advising import Advice, advise
from quizapp.services.authoring.drafting import get_draft
from quizapp.services.authoring.packing import NOT_DROPPED, gather_questions, inspect_draft
from quizapp.services.authoring.questions import put_question
from quizapp.services.authoring.sheet_reading import Ground, Reading, read_sheet
from quizapp.services.authoring.sheet_writing import write_sheet
from quizapp.services.authoring.sheets import Sheet, begin_sheet, sheet_from_dict, sheet_to_dict
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft, QuestionOrigin
from quizapp.storage.editor_saves import (
    EditorSave,
    delete_editor_save,
    find_editor_save,
    put_editor_save,
)
from quizapp.storage.ids import SetId
from quizapp.storage.images import list_digests
from quizapp.storage.sets import SetDetails

_NOTHING: tuple[None, QuestionOrigin] = (None, "written")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorDesk:
    """What somebody edits: the set, its article, the question as stored, what they left unsaved.

    `key` is "" for a new question, which has no `question`; `others` are the questions of the draft
    that somebody wrote.
    """

    details: SetDetails
    article: Article
    edits: int
    key: str
    question: Question | None
    origin: QuestionOrigin
    others: tuple[Question, ...]
    images: frozenset[str]
    kept: EditorSave | None

    @property
    def stands(self) -> str:
        """A digest of the question as it is stored, "" for a new one."""
        if self.question is None:
            return ""
        content = json.dumps(question_to_dict(self.question), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @property
    def may_edit(self) -> bool:
        """Whether this person may change the question."""
        return self.details.may != "read" and self.details.archived_at is None

    def begin(self, kind: KindName) -> Sheet:
        """Return the sheet of the question as it is stored, or of a new one of a kind."""
        return begin_sheet(kind) if self.question is None else write_sheet(self.question)

    def recall(self) -> Sheet | None:
        """Return the sheet that was left unsaved, None without one."""
        return None if self.kept is None else sheet_from_dict(self.kept.fields)

    def read(self, sheet: Sheet) -> Reading:
        """Read a sheet as this question."""
        key = QuestionKey(self.key or "new")
        return read_sheet(
            sheet,
            Ground(key=key, article=self.article, images=self.images, former=self.question),
        )

    def advise(self, question: Question) -> tuple[Advice, ...]:
        """Return what the linter says of a question, beside the others."""
        return advise(question, self.others)


def open_editor(session: Session, person: Account, set_id: SetId, key: str) -> EditorDesk:
    """Return what the editor of a question shows; `key` is "" for a new one.

    Raises:
        NotFoundError: no such set for this person, or no such question in its draft.
        ForbiddenError: a new question, where they may only read.
    """
    details, draft = get_draft(session, person, set_id)
    if not key and details.may == "read":
        raise ForbiddenError("You may read this set; only its owner and editors write questions.")
    question, origin = _find(draft, key) if key else _NOTHING
    return EditorDesk(
        details=details,
        article=read_article(draft.article),
        edits=draft.edits,
        key=key,
        question=question,
        origin=origin,
        others=_list_written(draft),
        images=list_digests(session, set_id),
        kept=find_editor_save(session, person.id, set_id, key),
    )


def save_question(
    session: Session, person: Account, desk: EditorDesk, question: Question, now: datetime
) -> QuestionKey:
    """Store a question that was read from its sheet, and forget what was left unsaved of it.

    Returns its key, which a new one gets here.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `put_question`.
    """
    set_id = desk.details.id
    if not desk.key:
        question = name_question(question, person, now)
    put_question(session, person, set_id, question, origin=desk.origin, now=now)
    delete_editor_save(session, person.id, set_id, desk.key)
    return question.id


def keep_sheet(
    session: Session,
    person: Account,
    set_id: SetId,
    key: str,
    sheet: Sheet,
    *,
    seen: datetime | None,
    now: datetime,
) -> bool:
    """Save what stands in somebody's editor by itself; the newest window wins.

    Returns whether another window saved meanwhile: `seen` is when this one last did, None if it
    never has.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `lock_editable_set`.
    """
    lock_editable_set(session, person, set_id)
    former = find_editor_save(session, person.id, set_id, key)
    save = EditorSave(key=key, fields=sheet_to_dict(sheet), saved_at=now)
    put_editor_save(session, person.id, set_id, save)
    return former is not None and former.saved_at != seen and former.fields != save.fields


def discard_sheet(session: Session, person: Account, set_id: SetId, key: str) -> None:
    """Forget what somebody left unsaved of a question.

    Raises:
        NotFoundError: no such set for this person.
    """
    get_set(session, person, set_id)
    delete_editor_save(session, person.id, set_id, key)


def name_question(question: Question, person: Account, now: datetime) -> Question:
    """Return a new question with a key of its own, and a fact of the same name."""
    content = f"{person.id} {now.isoformat()} {question.stem}"
    key = f"written-{hashlib.sha256(content.encode()).hexdigest()[:12]}"
    return replace(question, id=QuestionKey(key), facts=(FactKey(key),))


def _find(draft: Draft, key: str) -> tuple[Question, QuestionOrigin]:
    """A question of the draft; those made from facts are only made if it is none of the others."""
    for one in draft.questions:
        if one.key == key and one.body is not None:
            return question_from_dict(one.body), one.origin
    pack = inspect_draft(draft, NOT_DROPPED).pack
    for item in gather_questions(draft, pack, frozenset()).items:
        if item.question.id == key:
            return item.question, "edited"
    raise NotFoundError("There is no such question in this draft.")


def _list_written(draft: Draft) -> tuple[Question, ...]:
    return tuple(
        question_from_dict(one.body)
        for one in draft.questions
        if one.body is not None and one.state != "dropped"
    )
