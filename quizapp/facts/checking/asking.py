"""Lists that may be incomplete, and facts that no template can ask for."""

import re
from collections.abc import Iterator

from quizapp.facts.checking.problems import PackProblem, find_note, report
from quizapp.facts.checking.wording import describe_slot, describe_value
from quizapp.facts.model import Ask, Fact, Pack
from quizapp.facts.values import Entities

_OPEN_WORDS = re.compile(
    r"\b(?:such as|for example|for instance|among (?:them|others)|including|and others|and so on"
    r"|etc|(?:is|are|list) incomplete|(?:is|are|have|has|were|was) lost|lost (?:all )?its names)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|except|neither|nor|without|\w+n't)\b", re.IGNORECASE
)


def check_open_lists(pack: Pack) -> Iterator[PackProblem]:
    """Yield the lists declared open, and those that their passage makes doubtful."""
    for fact in pack.facts:
        value = fact.value
        if not isinstance(value, Entities):
            continue
        slot = describe_slot(pack, fact)
        if fact.closed is False:
            text = f"{slot}: the list of {describe_value(pack, value)} is incomplete"
            explanation = find_note(fact) or "declared `set: open`"
            yield report("open-list", (fact,), text, "", explanation=explanation)
        elif found := _OPEN_WORDS.search(fact.at.quote):
            yield report(
                "open-list",
                (fact,),
                f"{slot}: the passage says \u201c{found.group()}\u201d, so more may belong to it",
                "write `set: open`, or quote the words that say the list is complete",
                severity="error" if fact.closed else "warning",
                explanation=None if fact.closed else find_note(fact),
            )


def check_negative_asks(pack: Pack) -> Iterator[PackProblem]:
    """Yield lists that may be incomplete and whose predicate asks what is not in them."""
    for fact in pack.facts:
        predicate = pack.predicates[fact.predicate]
        if predicate.functional or fact.closed or not isinstance(fact.value, Entities):
            continue
        stems = [ask.stem for ask in predicate.asks if _NEGATION.search(ask.stem)]
        for stem in stems:
            yield report(
                "negative-on-open-list",
                (fact,),
                f"{describe_slot(pack, fact)}: \u201c{stem}\u201d asks what is not in a list that "
                "may be incomplete",
                "ask what is in it, or write `set: closed` if the passage says so",
                severity="error",
            )


def check_askable(pack: Pack) -> Iterator[PackProblem]:
    """Yield facts for which their predicate has no template that fits.

    A statement is enough where another value can be proven false: one value, or a closed list.
    """
    for fact in pack.facts:
        predicate = pack.predicates[fact.predicate]
        complete = predicate.functional or bool(fact.closed)
        if any(_fits(pack, ask, fact) for ask in predicate.asks):
            continue
        if predicate.statement and complete and not _is_hidden(pack, fact):
            continue
        hidden = (
            "its subject's name gives the value away (`hide`)" if _is_hidden(pack, fact) else None
        )
        yield report(
            "not-askable",
            (fact,),
            f"{describe_slot(pack, fact)}: no template of its predicate can ask for it",
            "add a template to the predicate, or a note why it is not to be asked",
            explanation=hidden or find_note(fact) or _explain_open(fact),
        )


def _fits(pack: Pack, ask: Ask, fact: Fact) -> bool:
    if ask.subjects and pack.entities[fact.subject].type not in ask.subjects:
        return False
    if ask.end in ("member", "several"):
        return bool(fact.closed)
    incomplete = isinstance(fact.value, Entities) and fact.closed is False
    return not incomplete and not _is_hidden(pack, fact)


def _is_hidden(pack: Pack, fact: Fact) -> bool:
    return fact.predicate in pack.entities[fact.subject].hide


def _explain_open(fact: Fact) -> str | None:
    """Of a list that may be incomplete no question has one right answer."""
    return "declared `set: open`" if fact.closed is False else None
