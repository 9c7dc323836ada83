"""The banks of all packs with several seeds, and what a text says beside a fact."""

from itertools import product

import pytest

from quizapp.facts.model import Entity, Fact, FactId, Pack
from quizapp.facts.values import Entities, PartialDate, Quantity, overlap
from quizapp.generation.bank import generate
from quizapp.generation.wording import (
    write_date,
    write_figure,
)
from quizapp.kinds.question import Question
from tests.factories.fact_packs import get_pack, list_pack_folders

FOLDERS = list_pack_folders()
SEEDS = (0, 1, 7)
CASES = [
    pytest.param(
        get_pack(folder), generate(get_pack(folder), seed=seed), id=f"{folder.name}-{seed}"
    )
    for folder, seed in product(FOLDERS, SEEDS)
]
every_bank = pytest.mark.parametrize(("pack", "bank"), CASES)


def get_fact(pack: Pack, question: Question) -> Fact:
    return pack.get_fact(FactId(question.facts[0]))


def list_values(pack: Pack, fact: Fact) -> list[Fact]:
    """The fact, and every other one of the slot: other claimants, conflicts, revisions."""
    linked = {*fact.conflicts, *fact.supersedes}
    return [
        other
        for other in pack.facts
        if other.id == fact.id
        or other.id in linked
        or fact.id in (*other.conflicts, *other.supersedes)
        or (
            (other.subject, other.predicate) == (fact.subject, fact.predicate)
            and not (other.as_of and fact.as_of and not overlap(other.as_of, fact.as_of))
        )
    ]


def find_named(pack: Pack, text: str) -> list[Entity]:
    return list(pack.find_entities(text)) or list(pack.find_entities(text.removeprefix("The ")))


def is_told_apart(fact: Fact, other: Fact) -> bool:
    """Whether the frame of the fact says by claimant or status that the other one is not meant."""
    told = bool(fact.said) or fact.status not in ("stated", "claim")
    return told and (other.said, other.status) != (fact.said, fact.status)


def is_right(pack: Pack, fact: Fact, text: str) -> bool:
    """Whether the text says a value of the slot, under any spelling, grain or hedge.

    The figure of another version is not right where the frame tells the versions apart.
    """
    named = {entity.id for entity in find_named(pack, text)}
    for other in list_values(pack, fact):
        value = other.value
        apart = other.id != fact.id and is_told_apart(fact, other)
        if apart and isinstance(value, Quantity):
            continue
        if isinstance(value, Entities) and named & set(value.ids):
            return True
        if isinstance(value, PartialDate) and write_date(value) == text:
            return True
        if isinstance(value, Quantity) and write_figure(value) == text:
            return True
    return False
