"""Alice practises; Bob beside her, Charlie and those who teach find no trace of it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, NotFoundError
from quizapp.services.assigning.access import get_assignment, lock_assignment
from quizapp.services.assigning.listing import list_lines, list_own, look_at_own
from quizapp.services.courses.roster import remove_learner
from quizapp.services.grading.claiming import claim, decide, look_at_claims
from quizapp.services.grading.correcting import get_published
from quizapp.services.grading.exporting import list_rows
from quizapp.services.grading.foreseeing import foresee
from quizapp.services.grading.gradebook import make_gradebook
from quizapp.services.grading.inspecting import inspect
from quizapp.services.practising.desk import look_at_practice
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import look_back, submit
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import delete_assignment
from quizapp.storage.engine import Database
from quizapp.storage.grades import put_claim
from quizapp.storage.ids import AssignmentId, AttemptId
from quizapp.storage.tables import AttemptRow
from tests.factories.assignments import MARKED, Exam, build_exam, list_question_ids
from tests.factories.practising import AFTERWARDS, answer_and_submit, practise, wish_for

Places = tuple[Exam, AttemptId, AssignmentId]


@pytest.fixture
def places(database: Database) -> Places:
    """A practice quiz of Alice's that is submitted, all wrong."""
    exam = build_exam(database)
    attempt_id = practise(database, exam.alice, wish_for(exam)).attempt_id
    answer_and_submit(database, exam.alice, attempt_id, wrong=set(MARKED))
    with database.reading() as session:
        of = select(AttemptRow.assignment_id).where(AttemptRow.id == attempt_id)
        assignment_id = session.scalars(of).one()
    return exam, attempt_id, assignment_id


def test_lists_gradebook_and_files_of_the_course_are_as_before(
    database: Database, places: Places
) -> None:
    exam, _, _ = places
    course_id = exam.world.course_id
    with database.reading() as session:
        lines = list_lines(session, course_id, AFTERWARDS)
        book = make_gradebook(session, exam.tess, course_id, AFTERWARDS)
    assert [each.assignment.id for each in lines] == [exam.assignment_id]
    assert (lines[0].begun, lines[0].submitted) == (0, 0)
    assert [each.id for each in book.assignments] == [exam.assignment_id]
    assert "Practice" not in repr(list(list_rows(book)))
    assert [each.grades[0].attempts for each in book.learners] == [0, 0]


def test_who_practised_and_left_is_in_no_gradebook(database: Database, places: Places) -> None:
    exam, _, _ = places
    course_id = exam.world.course_id
    with database.writing() as session:
        remove_learner(session, exam.tess, course_id, exam.alice.id, AFTERWARDS)
        session.commit()
        book = make_gradebook(session, exam.tess, course_id, AFTERWARDS)
    assert [each.name for each in book.learners] == ["Bob"]


def test_those_who_teach_find_neither_quiz_nor_attempt(database: Database, places: Places) -> None:
    exam, attempt_id, assignment_id = places
    acts: list[Callable[[Session], object]] = [
        lambda session: get_assignment(session, exam.tess, assignment_id),
        lambda session: lock_assignment(session, exam.tess, assignment_id),
        lambda session: inspect(session, exam.tess, attempt_id, AFTERWARDS),
    ]
    for act in acts:
        with database.writing() as session, pytest.raises(NotFoundError):
            act(session)


def test_learners_find_no_quiz_of_another_and_no_assignment_in_their_own(
    database: Database, places: Places
) -> None:
    exam, attempt_id, assignment_id = places
    others: tuple[Account, ...] = (exam.world.bob, exam.world.charlie)
    for person in others:
        with database.writing() as session:
            assert look_at_practice(session, person, AFTERWARDS).quizzes == ()
            with pytest.raises(NotFoundError):
                look_back(session, person, attempt_id, AFTERWARDS)
            with pytest.raises(NotFoundError):
                look(session, person, attempt_id, AFTERWARDS)
            with pytest.raises(NotFoundError):
                submit(session, person, attempt_id, AFTERWARDS)
            with pytest.raises(NotFoundError):
                start(session, person, assignment_id, AFTERWARDS, key="theirs")
    with database.reading() as session:
        own = list_own(session, exam.alice, AFTERWARDS)
        (quiz,) = look_at_practice(session, exam.alice, AFTERWARDS).quizzes
        with pytest.raises(NotFoundError):
            look_at_own(session, exam.alice, assignment_id, AFTERWARDS)
    assert [each.id for each in own] == [exam.assignment_id]
    assert (quiz.attempt_id, quiz.share) == (attempt_id, 0.0)


def test_a_practice_quiz_is_sat_once(database: Database, places: Places) -> None:
    exam, _, assignment_id = places
    with database.writing() as session, pytest.raises(ConflictError, match="every attempt"):
        start(session, exam.alice, assignment_id, AFTERWARDS, key="once more")


def test_nobody_is_asked_to_decide_who_was_right_in_practice(
    database: Database, places: Places
) -> None:
    exam, attempt_id, _ = places
    with database.writing() as session:
        with pytest.raises(ConflictError, match="Nobody but you sees"):
            claim(session, exam.alice, attempt_id, 0, "I was", AFTERWARDS)
        put_claim(session, attempt_id, 0, text="from elsewhere", now=AFTERWARDS)
        assert look_at_claims(session, exam.tess, exam.world.course_id) == ()
        with pytest.raises(NotFoundError):
            decide(session, exam.tess, attempt_id, 0, granted=1.0, reason="", now=AFTERWARDS)


def test_a_correction_is_foreseen_without_practice(database: Database, places: Places) -> None:
    exam, _, _ = places
    with database.writing() as session:
        question_id = list_question_ids(session, exam.version_id)["choice"]
        found = foresee(session, exam.world.course_id, question_id, None)
        assert (found.marked, found.changes) == (0, ())
        delete_assignment(session, exam.assignment_id)
        with pytest.raises(NotFoundError):
            get_published(session, exam.world.course_id, question_id)
