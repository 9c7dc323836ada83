"""A hard fact told apart from a broken wording."""

from collections.abc import Mapping

import numpy as np
import pytest

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.findings import Report
from quizapp.psychometrics.intervals import find_facility_interval
from quizapp.psychometrics.marks import FloatArray, Item, make_marks


def draw(shares: Mapping[str, float], people: int = 400, seed: int = 0) -> FloatArray:
    """Right and wrong answers of people of different strength, each item as easy as told."""
    random = np.random.default_rng(seed)
    strength = random.normal(size=(people, 1))
    luck = random.normal(size=(people, len(shares)))
    scores = strength + luck
    ranks = scores.argsort(axis=0).argsort(axis=0) / people
    return np.asarray(ranks >= 1 - np.array(list(shares.values()))).astype(np.float64)


def analyse_wordings(
    shares: Mapping[str, float], people: int = 400, guess: float | None = None
) -> Report:
    """Items are named by fact and template, as "capital/cloze"."""
    items = [
        Item(
            name=name,
            maximum=1,
            facts=(name.partition("/")[0],),
            template=name.partition("/")[2],
            guess=guess,
        )
        for name in shares
    ]
    return analyse(make_marks(items, draw(shares, people)))


def test_a_fact_that_no_wording_makes_easy_is_hard() -> None:
    found = analyse_wordings({"coup/cloze": 0.15, "coup/choice": 0.2, "flag/cloze": 0.8})
    coup = found.facts[0]
    assert coup.fact == "coup"
    assert coup.items == ("coup/cloze", "coup/choice")
    assert coup.reading == "the fact is hard: so is every item that asks it"
    assert coup.look_at == ()


def test_a_wording_is_named_where_another_of_the_same_fact_is_not_hard() -> None:
    found = analyse_wordings({"coup/cloze": 0.15, "coup/choice": 0.7, "flag/cloze": 0.8})
    coup = found.facts[0]
    assert coup.reading == "look at the wording: other items ask the same fact and are not hard"
    assert coup.look_at == ("coup/cloze",)


def test_a_wording_that_the_stronger_get_wrong_is_named_however_easy() -> None:
    shares = {"coup/cloze": 0.5, "coup/choice": 0.6, "flag/cloze": 0.5, "year/cloze": 0.5}
    marks = draw(shares)
    marks[:, 0] = 1 - marks[:, 0]
    items = [Item(name=name, maximum=1, facts=(name[:4],)) for name in shares]
    coup = analyse(make_marks(items, marks)).facts[0]
    assert coup.reading == "look at the wording: the better the attempt, the lower the mark"
    assert coup.look_at == ("coup/cloze",)


def test_what_is_known_is_what_is_right_less_what_chance_brings() -> None:
    """60 % right where half come by chance is a fifth that knows."""
    easy = analyse_wordings({"coup/cloze": 0.6, "coup/choice": 0.6})
    guessed = analyse_wordings({"coup/cloze": 0.6, "coup/choice": 0.6}, guess=0.5)
    assert easy.facts[0].reading == "not hard"
    assert guessed.facts[0].reading == "the fact is hard: so is every item that asks it"


def test_one_item_cannot_tell_and_neither_can_few_attempts() -> None:
    one = analyse_wordings({"coup/cloze": 0.15, "flag/cloze": 0.8}).facts[0]
    assert one.reading == "only one item asks it, so a hard fact and a broken wording look alike"
    few = analyse_wordings({"coup/cloze": 0.1, "coup/choice": 0.8}, people=9).facts[0]
    assert few.reading == "cannot tell yet (n = 9)"


def test_the_figures_of_a_fact_are_those_of_one_item_made_of_its_items() -> None:
    shares = {"coup/cloze": 0.3, "coup/choice": 0.6, "flag/cloze": 0.5, "year/cloze": 0.5}
    marks = draw(shares)
    coup = analyse_wordings(shares).facts[0]
    assert coup.n == 400
    assert coup.facility == pytest.approx(marks[:, :2].mean())
    expected = np.corrcoef(marks[:, 0] + marks[:, 1], marks[:, 2] + marks[:, 3])[0, 1]
    assert coup.discrimination == pytest.approx(expected)
    assert coup.facility_interval == pytest.approx(find_facility_interval(0.45, 400))


def test_an_item_may_ask_for_several_facts() -> None:
    items = [Item(name="both", maximum=1, facts=("a", "b")), Item(name="one", maximum=1)]
    found = analyse(make_marks(items, [[1, 0], [0, 1]]))
    assert [(each.fact, each.items) for each in found.facts] == [("a", ("both",)), ("b", ("both",))]


def test_who_was_asked_nothing_of_a_fact_does_not_count_for_it() -> None:
    items = [Item(name=name, maximum=2, facts=(name[0],)) for name in ("a1", "a2", "b1")]
    marks = [[2, 0, 2], [2, 0, 0], [0, 0, 1]]
    asked = [[True, False, True], [True, True, True], [False, False, True]]
    first, _ = analyse(make_marks(items, marks, asked=asked)).facts
    assert first.n == 2
    assert first.facility == pytest.approx((1 + 0.5) / 2)


FACTS = ("coup", "flag", "year", "name", "city", "head")


def test_a_template_that_is_harder_for_the_same_facts_is_named() -> None:
    shares = {f"{fact}/cloze": 0.3 + 0.02 * number for number, fact in enumerate(FACTS)}
    shares |= {f"{fact}/choice": 0.7 for fact in FACTS}
    cloze, choice = analyse_wordings(shares).templates
    assert (cloze.template, cloze.compared) == ("cloze", 6)
    assert cloze.gap == pytest.approx(-0.35, abs=0.005)
    assert cloze.gap_interval is not None
    assert cloze.gap_interval[1] < 0
    assert cloze.reading == "harder than other wordings of the same facts: look at the template"
    assert choice.gap == pytest.approx(0.35, abs=0.005)
    assert choice.reading.startswith("easier than other wordings")


def test_a_template_is_not_judged_by_hard_facts_or_by_few_items() -> None:
    hard = {f"{fact}/cloze": 0.2 for fact in FACTS} | {f"{fact}/choice": 0.2 for fact in FACTS}
    assert analyse_wordings(hard).templates[0].reading == "cannot tell yet (6 items compared)"
    few = {"coup/cloze": 0.2, "coup/choice": 0.8}
    assert analyse_wordings(few).templates[0].reading == "cannot tell yet (1 items compared)"
    lone = analyse_wordings({"coup/cloze": 0.2, "flag/cloze": 0.8}).templates[0]
    assert (lone.gap, lone.reading) == (None, "no other wording asks the same facts")
