"""What holds for every question of every pack, whatever the seed."""

import os
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from quizapp.errors import InvalidError
from quizapp.facts.folding import fold
from quizapp.facts.model import Entity, Fact, FactId, Pack
from quizapp.facts.values import Entities, PartialDate, Quantity, overlap
from quizapp.formats.questions_json import write_questions
from quizapp.generation.bank import KINDS, generate
from quizapp.generation.figures import is_figure_apart
from quizapp.generation.lint import find_faults
from quizapp.generation.wording import HEDGES, name_entity, write_date, write_figure
from quizapp.kinds.bank import Bank
from quizapp.kinds.choice import has_natural_order
from quizapp.kinds.question import FactKey, Question
from tests.factories.fact_packs import get_pack, list_pack_folders, make_tiny_pack

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


def is_right(pack: Pack, fact: Fact, text: str) -> bool:
    """Whether the text says a value of the slot, under any spelling, grain or hedge."""
    named = {entity.id for entity in find_named(pack, text)}
    for other in list_values(pack, fact):
        value = other.value
        if isinstance(value, Entities) and named & set(value.ids):
            return True
        if isinstance(value, PartialDate) and write_date(value) == text:
            return True
        if isinstance(value, Quantity) and write_figure(value) == text:
            return True
    return False


@every_bank
def test_no_wrong_option_is_true_under_any_name(pack: Pack, bank: Bank) -> None:
    checked = 0
    for question in bank.questions:
        fact = get_fact(pack, question)
        if fold(question.answer) == fold(name_entity(pack.entities[fact.subject])):
            continue
        for option in question.options:
            if not option.correct:
                checked += 1
                assert not is_right(pack, fact, option.text), (question.id, option.text)
    assert checked > 40


@every_bank
def test_the_right_option_says_the_fact(pack: Pack, bank: Bank) -> None:
    for question in bank.questions:
        if question.kind != "choice":
            continue
        fact = get_fact(pack, question)
        right = [option.text for option in question.options if option.correct]
        assert right == [question.answer]
        subject = pack.entities[fact.subject]
        asked_subject = fold(right[0]) == fold(name_entity(subject))
        assert asked_subject or is_right(pack, fact, right[0]), question.id


@every_bank
def test_a_subject_offered_as_wrong_has_another_value_of_its_own(pack: Pack, bank: Bank) -> None:
    for question in bank.questions:
        fact = get_fact(pack, question)
        subject = pack.entities[fact.subject]
        if question.kind != "choice" or fold(question.answer) != fold(name_entity(subject)):
            continue
        for option in question.options:
            if option.correct:
                continue
            (entity,) = find_named(pack, option.text)
            own = pack.list_facts(entity.id, fact.predicate)
            assert own, (question.id, option.text)
            for other in own:
                if isinstance(other.value, PartialDate) and isinstance(fact.value, PartialDate):
                    assert not overlap(other.value, fact.value)
                else:
                    assert other.value != fact.value


@every_bank
def test_every_wrong_option_carries_its_certificate(pack: Pack, bank: Bank) -> None:
    for question in bank.questions:
        for option in question.options:
            assert (option.refuted_by is None) is option.correct
            if option.refuted_by is not None:
                named = re.findall(r"\((\w+)\)", option.refuted_by)
                assert named
                assert all(pack.get_fact(FactId(one)) for one in named)


@every_bank
def test_a_claim_never_stands_without_its_claimant_hedge_and_rivals(pack: Pack, bank: Bank) -> None:
    for question in bank.questions:
        fact = get_fact(pack, question)
        for text in (question.stem, question.feedback):
            for claimant in fact.said:
                assert fold(name_entity(pack.entities[claimant])) in fold(text), question.id
            if isinstance(fact.value, Quantity):
                assert HEDGES[fact.value.comparison] in fold(text), question.id
        for other in (pack.get_fact(one) for one in fact.conflicts):
            if isinstance(other.value, Quantity):
                assert write_figure(other.value).split(" to ")[0] in question.feedback


