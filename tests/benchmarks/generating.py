"""Questions from a pack with many times the facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from quizapp.facts.model import Entity, Fact, FactId, Pack
from quizapp.facts.values import Entities, EntityId, Quantity, Value
from quizapp.generation.bank import generate
from tests.benchmarks.measuring import Ratio, Sizes, compare
from tests.factories.fact_packs import get_pack, list_pack_folders

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# A call with a hundred copies takes more than a minute.
_CALLS = 1
# What the copies may cost above their number.
_SLACK = 1.25


def measure_generation(sizes: Sizes) -> dict[str, Ratio]:
    """Compare generation from copies of the shipped pack with that from one of them.

    In proportion to the facts, the ratio is the number of copies.

    Raises:
        RuntimeError: the copies do not give as many questions each as the pack.
    """
    pack = get_pack(next(folder for folder in list_pack_folders() if folder.name == "jnim"))
    return {f"generation_{copies}x": _compare(pack, copies) for copies in sizes.copies}


def _compare(pack: Pack, copies: int) -> Ratio:
    copied = copy_pack(pack, copies)
    made: dict[str, int] = {}

    def count(name: str, source: Pack) -> None:
        made[name] = len(generate(source).questions)

    ratio = compare(
        ours=lambda _: count("many", copied),
        baseline=lambda _: count("one", pack),
        calls=_CALLS,
        aim=_SLACK * copies,
        warm=0,
    )
    if made["many"] < made["one"] * copies * 0.9:
        raise RuntimeError(f"{copies} copies gave {made['many']} questions, one {made['one']}")
    return ratio


def copy_pack(pack: Pack, copies: int) -> Pack:
    """Return a pack with so many copies of each entity and fact, under names of their own."""
    entities: dict[EntityId, Entity] = {}
    facts: list[Fact] = []
    for first, second in islice(product(_LETTERS, _LETTERS), copies):
        letter = f"{first}{second.lower()}"
        entities |= {copy.id: copy for copy in _copy_entities(pack.entities, letter)}
        facts += _copy_facts(pack.facts, letter, start=len(facts))
    return replace(pack, entities=entities, facts=tuple(facts))


def _copy_entities(entities: Mapping[EntityId, Entity], letter: str) -> Iterator[Entity]:
    for entity in entities.values():
        yield replace(
            entity,
            id=_rename(entity.id, letter),
            name=f"{letter}{entity.name}",
            long=entity.long and f"{letter}{entity.long}",
            aliases=tuple(f"{letter}{alias}" for alias in entity.aliases),
            names=tuple(replace(name, text=f"{letter}{name.text}") for name in entity.names),
            same_as=tuple(_rename(other, letter) for other in entity.same_as),
        )


def _copy_facts(facts: Sequence[Fact], letter: str, start: int) -> Iterator[Fact]:
    for fact in facts:
        yield replace(
            fact,
            id=FactId(f"{fact.id}-{letter}"),
            subject=_rename(fact.subject, letter),
            value=_copy_value(fact.value, letter),
            order=start + fact.order,
            said=tuple(_rename(one, letter) for one in fact.said),
            conflicts=tuple(FactId(f"{one}-{letter}") for one in fact.conflicts),
            supersedes=tuple(FactId(f"{one}-{letter}") for one in fact.supersedes),
        )


def _copy_value(value: Value, letter: str) -> Value:
    if isinstance(value, Entities):
        return Entities(ids=tuple(_rename(one, letter) for one in value.ids))
    if isinstance(value, Quantity) and value.of is not None:
        return replace(value, of=_rename(value.of, letter))
    return value


def _rename(identity: EntityId, letter: str) -> EntityId:
    return EntityId(f"{identity}-{letter}")
