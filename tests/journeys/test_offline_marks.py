"""What the browser says of an answer without a network is what the server says afterwards."""

from collections.abc import Iterator
from itertools import chain, combinations, product

from quizapp.errors import InvalidError
from quizapp.kinds.question import KindName, Question
from quizapp.kinds.registry import get_kind
from quizapp.web.kinds.given import Fields
from quizapp.web.kinds.keys import list_problems, list_right
from tests.factories.kinds import ALL, make_kind
from tests.journeys.conftest import Opener

MARK = """async ([script, cases]) => {
  const { findProblem, mark } = await import(script);
  return cases.map(([question, fields]) => [
    findProblem(question, fields), mark(question, fields),
  ]);
}"""
GIVEN_UP = {"answer": ["dont_know"]}
TYPED: dict[KindName, tuple[str, ...]] = {
    "cloze": (
        *("Uranus", " uranus ", "URANUS", "Uranüs", "the Uranus", "Urannus", "Neptune", "", " "),
        *("Ouranos", "George's Star", "george\u2019s  star", "Georges Star", "Ura nus", "1781"),
    ),
    "numeric": ("5,000", "5000", "5 000", "5,000 soldiers", "five thousand", "5", "5.000", "x"),
    "date": ("13 March 1781", "13 march  1781", "1781-03-13", "March 1781", "1781", "14 May 1781"),
}


def list_fields(question: Question) -> Iterator[dict[str, list[str]]]:
    """Yield all answers that a form can send, or many where one types."""
    yield from ({}, GIVEN_UP)
    if question.kind in TYPED:
        yield from ({"answer": [text]} for text in TYPED[question.kind])
    elif question.kind in {"ordering", "matching"}:
        parts = question.order or question.pairs or ()
        first, name = (1, "place") if question.kind == "ordering" else (0, "match")
        entries = ("", *map(str, range(first, len(parts) + 1)))
        for values in product(entries, repeat=len(parts)):
            yield {f"{name}_{number}": [value] for number, value in enumerate(values)}
    elif question.kind == "true_false":
        yield from ({"answer": [value]} for value in ("true", "false"))
    else:
        places = [str(place) for place in range(len(question.options))]
        sizes = range(1, len(places) + 1) if question.kind == "select_all" else (1,)
        for chosen in chain.from_iterable(combinations(places, size) for size in sizes):
            yield {"answer": list(chosen)}


def mark_on_server(question: Question, fields: dict[str, list[str]]) -> tuple[str, bool]:
    """Return why an answer is none, or whether it is right."""
    kind = get_kind(question.kind)
    try:
        response = kind.parse(question, Fields(fields))
    except InvalidError as problem:
        return str(problem).lower(), False
    return "", kind.mark(question, response).right


def test_the_browser_marks_as_the_server_does_or_leaves_it_to_the_server(
    open_reader: Opener,
) -> None:
    reader = open_reader()
    reader.visit("/offline")
    source = reader.page.locator("script[src$='/player.js']").get_attribute("src") or ""
    cases = [
        (question, fields)
        for question in map(make_kind, ALL)
        if question.kind != "flashcard"
        for fields in list_fields(question)
    ]
    sent = [
        (
            {
                "kind": question.kind,
                "right": list_right(question),
                "problems": list_problems(question),
            },
            fields,
        )
        for question, fields in cases
    ]
    marks = reader.page.evaluate(MARK, [source.replace("player.js", "offline/answers.js"), sent])
    assert {state for _, state in marks} == {"right", "wrong", "shown", "unknown"}
    for (question, fields), (problem, state) in zip(cases, marks, strict=True):
        reason, right = mark_on_server(question, fields)
        case = (question.kind, fields)
        if problem:
            assert problem.lower() == reason, case
        elif state == "unknown":
            assert question.kind in TYPED, case
        else:
            assert (reason, right) == ("", state == "right"), case
