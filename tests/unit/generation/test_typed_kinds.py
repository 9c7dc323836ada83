"""Blanks, numbers and dates, which are typed: what is made, and what is refused."""

from pathlib import Path

import pytest

from quizapp.kinds.dates import parse_dates
from quizapp.kinds.marking import Response
from quizapp.kinds.registry import get_kind
from tests.unit.generation.small_cases import LEADERS, make, refuse


def test_a_number_keeps_unit_and_hedge_in_its_stem(tmp_path: Path) -> None:
    fact = "id: a, s: race, p: killed, v: {n: 150, cmp: '>=', unit: cows}, said: [herald]"
    (question,) = make(tmp_path, "numeric", fact)
    assert question.stem == (
        "According to the Morning Herald, at least how many cows were killed in the river race?"
    )
    assert (question.answer, question.unit, question.tolerance) == ("150", "cows", "0")
    assert question.guess == 0.0


def test_a_rough_figure_is_right_to_within_a_tenth_and_the_stem_says_so(tmp_path: Path) -> None:
    fact = "id: a, s: race, p: strength, v: {n: 40, cmp: '~', unit: boats}"
    (question,) = make(tmp_path, "numeric", fact)
    assert question.stem == "About how many boats took part in the river race, to within 4?"
    kind = get_kind("numeric")
    assert kind.mark(question, Response(text="44")).right
    assert not kind.mark(question, Response(text="45")).right


def test_a_range_is_not_asked_as_one_number_nor_left_blank(tmp_path: Path) -> None:
    fact = "id: a, s: ash, p: size, v: {range: [2000, 3000], unit: members}, as_of: 2022"
    assert refuse(tmp_path, "numeric", fact) == "two figures are not typed as one"
    assert refuse(tmp_path, "cloze", fact) == "a blank would not have one filling"


@pytest.mark.parametrize(
    ("date", "words", "accepted"),
    [
        ("2001-03-01", "On what date did", 4),
        ("2001-03", "In which month and year did", 3),
        ("2001", "In which year did", 0),
    ],
)
def test_a_date_is_asked_in_the_grain_of_the_source(
    tmp_path: Path, date: str, words: str, accepted: int
) -> None:
    (question,) = make(tmp_path, "date", f"id: a, s: race, p: date, v: {date}")
    assert question.stem == f"{words} the river race happen?"
    assert len(question.accept) == accepted
    assert question.answer not in question.accept
    for text in question.accept:
        assert date in [one.iso for one in parse_dates(text)]
    assert get_kind("date").mark(question, Response(text=date)).right


@pytest.mark.parametrize(
    ("fact", "stem", "answer"),
    [
        (
            "s: race, p: killed, v: {n: 150, cmp: '>=', unit: cows}, said: [bob]",
            "Bob Baker gave the number of cows killed in the river race as at least _____.",
            "150",
        ),
        (
            "s: race, p: date, v: 2001-05",
            "The river race happened in _____ (month and year).",
            "May 2001",
        ),
        ("s: race, p: place, v: rome", "The river race took place in the city of _____.", "Rome"),
        ("s: ash, p: leader, v: ann", "The leader of the Ash League is _____.", "Ann Archer"),
        ("s: ash, p: acronym, v: LASH", "_____ is the acronym of the Ash League.", "LASH"),
        (
            "s: race, p: target, v: Bridge of Stone",
            "The target of the river race was _____.",
            "Bridge of Stone",
        ),
    ],
)
def test_a_blank_is_the_value_with_unit_and_hedge_outside(
    tmp_path: Path, fact: str, stem: str, answer: str
) -> None:
    (question,) = make(tmp_path, "cloze", f"id: a, {fact}")
    assert (question.stem, question.answer) == (stem, answer)


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("said: [report]", "The Green Report gives {} as at least _____."),
        ("said: [papers]", "The Green Papers give {} as at least _____."),
        ("said: [report], as_of: 1999", "The Green Report gives {} as at least _____ in 1999."),
        ("said: [herald]", "The Morning Herald gave {} as at least _____."),
        (
            "importance: 2",
            "The number of cows killed in the river race is given as at least _____.",
        ),
    ],
)
def test_a_publication_gives_a_bound_now_and_others_gave_it(
    tmp_path: Path, claim: str, given: str
) -> None:
    entities = (
        "  report: {type: publication, name: Green Report, the: yes}\n"
        "  papers: {type: publication, name: Green Papers, the: yes, plural: yes}\n"
    )
    fact = f"id: a, s: race, p: killed, v: {{n: 150, cmp: '>=', unit: cows}}, {claim}"
    (question,) = make(tmp_path, "cloze", fact, entities=entities)
    assert question.stem == given.format("the number of cows killed in the river race")


