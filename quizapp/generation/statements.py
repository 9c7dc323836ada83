"""A fact as a sentence of its own, for lists and reports."""

from quizapp.facts.model import Fact, Pack
from quizapp.generation.drafts import Draft, write_fact
from quizapp.generation.slots import examine_fact


def state_fact(pack: Pack, fact: Fact) -> str:
    """Return the fact as one sentence, with its hedge, its claimants and its date."""
    standing = examine_fact(pack, fact)
    return write_fact(Draft(pack=pack, standing=standing, template="", kind="flashcard", seed=0))
