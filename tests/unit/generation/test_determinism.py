"""The same pack and seed give the same bytes anywhere, in time that grows with the facts."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizapp.errors import InvalidError
from quizapp.facts.model import Entity, Fact, FactId, Pack
from quizapp.facts.values import Entities, EntityId, Quantity
from quizapp.formats.questions_json import write_questions
from quizapp.generation.bank import KINDS, generate
from tests.factories.fact_packs import get_pack, make_tiny_pack
from tests.unit.generation.bank_cases import (
    FOLDERS,
    SEEDS,
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.name))
def test_ids_and_facts_asked_do_not_depend_on_the_seed(folder: Path) -> None:
    pack = get_pack(folder)
    cards = [
        [one.id for one in generate(pack, seed=seed, kinds=["flashcard"]).questions]
        for seed in SEEDS
    ]
    assert cards[0] == cards[1] == cards[2]
    banks = [write_questions(generate(pack, seed=seed), "p", 0) for seed in (0, 0, 1)]
    assert banks[0] == banks[1]
    assert banks[0] != banks[2]


def test_a_kind_made_alone_is_the_same_as_among_others() -> None:
    pack = get_pack(next(folder for folder in FOLDERS if folder.name == "cartographer"))
    whole = generate(pack).questions
    for kind in KINDS:
        alone = generate(pack, kinds=[kind]).questions
        assert alone == tuple(one for one in whole if one.kind == kind)


def write_elsewhere(python: str, hash_seed: str) -> bytes:
    code = (
        "import sys; from pathlib import Path\n"
        "from quizapp.facts.packs import load_pack\n"
        "from quizapp.formats.questions_json import write_questions\n"
        "from quizapp.generation.bank import generate\n"
        "for name in sys.argv[1:]:\n"
        "    bank = generate(load_pack(Path(name)), seed=3)\n"
        "    sys.stdout.buffer.write(write_questions(bank, name, 3))\n"
    )
    return subprocess.run(
        [python, "-c", code, *map(str, FOLDERS)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        check=True,
    ).stdout


def test_two_processes_with_other_hash_seeds_write_the_same_bytes() -> None:
    outputs = [write_elsewhere(sys.executable, seed) for seed in ("1", "2")]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 10_000


@pytest.mark.parametrize("version", ["3.12", "3.13"])
def test_another_version_of_python_writes_the_same_bytes(version: str) -> None:
    python = shutil.which(f"python{version}")
    needed = "import yaml, markdown_it"
    if python is None or subprocess.run([python, "-c", needed], check=False).returncode:
        pytest.skip(f"no Python {version} with the dependencies")
    assert write_elsewhere(python, "1") == write_elsewhere(sys.executable, "2")


def scale(pack: Pack, times: int) -> Pack:
    """Return a pack of so many copies of a pack, each with names and ids of its own."""
    entities: dict[EntityId, Entity] = {}
    facts: list[Fact] = []
    for copy in range(times):

        def rename(identity: str, copy: int = copy) -> EntityId:
            return EntityId(f"{identity}_{copy}")

        for entity in pack.entities.values():
            new = replace(entity, id=rename(entity.id), name=f"{entity.name} K{copy}", aliases=())
            entities[new.id] = replace(new, same_as=tuple(map(rename, entity.same_as)))
        for fact in pack.facts:
            value = fact.value
            if isinstance(value, Entities):
                value = Entities(ids=tuple(map(rename, value.ids)))
            elif isinstance(value, Quantity) and value.of is not None:
                value = replace(value, of=rename(value.of))
            facts.append(
                replace(
                    fact,
                    id=FactId(rename(fact.id)),
                    subject=rename(fact.subject),
                    value=value,
                    order=len(facts),
                    said=tuple(map(rename, fact.said)),
                    conflicts=tuple(FactId(rename(one)) for one in fact.conflicts),
                    supersedes=tuple(FactId(rename(one)) for one in fact.supersedes),
                )
            )
    return replace(pack, entities=entities, facts=tuple(facts))


def count_calls(pack: Pack) -> int:
    """Return how many functions a generation calls: work without the noise of a clock."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        generate(pack)
    finally:
        sys.setprofile(None)
    return calls


def test_work_grows_with_the_facts_and_not_with_their_square() -> None:
    pack = get_pack(next(folder for folder in FOLDERS if folder.name == "planets"))
    few, many = (count_calls(scale(pack, times)) for times in (4, 16))
    assert many < 1.4 * 4 * few


def test_a_kind_that_is_not_made_is_refused(tmp_path: Path) -> None:
    pack = make_tiny_pack(tmp_path, "id: a, s: ash, p: leader, v: bob")
    unknown: Any = "riddle"
    with pytest.raises(InvalidError, match="choose from choice, select_all, true_false, cloze"):
        generate(pack, kinds=[unknown])
