"""What a learner receives before submission is the same whatever is right."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from quizapp.errors import ConflictError, InvalidError
from quizapp.formats.questions_json import question_to_dict
from quizapp.kinds.question import KindName, Question
from quizapp.services.assigning.previewing import preview
from quizapp.services.quizzing.looking import Paper, look
from quizapp.services.quizzing.saving import Saved
from quizapp.services.quizzing.showing import mask_question, order_shown
from quizapp.services.quizzing.submitting import look_at_answered
from quizapp.storage.engine import Database
from quizapp.storage.tables import QuestionRow
from tests.factories.assignments import (
    MARKED,
    RIGHT,
    RULES,
    WRONG,
    begin,
    build_exam,
    give,
    list_question_ids,
    make_kind,
)
from tests.factories.people import MORNING
from tests.support.databases import copy_sqlite, opened

SHUFFLES = [True, False]


def swap_options(question: Question) -> Question:
    flags = [option.correct for option in (*question.options[1:], question.options[0])]
    why = "proven"
    return replace(
        question,
        answer="another",
        options=tuple(
            replace(option, correct=flag, refuted_by=None if flag else why)
            for option, flag in zip(question.options, flags, strict=True)
        ),
    )


def swap_pairs(question: Question) -> Question:
    prompts, matches = zip(*(question.pairs or ()), strict=True)
    return replace(question, pairs=tuple(zip(prompts, reversed(matches), strict=True)))


PERMUTED: dict[KindName, Callable[[Question], Question]] = {
    "choice": swap_options,
    "select_all": swap_options,
    "true_false": lambda question: replace(question, answer="false"),
    "cloze": lambda question: replace(question, answer="Andromeda", accept=("M31", "the nebula")),
    "numeric": lambda question: replace(question, answer="7", tolerance="2"),
    "date": lambda question: replace(question, answer="2017-02-03"),
    "ordering": lambda question: replace(question, order=tuple(reversed(question.order or ()))),
    "matching": swap_pairs,
}


def permute_keys(database: Database, kind: KindName) -> None:
    """Store another key for the question of a kind, and other words about it."""
    fact = f"f{MARKED.index(kind) + 1}"
    other = replace(
        PERMUTED[kind](make_kind(kind, fact)),
        feedback="Other words.",
        hedge="reportedly",
        difficulty=0.9,
        importance=3,
        template="other/template",
    )
    with database.writing() as session:
        session.execute(
            update(QuestionRow)
            .where(QuestionRow.key == f"{fact}-{kind}")
            .values(body={**question_to_dict(other)})
        )
        session.commit()


def sit(
    database: Database, kind: KindName, *, shuffled: bool, permuted: bool
) -> tuple[tuple[Paper, ...], list[str]]:
    """Look, answer in every way, and look again."""
    exam = build_exam(database, rules=replace(RULES, shuffle_options=shuffled))
    if permuted:
        permute_keys(database, kind)
    attempt_id = begin(database, exam)
    position = MARKED.index(kind)
    papers: list[Paper] = []
    refusals: list[str] = []
    with database.writing() as session:
        papers.append(look(session, exam.alice, attempt_id, MORNING))
        for text in (RIGHT[kind], WRONG[kind], "03/02/2017", "2 March 2017", "dont_know"):
            try:
                give(session, exam.alice, papers[-1], position, text, MORNING)
            except InvalidError as error:
                refusals.append(str(error))
            papers.append(look(session, exam.alice, attempt_id, MORNING))
        session.commit()
        papers.append(preview(session, exam.tess, exam.assignment_id, "a seed", MORNING))
    return tuple(papers), refusals


@pytest.mark.parametrize("shuffled", SHUFFLES)
@pytest.mark.parametrize("kind", MARKED)
def test_a_permuted_key_changes_nothing_that_is_shown(
    sqlite_database: Database,
    sqlite_template: Path,
    tmp_path: Path,
    kind: KindName,
    shuffled: bool,
) -> None:
    one = sit(sqlite_database, kind, permuted=False, shuffled=shuffled)
    with opened(copy_sqlite(sqlite_template, tmp_path)) as another:
        other = sit(another, kind, permuted=True, shuffled=shuffled)
    assert repr(one) == repr(other)
    assert one == other


def test_no_word_of_the_key_is_in_a_paper(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    attempt_id = begin(sqlite_database, exam)
    with sqlite_database.reading() as session:
        shown = repr(look(session, exam.alice, attempt_id, MORNING).questions)
    for secret in ("Milky Way", "1762", "2017", "correct=True", "is option 1", "quoted words"):
        assert secret not in shown


def test_an_ordering_question_may_be_shown_in_the_right_order() -> None:
    """An order that avoided the right one would tell something of it."""
    masked = mask_question(make_kind("ordering", "f7"))
    orders = {order_shown(masked, str(seed), 6, shuffled=True) for seed in range(100)}
    assert len(orders) == 6


def test_with_feedback_during_the_attempt_a_first_answer_is_final(
    sqlite_database: Database,
) -> None:
    table = replace(RULES.feedback, during=frozenset({"attempt", "correctness"}))
    exam = build_exam(sqlite_database, rules=replace(RULES, feedback=table))
    attempt_id = begin(sqlite_database, exam)
    with sqlite_database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        saved: Saved = give(session, exam.alice, paper, 0, "0", MORNING)
        assert saved.saves == 1
        (told,) = look_at_answered(session, exam.alice, attempt_id, MORNING)
        assert (told.shown.position, told.mark.right) == (0, False)
        with pytest.raises(ConflictError, match="final"):
            give(session, exam.alice, paper, 0, "1", MORNING, expected_saves=1)


def test_without_feedback_during_the_attempt_no_answer_is_told(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    attempt_id = begin(sqlite_database, exam)
    with sqlite_database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 0, "0", MORNING)
        assert look_at_answered(session, exam.alice, attempt_id, MORNING) == ()


def test_the_questions_of_a_version_are_found_by_kind(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    with sqlite_database.reading() as session:
        assert set(MARKED) < set(list_question_ids(session, exam.version_id))
