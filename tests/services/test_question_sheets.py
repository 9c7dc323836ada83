"""The fields of the question editor: read into a question, written back, and advised on."""

import json
from dataclasses import replace

import pytest

from quizapp.facts.article import read_article
from quizapp.formats.questions_json import question_from_dict, question_to_dict
from quizapp.generation.item_rules import RULES, find_item_faults
from quizapp.kinds.marking import Response
from quizapp.kinds.question import WRITTEN, FactKey, KindName, Option, Question, QuestionKey, Source
from quizapp.kinds.registry import get_kind
from quizapp.services.authoring.advising import advise, find_field
from quizapp.services.authoring.sheet_reading import Ground, Reading, list_fields, read_sheet
from quizapp.services.authoring.sheet_writing import write_sheet
from quizapp.services.authoring.sheets import (
    Row,
    Sheet,
    begin_sheet,
    change_rows,
    sheet_from_dict,
    sheet_to_dict,
)
from quizapp.services.quizzing.showing import mask_question
from quizapp.services.reviewing.answering import mark_fact
from tests.factories.answers import right_answer
from tests.factories.kinds import ALL, make_kind

ARTICLE = read_article("# Planets\n\nAn introduction.\n\n## Uranus\n\nUranus was found in 1781.\n")
DIGEST = "a" * 64
SOURCE = Source(section="Uranus", paragraph=1, quote="found in 1781")


def read(sheet: Sheet, former: Question | None = None) -> Reading:
    key = former.id if former else QuestionKey("written-1")
    images = frozenset({DIGEST})
    return read_sheet(sheet, Ground(key=key, article=ARTICLE, images=images, former=former))


def get(sheet: Sheet, former: Question | None = None) -> Question:
    reading = read(sheet, former)
    assert reading.problems == ()
    assert reading.question is not None
    return reading.question


def problems_of(sheet: Sheet) -> dict[str, str]:
    reading = read(sheet)
    assert (reading.question is None) == bool(reading.problems)
    return list_fields(reading.problems)


def make_full(kind: KindName) -> Question:
    """A question with everything that the editor shows."""
    question = make_kind(kind)
    answers = {
        "ordering": "; ".join(question.order or ()),
        "matching": "; ".join(f"{prompt}: {match}" for prompt, match in question.pairs or ()),
    }
    return replace(
        question,
        template=WRITTEN,
        answer=answers.get(kind, question.answer),
        options=tuple(replace(each, feedback=f"About {each.text}.") for each in question.options),
        source=SOURCE,
        hedge="about",
        said=("Herschel", "Bode"),
        as_of="1781-03/1783",
        tags=("planets", "exam"),
        importance=3,
        difficulty=0.55,
        guess={"choice": 0.25, "true_false": 0.5, "select_all": 0.5, "matching": 0.25}.get(kind, 0),
    )


@pytest.mark.parametrize("kind", ALL)
def test_a_question_of_each_kind_stands_in_fields_and_reads_back_the_same(kind: KindName) -> None:
    question = make_full(kind)
    sheet = write_sheet(question)
    assert get(sheet, question) == question
    assert sheet_from_dict(sheet_to_dict(sheet)) == sheet
    assert question_from_dict(question_to_dict(question)) == question


def test_a_stored_question_without_the_new_fields_still_reads_and_writes_none_of_them() -> None:
    question = make_kind("choice")
    entry = question_to_dict(question)
    assert "tags" not in entry
    assert json.dumps(entry["options"]).count("feedback") == 0
    assert question_from_dict(entry) == question


