"""What questions written by hand bring along: a fact each, and the words that they quote."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quizapp.facts.folding import fold
from quizapp.facts.model import Pack
from quizapp.formats.questions_json import question_to_dict
from quizapp.kinds.question import Question
from quizapp.storage.publishing import NewFact, NewPassage

_SECTION = "Notes of the instructor"
_LEVEL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Questions of which each has its passage, and the passages that are not in the article."""

    questions: tuple[Question, ...]
    passages: tuple[NewPassage, ...]


def place_own_passages(pack: Pack, questions: Iterable[Question]) -> Placed:
    """Give questions that quote no paragraph of the article (paragraph 0) one of their own.

    Its text is what the question quotes, or else its explanation or answer.
    """
    section = _name_section(pack)
    placed: list[Question] = []
    passages: list[NewPassage] = []
    for question in questions:
        if question.source.paragraph:
            placed.append(question)
            continue
        text = question.source.quote or question.feedback or question.answer
        number = len(passages) + 1
        passages.append(NewPassage(section=section, level=_LEVEL, paragraph=number, text=text))
        source = replace(question.source, section=section, paragraph=number, quote=text)
        placed.append(replace(question, source=source))
    return Placed(questions=tuple(placed), passages=tuple(passages))


def list_own_facts(pack: Pack, questions: Sequence[Question]) -> tuple[NewFact, ...]:
    """Return a fact for each key that questions ask for and the pack does not have.

    It states what the first of its questions says after the answer.
    """
    known = {str(fact.id) for fact in pack.facts}
    first: dict[str, Question] = {}
    for question in questions:
        for key in question.facts:
            if key not in known:
                first.setdefault(key, question)
    return tuple(_make_fact(key, question) for key, question in first.items())


def _make_fact(key: str, question: Question) -> NewFact:
    asked = {**question_to_dict(question), "feedback": "", "source": ""}
    return NewFact(
        key=key,
        statement=question.feedback or question.answer,
        section=question.source.section,
        importance=question.importance,
        digest=hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest(),
        names=[],
    )


def _name_section(pack: Pack) -> str:
    taken = {fold(section.title) for section in pack.article.sections}
    name, number = _SECTION, 1
    while fold(name) in taken:
        number += 1
        name = f"{_SECTION} {number}"
    return name
