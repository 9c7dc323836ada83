"""Facts that change with time and carry none, and events of which no fact tells the date."""

from collections.abc import Iterator

from quizapp.facts.checking.comparing import find_time
from quizapp.facts.checking.problems import PackProblem, find_note, report
from quizapp.facts.checking.wording import describe_fact, describe_slot, name_entity
from quizapp.facts.model import Fact, Pack, PredicateName
from quizapp.facts.values import EntityId, PartialDate, Period

_CHANGING = frozenset({"size", "count", "share", "support"})
"""Shipped predicates whose values change from year to year."""

_HAPPENINGS = frozenset({"event", "conflict", "publication"})
"""Entities with a date of their own, which is then that of what is said of them."""


def check_undated(pack: Pack) -> Iterator[PackProblem]:
    """Yield facts without a time where the predicate is one that changes with time.

    Besides the shipped ones these are the predicates of which the pack dates another fact.
    """
    dated = {fact.predicate for fact in _list_lasting(pack) if find_time(fact) is not None}
    changing = dated | {PredicateName(name) for name in _CHANGING}
    for fact in _list_lasting(pack):
        if fact.predicate in changing and find_time(fact) is None:
            value = describe_fact(pack, fact)
            yield report(
                "undated",
                (fact,),
                f"{describe_slot(pack, fact)}: {value} changes with time and has no date",
                "add `as_of`, or `from` and `to`, or a note why the source gives none",
                explanation=find_note(fact),
            )


def check_undated_events(pack: Pack) -> Iterator[PackProblem]:
    """Yield events without any date in the facts about them."""
    facts: dict[EntityId, list[Fact]] = {}
    for fact in pack.facts:
        if pack.entities[fact.subject].type == "event":
            facts.setdefault(fact.subject, []).append(fact)
    for event, about in facts.items():
        if any(_tells_time(fact) for fact in about) or "date" in pack.entities[event].hide:
            continue
        yield report(
            "undated-event",
            about,
            f"{name_entity(pack, event)}: no fact tells when it was",
            "add its date, or a note why the source gives none",
            explanation=find_note(*about),
        )


def _list_lasting(pack: Pack) -> Iterator[Fact]:
    for fact in pack.facts:
        if pack.entities[fact.subject].type not in _HAPPENINGS:
            yield fact


def _tells_time(fact: Fact) -> bool:
    return isinstance(fact.value, (PartialDate, Period)) or find_time(fact) is not None
