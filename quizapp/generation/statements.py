"""A fact as a sentence of its own, for lists and reports."""

from quizapp.facts.model import Fact, Pack
from quizapp.generation.feedback import write_fact
from quizapp.generation.slots import examine_fact


def state_fact(pack: Pack, fact: Fact) -> str:
    """Return the fact as one sentence, with its hedge, its claimants and its date."""
    return write_fact(pack, examine_fact(pack, fact))
