"""Which value makes a statement false, and which facts that can only be true are stated."""

from pathlib import Path

import pytest

from quizapp.generation.bank import generate
from quizapp.generation.true_false import Pair, make_pair
from tests.factories.fact_packs import make_tiny_pack
from tests.unit.generation.small_cases import LEADERS, count_cows, date_events, draft, make

DAY = "id: a, s: race, p: date, v: 2001-05-01"


def state_falsely(folder: Path, *facts: str, seed: int, entities: str = "") -> str:
    """Return the false statement on the fact `a`."""
    pack = make_tiny_pack(folder, *facts, entities=entities)
    pair = make_pair(draft(pack, "a", "true_false", seed=seed))
    assert isinstance(pair, Pair)
    assert pair.false is not None
    assert pair.false.answer == "false"
    return pair.false.stem


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    "dates",
    [
        ("1999-12-24", "1998-02-03", "2003-02-03"),
        ("2000-12-24", "2002-01-03", "2003-02-03"),
    ],
)
def test_a_false_date_is_of_the_year_of_the_right_one_even_if_it_is_made_up(
    tmp_path: Path, dates: tuple[str, ...], seed: int
) -> None:
    stem = state_falsely(tmp_path, DAY, *date_events(*dates)[1:], seed=seed)
    assert stem in {
        f"The river race took place on {day} 2001."
        for day in ("4 April", "13 April", "22 April", "10 May", "19 May", "28 May")
    }


@pytest.mark.parametrize("seed", range(10))
def test_a_documented_date_of_that_year_comes_before_any_other(tmp_path: Path, seed: int) -> None:
    dates = date_events("1999-12-24", "2001-12-24", "2000-12-24", "2001-12-31")[1:]
    stem = state_falsely(tmp_path, DAY, *dates, seed=seed)
    assert stem == "The river race took place on 24 December 2001."


@pytest.mark.parametrize("seed", range(10))
def test_a_false_year_is_a_documented_one_since_none_other_is_of_that_year(
    tmp_path: Path, seed: int
) -> None:
    years = date_events("1999", "1991")[1:]
    stem = state_falsely(tmp_path, "id: a, s: race, p: date, v: 2001", *years, seed=seed)
    assert stem in {f"The river race took place in {year}." for year in (1999, 1991)}


@pytest.mark.parametrize("seed", range(10))
def test_the_figure_of_a_version_named_apart_makes_a_statement_false(
    tmp_path: Path, seed: int
) -> None:
    facts = (
        "id: a, s: race, p: killed, v: {n: 50, unit: cows}, said: [herald]",
        "id: b, s: race, p: killed, v: {n: 80, unit: cows}, said: [courier]",
    )
    stem = state_falsely(tmp_path, *facts, seed=seed)
    assert stem == "According to the Morning Herald, the river race left 80 cows dead."


@pytest.mark.parametrize("seed", range(10))
def test_a_false_figure_is_a_documented_one_where_there_is_any(tmp_path: Path, seed: int) -> None:
    assert state_falsely(tmp_path, *count_cows(70), seed=seed) == (
        "The river race left 70 cows dead."
    )


def test_a_false_entity_is_one_of_the_nearest_two_in_whatever_part_it_is_documented(
    tmp_path: Path,
) -> None:
    entities = (
        "  gus: {type: person, name: Gus Gray, circle: mill}\n"
        "  hal: {type: person, name: Hal Hill, circle: mill}\n"
    )
    facts = (
        "id: a, s: ash, p: leader, v: gus",
        "id: b, s: elm, p: leader, v: bob",
        "id: c, s: fir, p: leader, v: cid",
        "id: d, s: oak, p: founder, v: hal, set: open",
    )
    stems = {
        state_falsely(tmp_path, *facts, seed=seed, entities=entities).removesuffix(
            " is the leader of the Ash League."
        )
        for seed in range(20)
    }
    assert stems == {"Hal Hill", "Bob Baker"}


WISH = (
    "\n  wish: {domain: [group], range: [text], functional: no, slot: 'a wish of {s}', "
    "statement: '{v} is wished for', ask_subject: {which: '{which s} wishes for {v}'}}"
)


@pytest.mark.parametrize("seed", range(5))
def test_what_can_only_be_true_is_stated_first_where_nothing_else_asks_it(
    tmp_path: Path, seed: int
) -> None:
    facts = (
        *LEADERS,
        "id: v, s: elm, p: wish, v: more rain in spring, importance: 3",
        "id: w, s: ash, p: wish, v: more sun in autumn, importance: 3",
        "id: x, s: fir, p: ally, v: pines, set: open, importance: 1",
    )
    pack = make_tiny_pack(tmp_path, *facts, predicates=WISH)
    questions = generate(pack, seed=seed).questions
    kinds = {one.kind for one in questions if one.facts in (("v",), ("w",))}
    assert kinds == {"true_false", "flashcard"}
    stated = {one.facts[0] for one in questions if one.kind == "true_false"}
    assert stated - set("abcd") == {"x", "v"}


@pytest.mark.parametrize("seed", range(5))
def test_of_what_nothing_else_asks_the_most_important_is_stated_first(
    tmp_path: Path, seed: int
) -> None:
    facts = (
        *LEADERS,
        "id: v, s: elm, p: ally, v: pines, set: open, importance: 1",
        "id: w, s: ash, p: ally, v: fir, set: open, importance: 2",
        "id: x, s: fir, p: opponent, v: pines, set: open, importance: 3",
    )
    stated = {one.facts[0] for one in make(tmp_path, "true_false", *facts, seed=seed)}
    assert stated - set("abcd") == {"x", "w"}
