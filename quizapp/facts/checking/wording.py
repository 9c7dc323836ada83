"""Facts and values in a few words, for reports."""

from collections.abc import Mapping
from decimal import Decimal

from quizapp.facts.model import Fact, Pack
from quizapp.facts.values import Comparison, Entities, EntityId, Period, Quantity, Value, Words

_HEDGES: Mapping[Comparison, str] = {
    "=": "",
    ">=": "at least ",
    ">": "more than ",
    "<=": "at most ",
    "<": "fewer than ",
    "~": "about ",
}


def describe_value(pack: Pack, value: Value) -> str:
    """Return the value in a few words."""
    if isinstance(value, Entities):
        return ", ".join(name_entity(pack, one) for one in value.ids)
    if isinstance(value, Quantity):
        return f"{_HEDGES[value.comparison]}{_write_figures(value)} {value.unit}".rstrip()
    if isinstance(value, Words):
        return f"\u201c{value.text}\u201d"
    if isinstance(value, Period):
        return f"{value.start.iso} to {value.end.iso}"
    return value.iso


def describe_fact(pack: Pack, fact: Fact) -> str:
    """Return the fact's value with its id and, where given, its claimants and date."""
    said = " via ".join(name_entity(pack, one) for one in fact.said)
    date = "" if fact.as_of is None else fact.as_of.iso
    frame = ", ".join(part for part in (said, date) if part)
    value = describe_value(pack, fact.value)
    return f"{value} ({fact.id}: {frame})" if frame else f"{value} ({fact.id})"


def describe_slot(pack: Pack, fact: Fact) -> str:
    """Return subject and predicate: "killed of the Battle of Tinzaouaten"."""
    predicate = fact.predicate.replace("_", " ")
    return f"{predicate} of {name_entity(pack, fact.subject)}"


def name_entity(pack: Pack, identity: EntityId) -> str:
    """Return the entity's name, its id where it is lost."""
    entity = pack.entities.get(identity)
    return identity if entity is None else entity.name


def _write_figures(value: Quantity) -> str:
    figures = [_write_figure(value.low)]
    if value.is_range:
        figures.append(_write_figure(value.high))
    return " to ".join(figures)


def _write_figure(number: Decimal) -> str:
    return f"{number.normalize():,f}"
