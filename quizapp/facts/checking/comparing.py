"""When two facts answer one question, and whether their answers can both be right."""

from quizapp.facts.model import Fact, Pack
from quizapp.facts.values import (
    Entities,
    EntityId,
    PartialDate,
    Period,
    Quantity,
    Value,
    Words,
    overlap,
)


def find_time(fact: Fact) -> PartialDate | Period | None:
    """Return when the fact held or was given, None if it does not say."""
    if fact.start is not None and fact.end is not None:
        return Period(start=fact.start, end=fact.end)
    return fact.as_of or fact.start or fact.end


def differ_in_time(one: Fact, other: Fact) -> bool:
    """Return whether both facts are dated and their times have no day in common."""
    first, second = find_time(one), find_time(other)
    return first is not None and second is not None and not overlap(first, second)


def key_slot(pack: Pack, fact: Fact) -> tuple[object, ...]:
    """Return what the fact answers, whoever says so: subject, predicate, unit, whom, language."""
    value = fact.value
    own: tuple[object, ...] = (type(value).__name__,)
    if isinstance(value, Quantity):
        own = (value.unit.casefold(), value.of)
    elif isinstance(value, Words):
        own = ("words", value.lang)
    elif isinstance(value, Entities):
        kinds = {pack.entities[one].place for one in value.ids if one in pack.entities}
        own = ("entities", frozenset(kinds))
    elif isinstance(value, (PartialDate, Period)):
        own = ("date",)
    return (fact.subject, fact.predicate, *own)


def disagree(pack: Pack, one: Value, other: Value) -> bool:
    """Return whether the values are two answers: a date within a month is none beside the month."""
    if isinstance(one, (PartialDate, Period)) and isinstance(other, (PartialDate, Period)):
        return not overlap(one, other)
    if isinstance(one, Entities) and isinstance(other, Entities):
        return not (_holds_all(pack, one, other) and _holds_all(pack, other, one))
    if isinstance(one, Words) and isinstance(other, Words):
        return one.text.casefold() != other.text.casefold()
    return one != other


def _holds_all(pack: Pack, one: Entities, other: Entities) -> bool:
    """Whether each member of the other is in the first, or is the same as one that is."""
    return all(any(_are_same(pack, first, second) for first in one.ids) for second in other.ids)


def _are_same(pack: Pack, one: EntityId, other: EntityId) -> bool:
    if one == other:
        return True
    first, second = pack.entities.get(one), pack.entities.get(other)
    if first is None or second is None:
        return False
    return other in first.same_as or one in second.same_as
