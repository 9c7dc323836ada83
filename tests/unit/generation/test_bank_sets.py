"""What holds for all questions of a pack together, whatever the seed."""

import re
from collections import Counter

from quizapp.facts.model import FactId, Pack
from quizapp.generation.bank import KINDS
from quizapp.generation.lint import find_faults
from quizapp.generation.set_rules import check_questions
from quizapp.kinds.bank import Bank
from quizapp.kinds.choice import has_natural_order
from quizapp.kinds.question import FactKey
from tests.unit.generation.bank_cases import every_bank, get_fact


@every_bank
def test_true_and_false_are_balanced(pack: Pack, bank: Bank) -> None:
    answers = Counter(one.answer for one in bank.questions if one.kind == "true_false")
    assert len(pack.facts) > 10
    assert 0.4 <= answers["true"] / answers.total() <= 0.6


@every_bank
def test_the_right_option_stands_at_every_place_equally_often(pack: Pack, bank: Bank) -> None:
    places: dict[int, Counter[int]] = {}
    for question in bank.questions:
        texts = [option.text for option in question.options]
        if question.kind == "choice" and not has_natural_order(texts):
            key = texts.index(question.answer)
            places.setdefault(len(texts), Counter(dict.fromkeys(range(len(texts)), 0)))[key] += 1
    assert places, pack.origin.id
    for counts in places.values():
        assert max(counts.values()) - min(counts.values()) <= 2


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
        assert question.guess == {
            "choice": 1 / max(1, len(question.options)),
            "select_all": 0.5 if len(question.facts) > 1 else 0.5 ** len(question.options),
            "true_false": 0.5,
            "matching": 1 / max(1, len(question.options) + len(question.pairs or ())),
        }.get(question.kind, 0.0)


@every_bank
def test_questions_follow_the_facts_and_no_fact_is_lost(pack: Pack, bank: Bank) -> None:
    order = {FactKey(fact.id): fact.order for fact in pack.facts}
    keys = [(order[one.facts[0]], KINDS.index(one.kind)) for one in bank.questions]
    assert keys == sorted(keys)
    asked = {fact for one in bank.questions for fact in one.facts}
    refused = {fact for fact, why in bank.unused if why}
    assert asked | refused == set(order)
    assert not asked & refused
    ids = [one.id for one in bank.questions]
    assert len(set(ids)) == len(ids)


@every_bank
def test_every_kind_of_value_is_asked_in_three_kinds_or_more(pack: Pack, bank: Bank) -> None:
    kinds: dict[FactKey, set[str]] = {}
    for question in bank.questions:
        for fact in question.facts:
            kinds.setdefault(fact, set()).add(question.kind)
    asked = [fact for fact in pack.facts if fact.importance > 1]
    with_any = [fact for fact in asked if FactKey(fact.id) in kinds]
    with_three = [fact for fact in asked if len(kinds.get(FactKey(fact.id), ())) >= 3]
    assert len(with_any) >= 0.95 * len(asked)
    assert len(with_three) >= 0.5 * len(asked)


@every_bank
def test_no_size_is_asked_without_its_year_and_no_open_list_negatively(
    pack: Pack, bank: Bank
) -> None:
    for question in bank.questions:
        facts = [pack.get_fact(FactId(one)) for one in question.facts]
        for fact in facts:
            if fact.predicate == "size" and fact.as_of is not None:
                assert str(fact.as_of.year) in question.stem
        if any(fact.closed is not True for fact in facts) and question.kind != "true_false":
            assert not re.search(r"\b(?:not|except|never)\b", question.stem), question.stem


@every_bank
def test_the_linter_finds_nothing_in_the_set(pack: Pack, bank: Bank) -> None:
    assert pack.facts
    assert check_questions(bank.questions) == ()
