"""The fields of each kind: what they tell, what stands in them, and how they are read back."""

from dataclasses import replace
from random import Random

import pytest

from quizapp.errors import InvalidError
from quizapp.kinds.marking import Response
from quizapp.kinds.ordering import list_items
from quizapp.kinds.question import KindName, Question
from quizapp.kinds.registry import get_kind
from quizapp.services.demo.answers import draw_guess
from quizapp.web.kinds.controls import AnyControl, ChoiceControl, LinesControl, TypedControl
from quizapp.web.kinds.controls import show_control as show
from quizapp.web.kinds.given import Given, read_fields, read_given, recall_given
from tests.factories.answers import right_answer, wrong_answer
from tests.factories.kinds import ALL, DATES, EVENTS, make_kind

FIELDS: tuple[KindName, ...] = tuple(kind for kind in ALL if kind != "flashcard")


def order_of(question: Question) -> tuple[int, ...]:
    return tuple(get_kind(question.kind).order(question, "seed"))


def ask(kind: KindName, given: Given | None = None, *, refused: bool = False) -> AnyControl:
    question = make_kind(kind)
    return show(question, order_of(question), given=given or Given(), refused=refused)


def swap_key(question: Question) -> Question:
    """The same question with another right answer; of a date the grain stays."""
    flipped = tuple(replace(each, correct=not each.correct) for each in question.options)
    answers = {"true_false": "false", "date": "1 January 1999", "numeric": "7", "cloze": "Mars"}
    return replace(
        question,
        options=question.options if question.kind == "matching" else flipped,
        answer=answers.get(question.kind, "something else"),
        accept=(),
        order=question.order and tuple(reversed(question.order)),
        pairs=question.pairs and tuple(zip(EVENTS, (DATES[1], DATES[2], DATES[0]), strict=True)),
    )


@pytest.mark.parametrize("kind", ALL)
def test_the_fields_are_the_same_whatever_the_right_answer_is(kind: KindName) -> None:
    question = make_kind(kind)
    other = swap_key(question)
    assert other != question
    order = order_of(question)
    assert show(question, order, given=Given()) == show(other, order, given=Given())


@pytest.mark.parametrize("kind", FIELDS)
def test_what_was_stored_stands_in_the_fields_and_reads_back_the_same(kind: KindName) -> None:
    question, rng = make_kind(kind), Random(1)
    for text in (right_answer(question), wrong_answer(question), draw_guess(rng, question)):
        response = get_kind(kind).parse(question, {"answer": text})
        given = recall_given(question, response)
        fields = {f"q7-{name}": value for name, (value, *_) in given.values.items()}
        if kind == "select_all":
            fields = {"q7-answer": " ".join(given.getlist("answer"))}
        assert get_kind(kind).parse(question, read_fields(fields, "q7-")) == response


@pytest.mark.parametrize("kind", FIELDS)
def test_not_knowing_leaves_the_fields_empty(kind: KindName) -> None:
    given = recall_given(make_kind(kind), Response(given=False))
    assert ask(kind, given) == ask(kind)


class Form(dict[str, str]):
    """A form as a browser sends it: a field may come several times."""

    def getlist(self, key: str) -> list[str]:
        return self.get(key, "").split(",")


def test_ticks_are_read_one_by_one_and_stand_again() -> None:
    control = ask("select_all", read_given(Form({"q1-answer": "0,3", "x": "1"}), "q1-"))
    assert isinstance(control, ChoiceControl)
    assert {each.position for each in control.options if each.chosen} == {"0", "3"}


@pytest.mark.parametrize("kind", FIELDS)
def test_names_and_ids_begin_with_the_prefix(kind: KindName) -> None:
    question = make_kind(kind)
    control = show(question, order_of(question), given=Given(), prefix="q3-", level=2)
    assert control.target.startswith("q3-")
    assert control.level == 2
    if isinstance(control, LinesControl):
        assert all(line.name.startswith("q3-") for line in control.lines)
        assert control.target == control.lines[0].id
    else:
        assert isinstance(control, ChoiceControl | TypedControl)
        assert control.name == "q3-answer"


def test_the_blank_of_a_cloze_parts_its_sentence() -> None:
    control = ask("cloze", Given(values={"answer": ["Mars <b>"]}))
    assert isinstance(control, TypedControl)
    assert (control.before, control.after) == ("The planet ", " was found in Bath.")
    assert control.value == "Mars <b>"


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ("13 March 1781", "the day, month and year"),
        ("March 1781", "the month and year"),
        ("1781", "the year alone"),
    ],
)
def test_a_date_is_asked_as_exactly_as_the_stem_asks(answer: str, hint: str) -> None:
    control = show(replace(make_kind("date"), answer=answer), (), given=Given())
    assert isinstance(control, TypedControl)
    assert hint in control.hint
    assert "1781" not in control.hint


def test_a_number_has_its_unit_beside_it_and_digits_on_a_phone() -> None:
    control = ask("numeric")
    assert isinstance(control, TypedControl)
    assert (control.unit, control.mode) == ("soldiers", "decimal")
    typed = ask("cloze")
    assert isinstance(typed, TypedControl)
    assert (typed.unit, typed.mode) == ("", "text")


def refused(kind: KindName, **values: str) -> LinesControl:
    question = make_kind(kind)
    with pytest.raises(InvalidError):
        get_kind(kind).parse(question, values)
    control = ask(kind, read_given(values), refused=True)
    assert isinstance(control, LinesControl)
    return control


def test_lines_that_were_refused_say_so_and_the_first_is_the_target() -> None:
    control = refused("ordering", place_0="2", place_1="2", place_2="1")
    wrong = [line for line in control.lines if line.wrong]
    assert {line.name for line in wrong} == {"place_0", "place_1"}
    assert {line.name: line.chosen for line in control.lines}["place_2"] == "1"
    assert control.target == wrong[0].id
    missing = refused("ordering", place_0="1", place_1="4", place_2="2")
    assert [line.name for line in missing.lines if line.wrong] == ["place_1"]


def test_a_match_taken_twice_is_marked_at_both_prompts() -> None:
    control = refused("matching", match_0="1", match_1="", match_2="1")
    assert [line.wrong for line in control.lines] == [True, False, True]
    nothing = refused("matching")
    assert not any(line.wrong for line in nothing.lines)
    assert nothing.target == "match_0"


def test_items_stand_in_the_order_handed_in_and_lists_offer_every_place() -> None:
    question = make_kind("ordering")
    control = show(question, (2, 0, 1), given=Given())
    assert isinstance(control, LinesControl)
    items = list_items(question)
    assert [line.text for line in control.lines] == [items[2], items[0], items[1]]
    assert [choice.text for choice in control.choices] == ["1", "2", "3"]