@every_bank
def test_a_false_statement_differs_in_one_value_that_is_not_documented(
    pack: Pack, bank: Bank
) -> None:
    truths = {one.facts: one for one in bank.questions if one.kind == "true_false"}
    for question in truths.values():
        fact = get_fact(pack, question)
        if question.answer == "true" or not isinstance(fact.value, Quantity):
            continue
        figures = [word.replace(",", "") for word in re.findall(r"\d[\d,]*", question.stem)]
        true = f"{fact.value.low:f}"
        assert true not in figures, question.stem
        assert fact.value.comparison in ("=", "~")
        assert fact.value.unit in question.stem


@every_bank
def test_true_and_false_are_balanced(pack: Pack, bank: Bank) -> None:
    answers = Counter(one.answer for one in bank.questions if one.kind == "true_false")
    assert len(pack.facts) > 10
    assert 0 <= answers["true"] - answers["false"] <= 1


@every_bank
def test_the_right_option_stands_at_every_place_equally_often(pack: Pack, bank: Bank) -> None:
    places: dict[int, Counter[int]] = {}
    for question in bank.questions:
        texts = [option.text for option in question.options]
        if texts and not has_natural_order(texts):
            key = texts.index(question.answer)
            places.setdefault(len(texts), Counter(dict.fromkeys(range(len(texts)), 0)))[key] += 1
    assert places, pack.origin.id
    for counts in places.values():
        assert max(counts.values()) - min(counts.values()) <= 1


@every_bank
def test_every_question_passes_the_linter_and_has_its_place_in_the_article(
    pack: Pack, bank: Bank
) -> None:
    for question in bank.questions:
        fact = get_fact(pack, question)
        assert find_faults(question, fact, pack) == ()
        assert pack.article.locate(fact.at) is not None
        assert question.source.quote == fact.at.quote
        assert 0 <= question.difficulty <= 1
        assert (
            question.guess
            == {
                "choice": 1 / max(1, len(question.options)),
                "true_false": 0.5,
                "flashcard": 0.0,
            }[question.kind]
        )


@every_bank
def test_questions_follow_the_facts_and_no_fact_is_lost(pack: Pack, bank: Bank) -> None:
    order = {FactKey(fact.id): fact.order for fact in pack.facts}
    keys = [(order[one.facts[0]], KINDS.index(one.kind)) for one in bank.questions]
    assert keys == sorted(keys)
    asked = {one.facts[0] for one in bank.questions}
    refused = {fact for fact, why in bank.unused if why}
    assert asked | refused == set(order)
    assert not asked & refused
    ids = [one.id for one in bank.questions]
    assert len(set(ids)) == len(ids)


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


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.name))
def test_a_kind_made_alone_is_the_same_as_among_others(folder: Path) -> None:
    pack = get_pack(folder)
    whole = generate(pack).questions
    for kind in KINDS:
        alone = generate(pack, kinds=[kind]).questions
        assert alone == tuple(one for one in whole if one.kind == kind)


def test_two_processes_with_other_hash_seeds_write_the_same_bytes() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from quizapp.facts.packs import load_pack\n"
        "from quizapp.formats.questions_json import write_questions\n"
        "from quizapp.generation.bank import generate\n"
        "for name in sys.argv[1:]:\n"
        "    bank = generate(load_pack(Path(name)), seed=3)\n"
        "    sys.stdout.buffer.write(write_questions(bank, name, 3))\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code, *map(str, FOLDERS)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 10_000


def test_a_kind_that_is_not_made_is_refused(tmp_path: Path) -> None:
    pack = make_tiny_pack(tmp_path, "id: a, s: ash, p: leader, v: bob")
    with pytest.raises(InvalidError, match="choose from choice, true_false, flashcard"):
        generate(pack, kinds=["ordering"])


def test_no_wrong_figure_of_any_bank_lies_inside_the_hedge_of_the_slot() -> None:
    checked = 0
    for folder in FOLDERS:
        pack = get_pack(folder)
        for question in generate(pack, kinds=["choice"]).questions:
            value = get_fact(pack, question).value
            if not isinstance(value, Quantity) or value.is_range:
                continue
            for option in question.options:
                if not option.correct and option.text.replace(",", "").isdigit():
                    checked += 1
                    figure = Decimal(option.text.replace(",", ""))
                    wrong = Quantity(low=figure, high=figure)
                    assert is_figure_apart(wrong, value), question.id
    assert checked > 60
