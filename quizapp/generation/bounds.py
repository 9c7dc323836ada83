"""Figures that are open to one side, stated as the bound that is given.

"At least 60" may be true where "at least 40" is, but only one of the two is given.
"""

from quizapp.facts.model import Fact
from quizapp.generation.drafts import Draft
from quizapp.generation.frames import is_published

COUNT = "the number of "
_PLAIN = ("stated", "claim", "reported", "unofficial")


def give_figure(draft: Draft) -> str:
    """Return the template that says which bound is given, by the claimant if there is one."""
    slot, fact = draft.standing.predicate.slot, draft.fact
    figure = "{figure}" if "{whom}" in slot else "{amount}"
    if len(fact.said) == 1 and fact.status in _PLAIN:
        gave = "{said:gives|give}" if is_published(draft.pack, fact) else "gave"
        return f"{{said}} {gave} {slot} as {figure}"
    return f"{slot} {_write_given(fact)} as {figure}"


def _write_given(fact: Fact) -> str:
    """What nobody in particular gives stands in the article now."""
    return "{t:is|was} given" if fact.said else "is given"
