"""A learner builds practice quizzes: what is in them, how they go, and how many there may be."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.attempts.switches import SWITCHES
from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.formats.questions_json import question_to_dict
from quizapp.services.courses.changing import archive_course
from quizapp.services.grading.correcting import KeyChange, correct_question
from quizapp.services.practising.building import MOST_OPEN, Built, build, build_again
from quizapp.services.practising.desk import look_at_practice
from quizapp.services.practising.planning import Wish, pick_questions
from quizapp.services.quizzing.closing import close_overdue
from quizapp.services.quizzing.looking import Paper, look
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import Result, look_back, submit
from quizapp.storage.assignments import VersionQuestion
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId, QuestionId, VersionId
from quizapp.storage.tables import AssignmentRow
from tests.factories.assignments import (
    HOUR,
    MARKED,
    Exam,
    answer_all,
    begin,
    build_exam,
    list_question_ids,
)
from tests.factories.practising import AFTERWARDS, answer_and_submit, practise, wish_for
from tests.factories.questions import SECTION, make_question

LATER = AFTERWARDS + HOUR


def open_paper(database: Database, exam: Exam, built: Built) -> Paper:
    with database.reading() as session:
        return look(session, exam.alice, built.attempt_id, AFTERWARDS)


def read_result(database: Database, exam: Exam, built: Built) -> Result:
    with database.reading() as session:
        return look_back(session, exam.alice, built.attempt_id, LATER)


def list_kinds(paper: Paper) -> set[str]:
    return {each.question.kind for each in paper.questions}


def test_all_questions_that_can_be_marked_are_asked_once(database: Database) -> None:
    exam = build_exam(database)
    paper = open_paper(database, exam, practise(database, exam.alice, wish_for(exam)))
    assert sorted(each.question.kind for each in paper.questions) == sorted(MARKED)
    assert (paper.title, paper.deadline_at) == ("Practice: The planets", None)
    assert paper.shown == {"attempt"}


def test_number_kinds_and_sections_narrow_what_is_drawn(database: Database) -> None:
    exam = build_exam(database)
    kinds = frozenset({"cloze", "date", "matching"})
    wish = wish_for(exam, most=2, kinds=kinds, sections=frozenset({SECTION}))
    found = list_kinds(open_paper(database, exam, practise(database, exam.alice, wish)))
    assert len(found) == 2
    assert found < kinds
    with pytest.raises(InvalidError, match="No question of this set is like that"):
        practise(database, exam.alice, wish_for(exam, sections=frozenset({"Moons"})))


def test_another_key_draws_and_orders_otherwise(database: Database) -> None:
    exam = build_exam(database)
    drawn = [
        tuple(q.question.kind for q in open_paper(database, exam, built).questions)
        for built in (practise(database, exam.alice, wish_for(exam, most=4)) for _ in range(3))
    ]
    assert len(set(drawn)) > 1


def test_each_fact_has_its_turn_before_one_is_asked_again() -> None:
    bodies = [
        make_question(kind, fact) for fact in ("f1", "f2", "f3") for kind in ("choice", "flashcard")
    ]
    questions = [
        VersionQuestion(id=QuestionId(n), kind=each.kind, body={**question_to_dict(each)})
        for n, each in enumerate(bodies)
    ]
    for seed in "abcdefgh":
        picked = pick_questions(questions, 3, seed)
        assert {bodies[n].facts for n in picked} == {("f1",), ("f2",), ("f3",)}
        assert sorted(pick_questions(questions, None, seed)) == list(range(6))


@pytest.mark.parametrize(
    "wish",
    [{"most": 0}, {"most": 501}, {"minutes": 0}, {"minutes": 24 * 60 + 1}],
    ids=str,
)
def test_numbers_out_of_bounds_are_refused(database: Database, wish: dict[str, int]) -> None:
    exam = build_exam(database)
    with pytest.raises(InvalidError):
        practise(database, exam.alice, wish_for(exam, **wish))


def test_a_timed_quiz_ends_by_itself(database: Database) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam, minutes=10))
    paper = open_paper(database, exam, built)
    assert paper.deadline_at == AFTERWARDS + timedelta(minutes=10)
    with database.writing() as session:
        assert close_overdue(session, built.attempt_id, LATER)
        session.commit()
    assert read_result(database, exam, built).auto


def test_the_same_key_is_the_same_quiz(database: Database) -> None:
    exam = build_exam(database)
    one = practise(database, exam.alice, wish_for(exam), key="k")
    assert practise(database, exam.alice, wish_for(exam, most=2), key="k") == one
    with database.reading() as session:
        mine = select(func.count()).where(AssignmentRow.practised_by == exam.alice.id)
        assert session.scalar(mine) == 1


def test_a_key_of_another_attempt_is_refused(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        start(session, exam.alice, exam.assignment_id, AFTERWARDS - 2 * HOUR, key="k")
        session.commit()
    with pytest.raises(ConflictError, match="used for another attempt"):
        practise(database, exam.alice, wish_for(exam), key="k")


def test_so_many_may_go_on_and_no_more(database: Database) -> None:
    exam = build_exam(database)
    built = [practise(database, exam.alice, wish_for(exam, most=1)) for _ in range(MOST_OPEN)]
    with pytest.raises(ConflictError, match="20 practice quizzes in progress"):
        practise(database, exam.alice, wish_for(exam))
    practise(database, exam.world.bob, wish_for(exam))
    with database.writing() as session:
        submit(session, exam.alice, built[0].attempt_id, AFTERWARDS)
        session.commit()
    practise(database, exam.alice, wish_for(exam))
    with database.reading() as session:
        quizzes = look_at_practice(session, exam.alice, AFTERWARDS).quizzes
    assert [each.submitted_at is None for each in quizzes] == [True] * MOST_OPEN + [False]


def test_only_what_a_course_of_ones_own_teaches_can_be_practised(database: Database) -> None:
    exam = build_exam(database)
    other = replace(wish_for(exam), version_id=VersionId(99))
    attempts: list[tuple[object, Wish]] = [
        (exam.world.charlie, wish_for(exam)),
        (exam.tess, wish_for(exam)),
        (exam.alice, other),
    ]
    for person, wish in attempts:
        with pytest.raises(NotFoundError):
            practise(database, person, wish)  # type: ignore[arg-type] # an account
    with database.writing() as session:
        archive_course(session, exam.tess, exam.world.course_id, AFTERWARDS)
        session.commit()
    with pytest.raises(NotFoundError):
        practise(database, exam.alice, wish_for(exam))


def test_everything_is_told_as_soon_as_it_is_submitted(database: Database) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam))
    answer_and_submit(database, exam.alice, built.attempt_id, wrong={"cloze"}, empty={"date"})
    result = read_result(database, exam, built)
    assert (result.practice, result.shown) == (True, frozenset(SWITCHES))
    assert result.score is not None
    assert (result.score.points, result.score.maximum) == (6.0, 8.0)
    assert all(each.passage for each in result.questions)


def test_a_corrected_key_marks_practice_and_tells_its_learner(database: Database) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam))
    answer_and_submit(database, exam.alice, built.attempt_id, wrong={"choice"})
    with database.writing() as session:
        question_id = list_question_ids(session, exam.version_id)["choice"]
        change = KeyChange(right=frozenset({0}))
        where = (exam.world.course_id, question_id)
        correct_question(session, exam.tess, *where, change, "a slip", AFTERWARDS)
        session.commit()
    score = read_result(database, exam, built).score
    assert score is not None
    assert score.points == 8.0
    later = practise(database, exam.alice, wish_for(exam, kinds=frozenset({"choice"})))
    answer_and_submit(database, exam.alice, later.attempt_id, wrong={"choice"})
    score = read_result(database, exam, later).score
    assert score is not None
    assert score.points == 1.0


def test_a_dropped_question_is_not_asked(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        question_id = list_question_ids(session, exam.version_id)["choice"]
        where = (exam.world.course_id, question_id)
        correct_question(session, exam.tess, *where, None, "a slip", AFTERWARDS)
        session.commit()
        chosen = (exam.world.course_id, exam.version_id)
        choice = look_at_practice(session, exam.alice, AFTERWARDS, chosen).choice
    built = practise(database, exam.alice, wish_for(exam))
    assert list_kinds(open_paper(database, exam, built)) == set(MARKED) - {"choice"}
    assert choice is not None
    assert (choice.questions, choice.left_out) == (7, 0)
    with pytest.raises(InvalidError):
        practise(database, exam.alice, wish_for(exam, kinds=frozenset({"choice"})))


def again(database: Database, exam: Exam, attempt_id: AttemptId, key: str = "again") -> Built:
    with database.writing() as session:
        built = build_again(session, exam.alice, attempt_id, LATER, key=key)
        session.commit()
    return built


def test_again_asks_only_what_was_not_wholly_right(database: Database) -> None:
    exam = build_exam(database)
    first = practise(database, exam.alice, wish_for(exam))
    wrong = {"cloze", "choice"}
    answer_and_submit(database, exam.alice, first.attempt_id, wrong=wrong, empty={"date"})
    second = again(database, exam, first.attempt_id)
    assert again(database, exam, first.attempt_id) == second
    assert list_kinds(open_paper(database, exam, second)) == wrong | {"date"}
    answer_and_submit(database, exam.alice, second.attempt_id, wrong={"cloze"})
    third = again(database, exam, second.attempt_id, "once more")
    assert list_kinds(open_paper(database, exam, third)) == {"cloze"}


def test_after_an_assignment_what_went_wrong_is_practised_once_that_is_over(
    database: Database,
) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, AFTERWARDS - 4 * HOUR, right=False)
    with database.writing() as session:
        with pytest.raises(NotFoundError):
            build_again(session, exam.alice, attempt_id, AFTERWARDS - 4 * HOUR, key="early")
        session.rollback()
        submit(session, exam.alice, attempt_id, AFTERWARDS - 4 * HOUR)
        session.commit()
    built = again(database, exam, attempt_id)
    assert len(open_paper(database, exam, built).questions) == 8


def test_again_is_for_ones_own_attempts(database: Database) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam))
    answer_and_submit(database, exam.alice, built.attempt_id, wrong=set(MARKED))
    for person in (exam.world.bob, exam.world.charlie, exam.tess):
        with database.writing() as session, pytest.raises(NotFoundError):
            build_again(session, person, built.attempt_id, LATER, key="k")


def test_a_refused_quiz_leaves_nothing_behind(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        with pytest.raises(InvalidError):
            build(session, exam.alice, wish_for(exam), AFTERWARDS - 4 * HOUR, key="k")
        assert session.scalar(select(func.count()).select_from(AssignmentRow)) == 1
