"""The key of a question as a browser marks with it while there is no network."""

from quizapp.errors import InvalidError
from quizapp.kinds.matching import list_matches
from quizapp.kinds.ordering import list_items
from quizapp.kinds.question import Question
from quizapp.kinds.registry import get_kind
from quizapp.web.kinds.given import Fields


def list_right(question: Question) -> list[list[str]]:
    """Return what is right: for each part of the answer the values that its field may send.

    The parts are those of its kind: the right option or options, the items in their order, the
    matches of the prompts in their order, or one text, which may be spelled in several ways. What
    is typed otherwise may be right all the same; so only the server can say that it is wrong.
    """
    if question.kind == "ordering":
        items = list_items(question)
        return [[str(items.index(text))] for text in question.order or ()]
    if question.kind == "matching":
        matches = list_matches(question)
        return [
            [str(number) for number, text in enumerate(matches) if text == match]
            for _, match in question.pairs or ()
        ]
    if question.kind in {"choice", "select_all"}:
        return [[str(place)] for place, option in enumerate(question.options) if option.correct]
    if question.kind == "cloze":
        return [[question.answer, *question.accept]]
    return [] if question.kind == "flashcard" else [[question.answer]]


def list_problems(question: Question) -> list[str]:
    """Return why no answer at all is refused, and for matching why one match twice is."""
    twice = {"match_0": ["0"], "match_1": ["0"]}
    return [_find_problem(question, {}), _find_problem(question, twice)]


def _find_problem(question: Question, fields: dict[str, list[str]]) -> str:
    try:
        get_kind(question.kind).parse(question, Fields(fields))
    except InvalidError as problem:
        text = str(problem)
        return f"{text[:1].upper()}{text[1:]}"
    return ""
