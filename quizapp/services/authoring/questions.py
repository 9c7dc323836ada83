"""What people decide on the questions of a draft, and the questions that they write."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_to_dict
from quizapp.kinds.question import Question
from quizapp.services.authoring.drafting import open_draft
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import (
    Draft,
    DraftQuestion,
    QuestionOrigin,
    State,
    change_draft,
    delete_questions,
    put_questions,
)
from quizapp.storage.ids import SetId
from quizapp.storage.sets import add_change


def put_question(
    session: Session,
    person: Account,
    set_id: SetId,
    question: Question,
    *,
    origin: QuestionOrigin = "written",
    now: datetime,
    edits: int | None = None,
) -> None:
    """Store a question that somebody wrote, or one made from facts as they edited it.

    It is accepted by that.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now, edits=edits)
    former = next((one for one in draft.questions if one.key == question.id), None)
    row = DraftQuestion(
        key=question.id,
        position=len(draft.questions) if former is None else former.position,
        state="accepted",
        origin=origin,
        body={**question_to_dict(question)},
        decided_at=now,
    )
    put_questions(session, set_id, [row], person.id)
    change_draft(session, set_id, person.id, now)
    action = "wrote question" if former is None and origin == "written" else "edited question"
    add_change(session, set_id, person.id, now, action, question.id)


def decide_questions(
    session: Session,
    person: Account,
    set_id: SetId,
    keys: Collection[str],
    state: State,
    *,
    now: datetime,
) -> None:
    """Accept or drop questions, or with "proposed" take that back: four statements and the lock.

    Keys of questions made from facts are taken as they are; the draft forgets those that its facts
    no longer give.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    known = {one.key: one for one in draft.questions}
    undecided = [key for key in keys if state == "proposed" and _is_as_made(known.get(key))]
    delete_questions(session, set_id, undecided)
    rows = [_decide(draft, known.get(key), key, state, now) for key in keys]
    kept = [row for row in rows if row.key not in undecided]
    put_questions(session, set_id, kept, person.id)
    change_draft(session, set_id, person.id, now)
    for key in keys:
        add_change(session, set_id, person.id, now, f"{state} question", key)


def delete_question(
    session: Session, person: Account, set_id: SetId, key: str, *, now: datetime
) -> None:
    """Delete a question that somebody wrote, or the changes to one that was made from facts.

    Raises:
        NotFoundError: there is none; and as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    if key not in {one.key for one in draft.questions}:
        raise NotFoundError("There is no such question in this draft.")
    delete_questions(session, set_id, [key])
    change_draft(session, set_id, person.id, now)
    add_change(session, set_id, person.id, now, "deleted question", key)


def _is_as_made(former: DraftQuestion | None) -> bool:
    return former is None or former.body is None


def _decide(
    draft: Draft, former: DraftQuestion | None, key: str, state: State, now: datetime
) -> DraftQuestion:
    return DraftQuestion(
        key=key,
        position=len(draft.questions) if former is None else former.position,
        state=state,
        origin="made" if former is None else former.origin,
        body=None if former is None else former.body,
        decided_at=now,
    )
