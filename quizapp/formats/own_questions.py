"""The format `quizapp-own-questions/1`: what people decided on the questions of a topic folder.

`dropped` holds the keys of questions that are made from the facts and not asked. `questions` are
written by hand, in the form of `quizapp-questions/1`; one with the key of a made question takes its
place.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.errors import InvalidError, Problem
from quizapp.formats.questions_json import question_from_dict, question_to_dict
from quizapp.kinds.question import Question, QuestionKey

FORMAT = "quizapp-own-questions/1"
FILE = "questions.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestions:
    """The questions written by hand, and the keys of those that are not asked."""

    questions: tuple[Question, ...] = ()
    dropped: tuple[QuestionKey, ...] = ()


def write_own_questions(own: OwnQuestions) -> bytes:
    """Return them as UTF-8 JSON; the same questions give the same bytes."""
    document = {
        "format": FORMAT,
        "dropped": sorted(own.dropped),
        "questions": [question_to_dict(question) for question in own.questions],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read_own_questions(content: bytes) -> OwnQuestions:
    """Read what `write_own_questions` wrote.

    Raises:
        InvalidError: no JSON, another format, or faulty questions; all faults are collected.
    """
    document = _parse(content)
    problems: list[Problem] = []
    questions: list[Question] = []
    for place, entry in enumerate(_list(document, "questions"), start=1):
        try:
            questions.append(question_from_dict(entry, f"question {place}"))
        except InvalidError as error:
            problems.extend(error.problems)
    dropped = [str(key) for key in _list(document, "dropped")]
    problems += _list_doubles(question.id for question in questions)
    if problems:
        raise InvalidError(f"{FILE} cannot be used", tuple(problems))
    return OwnQuestions(
        questions=tuple(questions), dropped=tuple(QuestionKey(key) for key in dropped)
    )


def _parse(content: bytes) -> dict[str, object]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _refuse(f"no JSON: {error}; export the set again") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _refuse(f"not in the format {FORMAT}; export the set again")
    return document


def _list(document: dict[str, object], name: str) -> list[object]:
    found = document.get(name, [])
    if not isinstance(found, list):
        raise _refuse(f"{name}: a list is expected here")
    return found


def _list_doubles(keys: Iterable[str]) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for key in keys:
        if key in seen:
            found.append(Problem(text=f"the question {key} stands twice; keep one"))
        seen.add(key)
    return found


def _refuse(text: str) -> InvalidError:
    return InvalidError(f"{FILE} cannot be used", (Problem(text=text),))
