"""The format `quizapp-questions/1`: JSON with one fixed order of keys, read and written exactly.

A key that does not apply to a question is null. The feedback of an option and the tags of a
question stand there only if there are any, so that generated questions have kept their bytes.
Reading names every fault by the question it is in.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar, get_args

from quizapp.errors import InvalidError, Problem
from quizapp.kinds.bank import Bank
from quizapp.kinds.question import (
    FactKey,
    KindName,
    Option,
    Question,
    QuestionKey,
    Source,
)

FORMAT = "quizapp-questions/1"
KINDS: tuple[KindName, ...] = get_args(KindName)
_MOST_IMPORTANT = 3

Json = str | int | float | bool | list["Json"] | dict[str, "Json"] | None
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFile:
    """A file of questions: the id of their pack, the seed they were made with, and the bank."""

    pack: str
    seed: int
    bank: Bank


def write_questions(bank: Bank, pack: str, seed: int) -> bytes:
    """Return the bank as UTF-8 JSON; the same bank gives the same bytes."""
    document: Json = {
        "format": FORMAT,
        "pack": pack,
        "seed": seed,
        "unused": [{"fact": fact, "why": why} for fact, why in bank.unused],
        "questions": [question_to_dict(question) for question in bank.questions],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read_questions(content: bytes) -> QuestionFile:
    """Read a file of questions.

    Raises:
        InvalidError: no JSON, another format, or faulty questions; all faults are collected.
    """
    document = _Fields(_parse(content), "the file")
    if document.find("format") != FORMAT:
        raise _refuse(f"not in the format {FORMAT}; write it with `questions generate`")
    questions = []
    problems: list[Problem] = []
    for place, entry in enumerate(document.items("questions"), start=1):
        try:
            questions.append(question_from_dict(entry, f"question {place}"))
        except InvalidError as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidError("the questions cannot be used", tuple(problems))
    unused = [_Fields(entry, "unused") for entry in document.items("unused")]
    bank = Bank(
        questions=tuple(questions),
        unused=tuple((FactKey(one.text("fact")), one.text("why")) for one in unused),
    )
    return QuestionFile(pack=document.text("pack"), seed=document.whole("seed"), bank=bank)


def question_to_dict(question: Question) -> dict[str, Json]:
    """Return the question as its JSON object, the keys in the order of the format."""
    options: list[Json] = [_option_to_dict(one) for one in question.options]
    pairs: list[Json] = [list(pair) for pair in question.pairs or ()]
    entry: dict[str, Json] = {
        "id": question.id,
        "kind": question.kind,
        "facts": list(question.facts),
        "template": question.template,
        "stem": question.stem,
        "options": options or None,
        "answer": question.answer,
        "accept": list(question.accept) or None,
        "unit": question.unit,
        "tolerance": question.tolerance,
        "pairs": None if question.pairs is None else pairs,
        "order": None if question.order is None else list(question.order),
        "feedback": question.feedback,
        "hedge": question.hedge,
        "said": list(question.said),
        "as_of": question.as_of,
        "source": {
            "section": question.source.section,
            "paragraph": question.source.paragraph,
            "quote": question.source.quote,
        },
        "importance": question.importance,
        "difficulty": question.difficulty,
        "guess": question.guess,
    }
    return {**entry, "tags": list(question.tags)} if question.tags else entry


def _option_to_dict(option: Option) -> dict[str, Json]:
    entry: dict[str, Json] = {
        "text": option.text,
        "correct": option.correct,
        "refuted_by": option.refuted_by,
    }
    return entry if option.feedback is None else {**entry, "feedback": option.feedback}


def question_from_dict(entry: object, name: str = "question") -> Question:
    """Return the question of a JSON object; `name` says in a problem which one it is.

    Raises:
        InvalidError: a key is missing, or holds what it must not.
    """
    fields = _Fields(entry, name)
    kind = fields.text("kind")
    found = next((known for known in KINDS if known == kind), None)
    if found is None:
        raise _refuse(f"{name}: unknown kind {kind!r}; use one of {', '.join(KINDS)}")
    source = _Fields(fields.find("source"), f"{name}, source")
    return Question(
        id=QuestionKey(fields.text("id")),
        kind=found,
        facts=tuple(FactKey(fact) for fact in fields.texts("facts")),
        template=fields.text("template"),
        stem=fields.text("stem"),
        options=tuple(_read_option(one, name) for one in fields.items("options")),
        answer=fields.text("answer"),
        accept=fields.texts("accept"),
        unit=fields.optional_text("unit"),
        tolerance=fields.optional_text("tolerance"),
        pairs=_read_pairs(fields),
        order=None if fields.find("order") is None else fields.texts("order"),
        feedback=fields.text("feedback"),
        hedge=fields.optional_text("hedge"),
        said=fields.texts("said"),
        as_of=fields.optional_text("as_of"),
        source=Source(
            section=source.text("section"),
            paragraph=source.whole("paragraph"),
            quote=source.text("quote"),
        ),
        importance=fields.whole("importance", 1, _MOST_IMPORTANT),
        difficulty=fields.fraction("difficulty"),
        guess=fields.fraction("guess"),
        tags=fields.texts("tags"),
    )


def _read_option(entry: object, name: str) -> Option:
    fields = _Fields(entry, f"{name}, option")
    return Option(
        text=fields.text("text"),
        correct=fields.flag("correct"),
        refuted_by=fields.optional_text("refuted_by"),
        feedback=fields.optional_text("feedback"),
    )


def _read_pairs(fields: "_Fields") -> tuple[tuple[str, str], ...] | None:
    if fields.find("pairs") is None:
        return None
    pairs = []
    for pair in fields.items("pairs"):
        match pair:
            case [str(prompt), str(answer)]:
                pairs.append((prompt, answer))
            case _:
                raise _refuse(f"{fields.name}: pairs must be lists of two texts")
    return tuple(pairs)


def _parse(content: bytes) -> object:
    try:
        document: object = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _refuse("not UTF-8; save the file as UTF-8", line) from error
    except json.JSONDecodeError as error:
        raise _refuse(f"not JSON: {error.msg}; mend the line", error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise _refuse("not JSON that can be read; write it again") from error
    return document


def _refuse(text: str, line: int = 0, column: int = 0) -> InvalidError:
    problem = Problem(line=line, column=column, text=text)
    return InvalidError("the questions cannot be used", (problem,))


class _Fields:
    """The keys of a JSON object, each typed as it is asked for."""

    def __init__(self, entry: object, name: str) -> None:
        if not isinstance(entry, Mapping):
            raise _refuse(f"{name}: an object is expected")
        self.entries: Mapping[object, object] = entry
        self.name = name

    def find(self, key: str) -> object:
        return self.entries.get(key)

    def text(self, key: str) -> str:
        return self._get(key, str, "a text")

    def optional_text(self, key: str) -> str | None:
        return None if self.find(key) is None else self.text(key)

    def flag(self, key: str) -> bool:
        return self._get(key, bool, "true or false")

    def whole(self, key: str, low: int | None = None, high: int | None = None) -> int:
        found = self._get(key, int, "a whole number")
        if (
            isinstance(found, bool)
            or not (low is None or low <= found)
            or not (high is None or found <= high)
        ):
            raise _refuse(f"{self.name}: {key} must be a whole number from {low} to {high}")
        return found

    def fraction(self, key: str) -> float:
        found = self.find(key)
        number = found if isinstance(found, float | int) and not isinstance(found, bool) else -1
        if not math.isfinite(number) or not 0 <= number <= 1:
            raise _refuse(f"{self.name}: {key} must be a number from 0 to 1")
        return number

    def items(self, key: str) -> list[object]:
        return [] if self.find(key) is None else self._get(key, list, "a list")

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.items(key)
        texts = [item for item in found if isinstance(item, str)]
        if len(texts) < len(found):
            raise _refuse(f"{self.name}: {key} must be a list of texts")
        return tuple(texts)

    def _get(self, key: str, kind: type[Found], what: str) -> Found:
        found = self.find(key)
        if not isinstance(found, kind):
            raise _refuse(f"{self.name}: {key} must be {what}")
        return found
