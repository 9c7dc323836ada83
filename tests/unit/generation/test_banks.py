"""No question of any pack is wrong, whatever the seed."""

import re
from decimal import Decimal
from itertools import pairwise

from quizapp.facts.folding import fold
from quizapp.facts.model import FactId, Pack
from quizapp.facts.values import PartialDate, Quantity, overlap
from quizapp.generation.bank import generate
from quizapp.generation.figures import is_figure_apart
from quizapp.generation.wording import (
    HEDGES,
    keeps_hedge,
    name_entity,
    write_hedged,
)
from quizapp.kinds.bank import Bank
from quizapp.kinds.registry import get_kind
from tests.factories.fact_packs import get_pack
from tests.unit.generation.bank_cases import FOLDERS, every_bank, find_named, get_fact, is_right


@every_bank
def test_no_wrong_option_is_true_under_any_name(pack: Pack, bank: Bank) -> None:
    checked = 0
    for question in bank.questions:
        fact = get_fact(pack, question)
        asks_subject = fold(question.answer) == fold(name_entity(pack.entities[fact.subject]))
        if asks_subject or len(question.facts) > 1:
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
        if len(question.facts) > 1:
            continue
        for text in (question.stem, question.feedback):
            for claimant in fact.said:
                assert fold(name_entity(pack.entities[claimant])) in fold(text), question.id
            if isinstance(fact.value, Quantity):
                assert keeps_hedge(HEDGES[fact.value.comparison], fold(text)), question.id
        for other in (pack.get_fact(one) for one in fact.conflicts):
            if isinstance(other.value, Quantity):
                assert write_hedged(other.value) in fold(question.feedback)


@every_bank
def test_a_false_statement_differs_in_one_value_that_is_not_documented(
    pack: Pack, bank: Bank
) -> None:
    truths = {one.facts: one for one in bank.questions if one.kind == "true_false"}
    for question in truths.values():
        fact = get_fact(pack, question)
        if question.answer == "true" or not isinstance(fact.value, Quantity):
            continue
        assert f" {write_hedged(fact.value)} " not in f" {question.stem[:-1]} ", question.stem
        assert HEDGES[fact.value.comparison] in question.stem
        if fact.value.comparison not in ("=", "~"):
            assert re.search(r"\b(?:given|gave) ", question.stem), question.stem


@every_bank
def test_what_is_matched_and_ordered_is_what_the_facts_say(pack: Pack, bank: Bank) -> None:
    for question in bank.questions:
        facts = [pack.get_fact(FactId(one)) for one in question.facts]
        if question.kind == "ordering":
            dates = [fact.value for fact in facts]
            for earlier, later in pairwise(dates):
                assert isinstance(earlier, PartialDate)
                assert isinstance(later, PartialDate)
                assert earlier.last < later.first
        for fact, (prompt, match) in zip(facts, question.pairs or (), strict=False):
            assert fold(prompt) == fold(name_entity(pack.entities[fact.subject]))
            assert is_right(pack, fact, match)
            others = [text for _, text in question.pairs or () if text != match]
            others += [option.text for option in question.options]
            assert not any(is_right(pack, fact, text) for text in others)


@every_bank
def test_what_is_ticked_and_typed_is_right(pack: Pack, bank: Bank) -> None:
    for question in bank.questions:
        fact = get_fact(pack, question)
        if question.kind in ("cloze", "numeric", "date"):
            kind = get_kind(question.kind)
            for text in (question.answer, *question.accept):
                response = kind.parse(question, {"answer": text})
                assert kind.mark(question, response).right, (question.id, text)
        if question.kind == "select_all" and len(question.facts) == 1:
            for option in question.options:
                assert is_right(pack, fact, option.text) is option.correct


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
