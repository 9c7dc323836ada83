"""Figures that are open to one side: asked, and stated, as the bound that is given."""

import re

from quizapp.facts.model import Ask, Fact
from quizapp.facts.values import Quantity
from quizapp.generation.drafts import Draft
from quizapp.generation.wording import BOUNDS, HEDGES, is_bound

_COUNT = "the number of "
_DONE = re.compile(r"\{whom\} (\w+ed\b.*)")
_PLAIN = ("stated", "claim", "reported", "unofficial")


def choose_stem(draft: Draft, ask: Ask) -> str:
    """Return the template of the question; for a bound it asks which one is given.

    "At least 60" may be true where "at least 40" is, but only one of the two is given.
    """
    value, slot = draft.fact.value, draft.standing.predicate.slot
    if ask.end != "value" or not isinstance(value, Quantity) or not is_bound(value):
        return ask.stem
    given = _write_given(draft.fact)
    if value.comparison not in BOUNDS:
        many = "how many" if "{whom}" in slot else f"how many {value.unit}"
        return f"{slot} {given} as {HEDGES[value.comparison]} {many}"
    bound = f"which {BOUNDS[value.comparison]}"
    counted = slot.removeprefix(_COUNT)
    done = _DONE.match(counted)
    if counted == slot:
        return f"{bound} {given} for {slot}"
    if done is None:
        return f"{bound} number of {counted} {given}"
    return f"{bound} number of {{whom}} {given} as {done[1]}"


def give_figure(draft: Draft) -> str:
    """Return the template that says which bound is given, by the claimant if there is one."""
    slot, fact = draft.standing.predicate.slot, draft.fact
    figure = "{figure}" if "{whom}" in slot else "{amount}"
    if len(fact.said) == 1 and fact.status in _PLAIN:
        return f"{{said}} gave {slot} as {figure}"
    return f"{slot} {_write_given(fact)} as {figure}"


def _write_given(fact: Fact) -> str:
    """What nobody in particular gives stands in the article now."""
    return "{t:is|was} given" if fact.said else "is given"