def test_a_new_question_has_a_fact_of_its_own_and_what_made_ones_have() -> None:
    rows = (Row(text="Uranus", right=True), Row(text="Mars"), Row(text="Venus"), Row())
    question = get(
        replace(begin_sheet("choice"), stem=" Which was found? ", rows=rows, feedback="In 1781.")
    )
    assert question.facts == (FactKey("written-1"),)
    assert (question.guess, question.difficulty) == (1 / 3, 0.5)
    assert (question.answer, question.template, question.importance) == ("Uranus", WRITTEN, 2)
    assert question.source == Source(section="", paragraph=0, quote="")


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("choice", {"stem", "feedback", "rows"}),
        ("select_all", {"stem", "feedback", "rows"}),
        ("true_false", {"stem", "feedback", "answer"}),
        ("cloze", {"stem", "feedback", "answer"}),
        ("numeric", {"stem", "feedback", "answer"}),
        ("date", {"stem", "feedback", "answer"}),
        ("ordering", {"stem", "feedback", "rows"}),
        ("matching", {"stem", "feedback", "rows"}),
        ("flashcard", {"stem", "feedback", "answer"}),
    ],
)
def test_an_empty_sheet_says_of_each_field_what_it_needs(kind: KindName, wanted: set[str]) -> None:
    assert set(problems_of(begin_sheet(kind))) == wanted


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("choice", {"rows": (Row(text="A", right=True), Row(text="a"))}, "rows-1-text"),
        ("choice", {"rows": (Row(text="A", right=True), Row(feedback="Why"))}, "rows-1-text"),
        ("choice", {"rows": (Row(text="A", right=True), Row(text="B", right=True))}, "rows"),
        ("select_all", {"rows": (Row(text="A"), Row(text="B"))}, "rows"),
        ("matching", {"rows": (Row(text="A", match="1"), Row(text="B"))}, "rows-1-match"),
        ("ordering", {"rows": (Row(text="A"), Row(text="A"))}, "rows-1-text"),
        ("cloze", {"stem": "No blank."}, "stem"),
        ("cloze", {"stem": "_____ and _____."}, "stem"),
        ("numeric", {"answer": "many"}, "answer"),
        ("numeric", {"tolerance": "-1"}, "tolerance"),
        ("numeric", {"tolerance": "NaN"}, "tolerance"),
        ("date", {"answer": "03/02/2017"}, "answer"),
        ("flashcard", {"place": "9:Uranus"}, "place"),
        ("flashcard", {"quote": "in 1782"}, "quote"),
        ("flashcard", {"as_of": "soon"}, "as_of"),
        ("flashcard", {"difficulty": "120"}, "difficulty"),
        ("flashcard", {"tags": "x" * 50}, "tags"),
        ("flashcard", {"stem": f"![A map](image:{DIGEST})"}, "stem"),
        ("flashcard", {"stem": f"Which?\n\n![](image:{DIGEST})"}, "stem"),
        ("flashcard", {"stem": f"Which?\n\n![A map](image:{'b' * 64})"}, "stem"),
        ("flashcard", {"stem": "Which?\n\n![A map](https://example.org/a.png)"}, "stem"),
        ("flashcard", {"stem": "x" * 5000}, "stem"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_of_its_field(
    kind: KindName, change: dict[str, object], field: str
) -> None:
    sheet = write_sheet(make_full(kind))
    assert set(problems_of(replace(sheet, **change))) == {field}  # type: ignore[arg-type]


def test_a_picture_of_the_set_with_its_words_is_taken() -> None:
    sheet = replace(write_sheet(make_full("flashcard")), stem=f"Which?\n\n![A](image:{DIGEST})")
    assert problems_of(sheet) == {}


def test_the_facts_of_a_question_on_several_go_with_its_parts() -> None:
    question = make_full("ordering")
    sheet = write_sheet(question)
    moved, row = change_rows(sheet, "up-2")
    assert row == 1
    assert get(moved, question).facts == tuple(question.facts[at] for at in (0, 2, 1))


def test_a_proof_stays_with_its_option_and_goes_with_its_words() -> None:
    question = make_full("choice")
    sheet = write_sheet(question)
    rows = (replace(sheet.rows[0], text="Another"), *sheet.rows[1:])
    changed = get(replace(sheet, rows=rows), question)
    assert changed.options[0].refuted_by is None
    assert changed.options[2].refuted_by == question.options[2].refuted_by


@pytest.mark.parametrize("kind", ALL)
def test_an_assignment_shows_markdown_and_nothing_that_was_said_of_options(kind: KindName) -> None:
    masked = mask_question(make_full(kind))
    assert masked.template == WRITTEN
    assert masked.tags == ()
    assert [one.feedback for one in masked.options if one.feedback] == []
    assert mask_question(make_kind(kind)).template == ""


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_the_one_fact_of_a_written_question_has_the_whole_mark(kind: KindName) -> None:
    question = replace(make_full(kind), facts=(FactKey("own"),))
    one, other, *rest = right_answer(question).split()
    # Of an order one neighbour is kept, of the matches the last one.
    given = (*rest, one, other) if kind == "ordering" else (other, one, *rest)
    mark = get_kind(kind).mark(question, Response(text=" ".join(given)))
    assert mark.parts[0] != mark.fraction
    assert mark_fact(question, mark, "own") == mark.fraction


def test_rows_are_added_moved_and_removed() -> None:
    sheet = replace(begin_sheet("ordering"), rows=(Row(text="1"), Row(text="2"), Row(text="3")))

    def texts(act: str) -> list[str]:
        return [row.text for row in change_rows(sheet, act)[0].rows]

    assert texts("add") == ["1", "2", "3", ""]
    assert texts("remove-0") == ["2", "3"]
    assert texts("down-0") == ["2", "1", "3"]
    assert texts("up-0") == texts("down-2") == texts("up-9") == texts("burn-1") == ["1", "2", "3"]


def test_every_rule_of_the_linter_concerns_a_field_of_the_editor() -> None:
    fields = {(rule.name, rule.remedy): find_field(rule.name, rule.remedy) for rule in RULES}
    known = {"stem", "rows", "answer", "unit", "hedge", "said", "as_of", "feedback"}
    assert set(fields.values()) == known
    assert fields["claimant", "name the claimant in the stem"] == "said"
    assert fields["form", "give the answer as it is to be typed"] == "unit"


def advised(question: Question, *others: Question) -> dict[str, str]:
    return {each.rule: each.field for each in advise(question, others)}


def test_what_the_linter_refuses_is_advice_beside_its_field() -> None:
    question = replace(
        make_kind("choice"),
        template=WRITTEN,
        stem="In which year did the group not meet",
        hedge="at least",
        said=("Herschel",),
        as_of="1781",
    )
    assert find_item_faults(question)
    assert advised(question) == {
        "form": "stem",
        "negation": "stem",
        "hedge": "hedge",
        "claimant": "said",
        "date": "as_of",
    }


def test_feedback_of_a_wrong_option_is_what_proves_it_wrong() -> None:
    right = Option(text="Uranus", correct=True)
    wrong = tuple(Option(text=text, correct=False) for text in ("Saturn", "Venus"))
    question = replace(
        make_kind("choice"), stem="Which was found?", options=(right, *wrong), answer="Uranus"
    )
    assert advised(question) == {"certificate": "rows"}
    told = tuple(replace(each, feedback="Known before.") for each in wrong)
    assert advised(replace(question, options=(right, *told))) == {}


def test_markdown_is_no_debris_and_a_question_asked_twice_is_noticed() -> None:
    question = replace(
        make_kind("flashcard"), template=WRITTEN, stem="Which planet was *found* in Bath?"
    )
    other = replace(question, id=QuestionKey("other"), stem="Which planet was found in Bath?")
    assert advised(question) == {}
    below = replace(question, stem=f"{question.stem}\n\n- It has *rings*.\n- It lies")
    assert advised(below) == {}
    (found,) = advise(question, [other])
    assert (found.rule, found.field) == ("double", "stem")
    assert "other" not in found.text.split()
