"""Answers are saved one by one while the attempt goes on, and questions are flagged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.states import may_save
from quizapp.attempts.switches import NEED_ATTEMPT
from quizapp.errors import ConflictError, NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.answers import read_typed
from quizapp.kinds.marking import Response
from quizapp.kinds.question import Question
from quizapp.kinds.registry import get_kind
from quizapp.services.quizzing.showing import mask_question
from quizapp.storage.accounts import Account
from quizapp.storage.ids import AttemptId
from quizapp.storage.saves import (
    NewSave,
    OpenQuestion,
    add_save,
    find_save,
    lock_question,
    put_flag,
    put_response,
)

# Kept as they were typed, since only the key tells how some are to be read.
_TYPED = {"cloze", "numeric", "date"}
_STALE = (
    "You changed this answer meanwhile, in another window or on another device. That one stands;"
    " this one was not saved. Open the question again to see what stands."
)
_FINAL = "You have seen feedback on this answer, so it is final."


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What the learner sent for one question.

    `expected_saves` is the number of saves that the question had when it was shown, `key` the
    idempotency key, `fields` the form in which the question's kind finds the answer.
    """

    position: int
    expected_saves: int
    key: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """That an answer was saved, and when; `saves` is to be sent with the next one."""

    position: int
    saves: int
    response: Response
    at: datetime


def save(
    session: Session, learner: Account, attempt_id: AttemptId, saving: Saving, now: datetime
) -> Saved:
    """Save one answer: three statements.

    The same key again is the same save, whatever has become of the attempt, and changes nothing.

    Raises:
        NotFoundError: no such question in an attempt of this learner.
        InvalidError: the form holds no answer that the kind can take; what stood stands.
        ConflictError: the attempt or its time is over; or the answer was changed meanwhile
            elsewhere; or the key served another answer. The caller rolls back.
    """
    found = lock_question(session, learner.id, attempt_id, saving.position)
    if found is None:
        raise NotFoundError("There is no such question in an attempt of yours.")
    response = read_saved(mask_question(question_from_dict(found.body)), saving.fields)
    new = NewSave(
        idempotency_key=saving.key,
        attempt_id=attempt_id,
        position=saving.position,
        number=saving.expected_saves + 1,
        response=response.text,
        given=response.given,
        at=max(now, found.attempt.started_at),
    )
    if not add_save(session, new):
        return _replay(session, new)
    _refuse(found, saving, now)
    if not put_response(session, new):
        raise ConflictError(_STALE)
    return _to_saved(new)


def flag(
    session: Session,
    learner: Account,
    attempt_id: AttemptId,
    position: int,
    now: datetime,
    *,
    flagged: bool,
) -> None:
    """Flag a question to come back to, or take the flag away.

    Raises:
        NotFoundError: no such question in an attempt of this learner.
        ConflictError: the attempt or its time is over.
    """
    found = lock_question(session, learner.id, attempt_id, position)
    if found is None:
        raise NotFoundError("There is no such question in an attempt of yours.")
    refusal = may_save(found.attempt.facts, found.attempt.clock, now)
    if refusal is not None:
        raise ConflictError(refusal)
    put_flag(session, attempt_id, position, flagged=flagged)


def read_saved(masked: Question, fields: Mapping[str, str]) -> Response:
    """Return an answer as it is saved: read without the key, what was typed as it was typed.

    Raises:
        InvalidError: the fields hold no answer that the kind can take.
    """
    response = get_kind(masked.kind).parse(masked, fields)
    return read_typed(fields) if masked.kind in _TYPED else response


def _refuse(found: OpenQuestion, saving: Saving, now: datetime) -> None:
    refusal = may_save(found.attempt.facts, found.attempt.clock, now)
    if refusal is not None:
        raise ConflictError(refusal)
    if found.saves != saving.expected_saves:
        raise ConflictError(_STALE)
    if found.saves and found.during & NEED_ATTEMPT:
        raise ConflictError(_FINAL)


def _replay(session: Session, new: NewSave) -> Saved:
    used = find_save(session, new.idempotency_key)
    sent = (new.attempt_id, new.position, new.response, new.given)
    if used is None or (used.attempt_id, used.position, used.response, used.given) != sent:
        raise ConflictError("This answer's key was used for another answer; nothing was saved.")
    return _to_saved(used)


def _to_saved(save: NewSave) -> Saved:
    return Saved(
        position=save.position,
        saves=save.number,
        response=Response(text=save.response, given=save.given),
        at=save.at,
    )