@pytest.mark.parametrize(
    ("fact", "stem"),
    [
        (
            "s: race, p: killed, v: {n: 50, unit: cows}",
            "The number of cows killed in the river race was _____.",
        ),
        (
            "s: race, p: wounded, v: {n: 50, cmp: '~', unit: cows}, said: [bob]",
            "According to Bob Baker, the number of cows wounded in the river race was about _____.",
        ),
        (
            "s: race, p: captured, v: {n: 1, unit: cows}",
            "The number of cows captured in the river race was _____.",
        ),
        (
            "s: race, p: strength, v: {n: 50, unit: boats}, as_of: 1999",
            "In 1999, the number of boats that took part in the river race was _____.",
        ),
        (
            "s: ash, p: killed, v: {n: 50, unit: cows}",
            "The number of cows killed in the Ash League is _____.",
        ),
        (
            "s: ash, p: count, v: {n: 50, unit: boats, of: elm}",
            "The Ash League had _____ boats with the Elm Guild.",
        ),
        (
            "s: race, p: duration, v: {n: 9, unit: hours}",
            "The duration of the river race was _____ hours.",
        ),
    ],
)
def test_no_counted_figure_is_a_blank_that_begins_the_sentence(
    tmp_path: Path, fact: str, stem: str
) -> None:
    (question,) = make(tmp_path, "cloze", f"id: a, {fact}")
    assert question.stem == stem


def test_every_alias_fills_the_blank(tmp_path: Path) -> None:
    (question,) = make(tmp_path, "cloze", LEADERS[0])
    assert question.accept == ("Archer",)
    assert get_kind("cloze").mark(question, Response(text="archer")).right


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        ("s: ash, p: founder, v: [ann, bob], set: closed", "not have one filling"),
        ("s: ash, p: founder, v: ann", "may be incomplete"),
        ("s: ash, p: aim, v: to plant trees", "not have one filling"),
        ("s: race, p: target, v: Bath and Lund", "not have one filling"),
        ("s: ann, p: role, v: the Lord Mayor", "not have one filling"),
        ("s: may_march, p: date, v: 1901-05-02", "gives the date away"),
    ],
)
def test_a_blank_with_other_fillings_is_refused(tmp_path: Path, fact: str, why: str) -> None:
    assert why in refuse(tmp_path, "cloze", f"id: a, {fact}")


@pytest.mark.parametrize(
    ("fact", "stem", "answer", "accept"),
    [
        (
            "s: race, p: target, v: ash",
            "The target of the river race was _____.",
            "the Ash League",
            ("Ash League",),
        ),
        (
            "s: pines, p: part_of, v: elm",
            "The group that the Pines are part of is _____.",
            "the Elm Guild",
            None,
        ),
        ("s: race, p: actor, v: oak", "_____ carried out the river race.", "The Oak Union", None),
        (
            "s: ann, p: ethnic_group, v: yeti",
            "The ethnic group to which Ann Archer belongs is called _____.",
            "the Yeti",
            ("Yeti",),
        ),
        (
            "s: seers, p: ethnic_group, v: yeti",
            "The ethnic group to which the Seers belong is called _____.",
            "the Yeti",
            ("Yeti",),
        ),
        (
            "s: fay, p: ethnic_group, v: yeti",
            "The ethnic group to which Fay Fisher belonged is called _____.",
            "the Yeti",
            ("Yeti",),
        ),
        ("s: race, p: target, v: raid", "The target of the river race was _____.", "the raid", ()),
    ],
)
def test_the_answer_stands_as_it_would_in_the_sentence(
    tmp_path: Path, fact: str, stem: str, answer: str, accept: tuple[str, ...] | None
) -> None:
    entities = (
        "  yeti: {type: people, name: Yeti, the: yes}\n"
        "  seers: {type: group, name: Seers, the: yes, plural: yes}\n"
        "  fay: {type: person, name: Fay Fisher, past: yes}\n"
        "  raid: {type: event, name: the raid}\n"
    )
    (question,) = make(tmp_path, "cloze", f"id: a, {fact}", entities=entities)
    assert (question.stem, question.answer) == (stem, answer)
    assert accept is None or question.accept == accept
    bare = answer.removeprefix("the ").removeprefix("The ")
    assert get_kind("cloze").mark(question, Response(text=bare)).right


@pytest.mark.parametrize(
    ("figure", "answer", "accept"),
    [
        ("1", "1", ("one",)),
        ("4", "4", ("four",)),
        ("9", "9", ("nine",)),
        ("10", "10", ()),
        ("1762", "1,762", ("1762",)),
        ("23000000", "23 million", ("23,000,000", "23000000")),
        ("1500000", "1.5 million", ("1,500,000", "1500000")),
        ("4000000", "4 million", ("4,000,000", "4000000")),
        ("23456789", "23,456,789", ("23456789",)),
    ],
)
def test_a_figure_may_be_typed_in_words_if_small_and_in_bare_digits(
    tmp_path: Path, figure: str, answer: str, accept: tuple[str, ...]
) -> None:
    fact = f"id: a, s: race, p: killed, v: {{n: {figure}, unit: cows}}"
    for kind in ("cloze", "numeric"):
        (question,) = make(tmp_path, kind, fact)
        assert (question.answer, question.accept) == (answer, accept)
        for text in (answer, *accept, figure):
            response = get_kind(kind).parse(question, {"answer": text})
            assert get_kind(kind).mark(question, response).right
