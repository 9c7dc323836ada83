"""Reads the answers that a browser kept; nothing of what it sends is trusted."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from quizapp.errors import InvalidError
from quizapp.services.reviewing.answering import Submission
from quizapp.services.reviewing.keeping import KeptAnswer
from quizapp.storage.ids import AccountId, FactId, QuestionId, StudyId
from quizapp.web.kinds.given import Fields
from quizapp.web.security import is_writable

MOST_ANSWERS = 100
_LONGEST_KEY = 64
_MOST_FIELDS = 40
_BEYOND = 2**31  # ids of questions and facts, and numbers of reviews, are below
_BEYOND_LONG = 2**63
_UNREADABLE = "It could not be read."


def read_body(body: bytes) -> tuple[AccountId, list[object]]:
    """Return whose answers a request holds, and the answers, each to be read on its own.

    Raises:
        InvalidError: it is no such list, or a longer one than `MOST_ANSWERS`.
    """
    try:
        document: object = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidError("The answers could not be read as JSON.") from None
    match document:
        case {"account": int(account), "answers": list(answers)} if len(answers) <= MOST_ANSWERS:
            return AccountId(account), answers
    raise InvalidError(f"Send an account and a list of at most {MOST_ANSWERS} answers.")


def read_key(entry: object) -> str | None:
    """Return the idempotency key of an answer, None if it has none that can be used."""
    key = entry.get("key") if isinstance(entry, Mapping) else None
    usable = isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY and is_writable(key)
    return str(key) if usable else None


def read_kept(entry: object) -> KeptAnswer:
    """Return one kept answer.

    Raises:
        InvalidError: a value is missing or of a wrong type.
    """
    key = read_key(entry)
    if key is None or not isinstance(entry, Mapping):
        raise InvalidError(_UNREADABLE)
    question_id = QuestionId(_read_number(entry, "question", _BEYOND))
    fields = _read_fields(entry.get("fields"))
    return KeptAnswer(
        study_id=StudyId(_read_number(entry, "study", _BEYOND_LONG)),
        submission=Submission(
            question_id=question_id,
            fact_id=FactId(_read_number(entry, "fact", _BEYOND)),
            expected_reps=_read_number(entry, "reps", _BEYOND),
            shown_at=_read_instant(entry, "shown_at"),
            key=key,
            fields=fields,
            hinted=fields.get("hint") == str(question_id),
        ),
        answered_at=_read_instant(entry, "answered_at"),
    )


def _read_number(entry: Mapping[str, object], name: str, beyond: int) -> int:
    value = entry.get(name)
    if type(value) is not int or not 0 <= value < beyond:
        raise InvalidError(_UNREADABLE)
    return value


def _read_instant(entry: Mapping[str, object], name: str) -> datetime:
    value = entry.get(name)
    try:
        instant = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise InvalidError(_UNREADABLE) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _read_fields(value: object) -> Fields:
    """The fields of a form by name, each with all its values."""
    if not isinstance(value, Mapping) or len(value) > _MOST_FIELDS:
        raise InvalidError(_UNREADABLE)
    return Fields({str(name): _read_texts(texts) for name, texts in value.items()})


def _read_texts(value: object) -> list[str]:
    texts = value if isinstance(value, list) else [None]
    if not all(isinstance(text, str) and is_writable(text) for text in texts):
        raise InvalidError(_UNREADABLE)
    return [str(text) for text in texts]
