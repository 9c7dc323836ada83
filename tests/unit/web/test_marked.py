"""A marked answer says what was given, what was right, and only what may be told."""

from dataclasses import replace

import pytest

from quizapp.attempts.switches import Switch
from quizapp.kinds.marking import Response
from quizapp.kinds.question import FactKey, KindName
from quizapp.kinds.registry import get_kind
from quizapp.web.kinds.marked import EVERYTHING, MarkedView, name_part, show_marked
from tests.factories.answers import right_answer, wrong_answer
from tests.factories.kinds import ALL, DATES, EVENTS, make_kind

UNKNOWN = Response(given=False)
# Kinds whose right answer is among the texts that the question shows.
OFFERED = {"choice", "select_all", "true_false", "matching"}


def mark(
    kind: KindName, answer: str | None, *, shown: frozenset[Switch] = EVERYTHING
) -> MarkedView:
    question = make_kind(kind)
    fields = {"answer": "dont_know" if answer is None else answer}
    response = get_kind(kind).parse(question, fields) if answer or kind != "flashcard" else UNKNOWN
    return show_marked(question, response, range(len(question.options)), shown=shown)


def lines(view: MarkedView) -> list[tuple[str, str, str]]:
    return [(row.state, row.text, row.tag) for row in view.rows]


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "flashcard"])
def test_a_right_answer_has_nothing_wrong_and_says_in_words_that_it_is_right(
    kind: KindName,
) -> None:
    view = mark(kind, right_answer(make_kind(kind)))
    states = {row.state for row in view.rows}
    assert "right" in states
    assert states <= {"right", "other"}
    assert all("correct" in row.tag for row in view.rows if row.state == "right")


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "flashcard"])
def test_a_wrong_answer_is_named_beside_the_right_one(kind: KindName) -> None:
    view = mark(kind, wrong_answer(make_kind(kind)))
    assert any(row.state == "wrong" for row in view.rows)
    assert all(row.tag for row in view.rows if row.state != "other")
    said = " ".join(f"{row.text} {row.tag} {row.key}" for row in view.rows)
    assert "Correct" in said or view.caption == "The right order" or view.rows[0].key


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "flashcard"])
def test_not_knowing_shows_the_right_answer_and_nothing_as_ones_own(kind: KindName) -> None:
    view = mark(kind, None)
    assert {row.state for row in view.rows} <= {"right", "other"}
    assert not any("our" in row.tag or "icked" in row.tag for row in view.rows)
    assert view.note == ""


def test_ticks_are_told_one_by_one_and_summed_up() -> None:
    view = mark("select_all", "0 1")
    assert lines(view) == [
        ("right", "Luna", "Ticked, correct"),
        ("wrong", "Vega", "Ticked, not correct"),
        ("missed", "Io", "Correct, not ticked"),
        ("other", "Rigel", ""),
        ("missed", "Titan", "Correct, not ticked"),
    ]
    assert view.note == "You ticked 1 of 3 correct answers, and 1 that is not correct."
    assert [reason.text for reason in view.reasons] == ["Vega", "Rigel"]
    assert mark("select_all", "0 2").note == "You ticked 2 of 3 correct answers."


def test_an_order_tells_each_item_its_place_and_counts_neighbours() -> None:
    # Items are numbered alphabetically: the crossing, the landing, the return.
    view = mark("ordering", "0 2 1")
    assert view.caption == "The right order"
    assert [(row.number, row.text, row.state, row.tag) for row in view.rows] == [
        (1, "The landing", "wrong", "Your place: 3"),
        (2, "The crossing", "wrong", "Your place: 1"),
        (3, "The return", "wrong", "Your place: 2"),
    ]
    assert view.note == "In your order 1 of 2 neighbouring pairs are right."


def test_matches_are_told_prompt_by_prompt() -> None:
    view = mark("matching", "0 2 -")
    assert [row.lead for row in view.rows] == list(EVENTS)
    assert lines(view) == [
        ("right", DATES[0], "Your answer, correct"),
        ("wrong", DATES[2], "Your answer"),
        ("missed", DATES[2], "Correct, not matched"),
    ]
    assert view.rows[1].key == DATES[1]
    assert view.note == "You matched 1 of 3 correctly."


@pytest.mark.parametrize(
    ("kind", "answer", "text"),
    [
        ("date", "2/6/1902", "2 June 1902"),
        ("numeric", "4500", "4,500 soldiers"),
        ("numeric", "1", "1"),
        ("cloze", "  the  Moon ", "the Moon"),
    ],
)
def test_a_typed_answer_is_told_as_people_write_it(kind: KindName, answer: str, text: str) -> None:
    assert mark(kind, answer).rows[0].text == text


def test_spellings_are_told_where_a_right_answer_is_spelled_otherwise() -> None:
    assert mark("cloze", "uranos").spellings == ("Uranus", "George's Star", "Ouranos")
    assert mark("cloze", "Uranus").spellings == ()
    assert mark("cloze", "Mars").spellings == ()
    assert mark("date", "13/3/1781").spellings == ()


@pytest.mark.parametrize("kind", ALL)
def test_without_the_right_answer_nothing_depends_on_it_but_correctness(kind: KindName) -> None:
    switches: frozenset[Switch] = frozenset({"attempt"})
    wrong = mark(kind, wrong_answer(make_kind(kind)), shown=switches)
    assert not any(row.key or row.state in {"right", "wrong", "missed"} for row in wrong.rows)
    assert (wrong.note, wrong.spellings, wrong.reasons) == ("", (), ())
    told = " ".join(f"{row.text} {row.tag}" for row in wrong.rows)
    assert "orrect" not in told
    if kind not in OFFERED and kind not in {"ordering", "flashcard"}:
        assert make_kind(kind).answer not in told


def test_correctness_alone_tells_of_what_was_chosen_and_of_nothing_else() -> None:
    switches: frozenset[Switch] = frozenset({"attempt", "correctness"})
    assert lines(mark("select_all", "0 1", shown=switches)) == [
        ("right", "Luna", "Ticked, correct"),
        ("wrong", "Vega", "Ticked, not correct"),
        ("other", "Io", ""),
        ("other", "Rigel", ""),
        ("other", "Titan", ""),
    ]
    view = mark("matching", "1 2 -", shown=switches)
    assert [(row.state, row.key) for row in view.rows] == [
        ("wrong", ""),
        ("wrong", ""),
        ("other", ""),
    ]
    assert lines(mark("date", "1/1/1900", shown=switches)) == [
        ("wrong", "1 January 1900", "Your answer")
    ]
    order = mark("ordering", "2 1 0", shown=switches)
    assert order.caption == "Your order"
    assert lines(order) == [("given", text, "") for text in ("The return", *EVENTS[:2])]


def test_a_part_is_named_by_what_it_asks() -> None:
    second = FactKey("f2")
    assert name_part(make_kind("matching"), second) == EVENTS[1]
    assert name_part(make_kind("ordering"), second) == EVENTS[1]
    assert name_part(make_kind("select_all"), second) == "Io"
    alone = replace(make_kind("select_all"), facts=(FactKey("f1"),))
    assert name_part(alone, FactKey("f1")) == ""
    assert name_part(make_kind("choice"), FactKey("f1")) == ""
