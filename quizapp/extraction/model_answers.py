"""What a language model answers, read strictly: JSON of few sorts, and nothing that is guessed.

Neither a server nor a model is trusted: size, depth, double keys, numbers that are none and broken
letters are refused before anything is looked at. A statement with a fault is refused alone.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn, get_args

from quizapp.errors import InvalidError
from quizapp.facts.folding import fold_space
from quizapp.facts.model import PredicateName, Status
from quizapp.facts.predicates import list_shipped_predicates
from quizapp.facts.schema import suggest

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
MOST_ANSWER = 1_000_000
"""The most bytes of what a server answers."""
MOST_STATEMENTS = 100
"""The most statements of one answer that are looked at."""
_MOST_DEPTH = 20
_LONGEST_STRING = 1_000
_MOST_VALUES = 20
_STATUSES: tuple[Status, ...] = get_args(Status)
_NEEDS = ("subject", "predicate", "value", "quote")
_MAY_HAVE = ("said", "status", "as_of", "from", "to")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|$)', re.DOTALL)
_SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A fact as a model writes it, nothing of it believed; dates are in words."""

    subject: str
    predicate: PredicateName
    values: tuple[str, ...]
    several: bool
    quote: str
    said: tuple[str, ...] = ()
    status: Status = "stated"
    as_of: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A statement that is left out; `words` is what it said, shortened, and `reason` why."""

    words: str
    quote: str
    reason: str


def read_completion(body: bytes) -> str:
    """Return what the model says in a server's answer to POST /chat/completions.

    Raises:
        InvalidError: it is no such answer, or the model says nothing; the text says what it is.
    """
    document = _parse(_decode(body), "the server's answer")
    choices = document.get("choices") if isinstance(document, dict) else None
    if not isinstance(choices, list):
        raise InvalidError("the server's answer has no `choices`; it is no chat completion")
    choice = choices[0] if choices else None
    if not isinstance(choice, dict):
        raise InvalidError("the model gave no answer: `choices` is empty")
    message = choice.get("message")
    if not isinstance(message, dict):
        raise InvalidError("the server's answer has no `message`; it is no chat completion")
    return _read_message(message, cut=choice.get("finish_reason") == "length")


def read_answer(content: str) -> tuple[list[Statement], list[Refused]]:
    """Return the statements of a model's answer, and those that cannot be read with the reasons.

    Raises:
        InvalidError: the answer as a whole is not what was asked for.
    """
    document = _parse(content, "the model's answer")
    facts = document.get("facts") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(facts, list) or len(document) > 1:
        raise InvalidError('the model\'s answer is not {"facts": [...]} and nothing else')
    read: list[Statement] = []
    refused: list[Refused] = []
    for number, fact in enumerate(facts):
        if number == MOST_STATEMENTS:
            reason = f"only the first {MOST_STATEMENTS} statements of an answer are looked at"
            rest = f"{len(facts) - number} more statements"
            refused.append(Refused(words=rest, quote="", reason=reason))
            break
        try:
            read.append(_read_statement(fact))
        except InvalidError as error:
            words = shorten(json.dumps(fact, ensure_ascii=False))
            refused.append(Refused(words=words, quote=_find_quote(fact), reason=str(error)))
    return read, refused


def shorten(words: str) -> str:
    """Return words of a model so that they can be shown: one line, printable, not too long."""
    plain = "".join(letter if letter.isprintable() else " " for letter in fold_space(words))
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}\u2026"


def _decode(body: bytes) -> str:
    if len(body) > MOST_ANSWER:
        raise InvalidError(f"the server's answer is longer than {MOST_ANSWER:,} bytes")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise InvalidError("the server's answer is not UTF-8") from error


def _read_message(message: Mapping[str, Json], *, cut: bool) -> str:
    if message.get("tool_calls") or message.get("function_call"):
        raise InvalidError("the model asks to call a tool, and has none")
    content = message.get("content")
    if not isinstance(content, str) or not content.strip():
        raise InvalidError("the model gave no answer: `content` is empty")
    if cut:
        raise InvalidError("the model's answer was cut off in the middle")
    return content


def _parse(text: str, what: str) -> Json:
    """Return the JSON that the text is, with each key once and no deeper than is looked at."""
    if len(text) > MOST_ANSWER:
        raise InvalidError(f"{what} is longer than {MOST_ANSWER:,} characters")
    _check_depth(text, what)
    try:
        document: Json = json.loads(text, object_pairs_hook=_join_pairs, parse_constant=_refuse)
        text.encode()
        json.dumps(document, ensure_ascii=False).encode()
    except InvalidError as error:
        raise InvalidError(f"{what} {error}") from error
    except UnicodeEncodeError as error:
        raise InvalidError(f"{what} holds half a letter") from error
    except ValueError as error:
        raise InvalidError(f"{what} is not JSON") from error
    return document


def _check_depth(text: str, what: str) -> None:
    depth = 0
    for letter in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        depth += 1 if letter in "[{" else -1
        if depth > _MOST_DEPTH:
            raise InvalidError(f"{what} is nested more than {_MOST_DEPTH} deep")


def _join_pairs(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    joined = dict(pairs)
    if len(joined) < len(pairs):
        raise InvalidError("gives a key twice in one object")
    return joined


def _refuse(word: str) -> NoReturn:
    raise InvalidError(f"holds {word}, which is no number")


def _read_statement(fact: Json) -> Statement:
    if not isinstance(fact, dict):
        raise InvalidError("it is not an object with subject, predicate, value and quote")
    for key in fact:
        if key not in (*_NEEDS, *_MAY_HAVE):
            raise InvalidError(f"it has the unknown field \u201c{shorten(key)}\u201d")
    several = isinstance(fact.get("value"), list)
    return Statement(
        subject=_read_string(fact, "subject"),
        predicate=_read_predicate(fact),
        values=_read_list(fact, "value") if several else (_read_string(fact, "value"),),
        several=several,
        quote=_read_string(fact, "quote"),
        said=_read_list(fact, "said") if fact.get("said") else (),
        status=_read_status(fact),
        as_of=_read_optional(fact, "as_of"),
        since=_read_optional(fact, "from"),
        until=_read_optional(fact, "to"),
    )


def _read_string(fact: Mapping[str, Json], key: str) -> str:
    found = fact.get(key)
    if not isinstance(found, str) or not found.strip():
        raise InvalidError(f"its {key} is not a string of words")
    if len(found) > _LONGEST_STRING:
        raise InvalidError(f"its {key} is longer than {_LONGEST_STRING:,} characters")
    return found


def _read_optional(fact: Mapping[str, Json], key: str) -> str | None:
    return None if fact.get(key) in (None, "") else _read_string(fact, key)


def _read_list(fact: Mapping[str, Json], key: str) -> tuple[str, ...]:
    found = fact.get(key)
    if not isinstance(found, list) or not 0 < len(found) <= _MOST_VALUES:
        raise InvalidError(f"its {key} is not a list of one to {_MOST_VALUES} strings")
    return tuple(_read_string({key: one}, key) for one in found)


def _read_predicate(fact: Mapping[str, Json]) -> PredicateName:
    name, known = _read_string(fact, "predicate"), list_shipped_predicates()
    if PredicateName(name) not in known:
        hint = suggest(name, known)
        more = f"; {hint}" if hint.startswith("did") else ""
        raise InvalidError(f"there is no predicate \u201c{shorten(name)}\u201d{more}")
    return PredicateName(name)


def _read_status(fact: Mapping[str, Json]) -> Status:
    word = _read_optional(fact, "status") or "stated"
    for status in _STATUSES:
        if word == status:
            return status
    raise InvalidError(f"there is no status \u201c{shorten(word)}\u201d")


def _find_quote(fact: Json) -> str:
    quote = fact.get("quote") if isinstance(fact, dict) else None
    return shorten(quote) if isinstance(quote, str) else ""
