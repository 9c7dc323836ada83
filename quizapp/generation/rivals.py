"""Facts that would give each other away: one's answer stands among the wrong options of the other.

Whoever has just learned what Vega is the answer to rules it out in the next question. The texts of
options are compared: why an option is wrong is told in words, which name no fact.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from quizapp.facts.folding import fold
from quizapp.kinds.question import FactKey, Question


def list_rivals_asked(questions: Iterable[Question]) -> frozenset[tuple[FactKey, FactKey]]:
    """Return the pairs of facts that are rivals, each pair both ways round."""
    asked = tuple(questions)
    answers: dict[str, set[FactKey]] = defaultdict(set)
    for question in asked:
        for fact, text in _list_answers(question):
            answers[fold(text)].add(fact)
    found = {
        (fact, rival)
        for question in asked
        for option in question.options
        if not option.correct
        for rival in answers.get(fold(option.text), ())
        for fact in question.facts
        if rival != fact
    }
    return frozenset(found | {(rival, fact) for fact, rival in found})


def _list_answers(question: Question) -> Iterator[tuple[FactKey, str]]:
    """Yield each fact that the question asks for with the text that answers it."""
    if question.kind == "true_false":
        return
    if len(question.facts) == 1:
        yield question.facts[0], question.answer
    texts = [match for _, match in question.pairs or ()]
    texts += [option.text for option in question.options if option.correct]
    if len(texts) == len(question.facts):
        yield from zip(question.facts, texts, strict=True)
