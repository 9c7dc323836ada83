"""Corrections, claims and given grades: every attempt is marked anew once, and people are told."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.kinds.question import KindName
from quizapp.services.assigning.creating import create
from quizapp.services.assigning.planning import Plan
from quizapp.services.checking import check_database
from quizapp.services.grading.auditing import look_at_changes
from quizapp.services.grading.claiming import claim, decide, look_at_claims
from quizapp.services.grading.correcting import (
    KeyChange,
    correct_question,
    get_key,
)
from quizapp.services.grading.giving import give_grade
from quizapp.services.grading.gradebook import make_gradebook
from quizapp.services.grading.inspecting import inspect
from quizapp.services.grading.noting import list_notes, put_notes_away
from quizapp.services.grading.remarking import remark_batch
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.submitting import look_back, submit
from quizapp.storage.assignments import Content
from quizapp.storage.corrections import list_corrections
from quizapp.storage.courses import add_course, enrol, list_taught, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from quizapp.storage.roles import ASSISTANT
from quizapp.storage.tables import MarkChangeRow
from tests.factories.assignments import (
    MARKED,
    RULES,
    SECOND,
    WRONG,
    Exam,
    answer_all,
    begin,
    build_exam,
    give,
    list_question_ids,
)
from tests.factories.people import MORNING
from tests.support.statements import counting

LATER = MORNING + timedelta(minutes=30)
# For each kind the change of the key by which `WRONG` becomes right.
CHANGES: dict[KindName, KeyChange] = {
    "choice": KeyChange(right=frozenset({0, 1})),
    "select_all": KeyChange(right=frozenset({1, 3})),
    "true_false": KeyChange(answer="false"),
    "cloze": KeyChange(accept=("Galaxy", "Andromeda")),
    "numeric": KeyChange(answer="3"),
    "date": KeyChange(answer="2017-03-03"),
    "ordering": KeyChange(order=("second by letter", "a first by letter", "third by letter")),
    "matching": KeyChange(pairs=(("a prompt", "blue"), ("the prompt", "yellow"))),
}


def sit_wrongly(database: Database) -> tuple[Exam, AttemptId]:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND, right=False)
    with database.writing() as session:
        assert submit(session, exam.alice, attempt_id, MORNING + 2 * SECOND).points == 0
        session.commit()
    return exam, attempt_id


def correct(
    database: Database, exam: Exam, kind: KindName, change: KeyChange | None, why: str = "a slip"
) -> None:
    with database.writing() as session:
        question_id = list_question_ids(session, exam.version_id)[kind]
        course_id = exam.world.course_id
        done = correct_question(session, exam.tess, course_id, question_id, change, why, LATER)
        assert done.job_id is None
        session.commit()


def read_points(database: Database, exam: Exam, attempt_id: AttemptId) -> tuple[float, float]:
    with database.reading() as session:
        score = look_back(session, exam.alice, attempt_id, LATER).score
    assert score is not None
    return score.points, score.maximum


@pytest.mark.parametrize("kind", MARKED)
def test_a_corrected_key_marks_the_attempts_anew(database: Database, kind: KindName) -> None:
    exam, attempt_id = sit_wrongly(database)
    correct(database, exam, kind, CHANGES[kind])
    assert read_points(database, exam, attempt_id) == (1.0, 8.0)
    with database.reading() as session:
        (change,) = look_at_changes(
            session, exam.tess, exam.world.course_id, exam.assignment_id
        ).changes
        (note,) = list_notes(session, exam.alice, LATER)
        book = make_gradebook(session, exam.tess, exam.world.course_id, LATER)
        assert list_notes(session, exam.world.bob, LATER) == ()
    assert change.old is not None
    assert change.new is not None
    assert (change.learner_name, change.old.points, change.new.points) == ("Alice", 0.0, 1.0)
    assert (change.old_fraction, change.new_fraction, change.reason) == (0.0, 1.0, "a slip")
    assert note.old is not None
    assert note.new is not None
    assert (note.question, note.old.points, note.new.points) == (MARKED.index(kind) + 1, 0.0, 1.0)
    assert book.learners[0].grades[0].share == 1 / 8
    assert check_database(database).clean


def test_a_dropped_question_counts_neither_way(database: Database) -> None:
    exam, attempt_id = sit_wrongly(database)
    correct(database, exam, "cloze", None)
    assert read_points(database, exam, attempt_id) == (0.0, 7.0)
    correct(database, exam, "cloze", CHANGES["cloze"], "kept after all")
    assert read_points(database, exam, attempt_id) == (1.0, 8.0)
    with database.reading() as session:
        audit = look_at_changes(session, exam.tess, exam.world.course_id, exam.assignment_id)
    assert [each.dropped for each in audit.corrections] == [False, True]
    assert [each.reason for each in audit.corrections] == ["kept after all", "a slip"]


def test_marking_by_a_correction_once_more_changes_nothing(database: Database) -> None:
    exam, attempt_id = sit_wrongly(database)
    correct(database, exam, "numeric", CHANGES["numeric"])
    with database.writing() as session:
        (correction,) = list_corrections(session, exam.world.course_id)
        assert remark_batch(session, correction, LATER) == 0
        session.commit()
        assert session.scalar(select(func.count(MarkChangeRow.id))) == 1
    assert read_points(database, exam, attempt_id) == (1.0, 8.0)


def test_a_running_attempt_is_marked_by_the_corrected_key(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.reading() as session:
        before = look(session, exam.alice, attempt_id, MORNING)
    answer_all(database, exam, attempt_id, MORNING + SECOND, right=False)
    correct(database, exam, "true_false", CHANGES["true_false"])
    with database.writing() as session:
        after = look(session, exam.alice, attempt_id, MORNING)
        assert [each.question for each in after.questions] == [e.question for e in before.questions]
        assert submit(session, exam.alice, attempt_id, LATER).points == 1
        session.commit()
        assert list_notes(session, exam.alice, LATER) == ()


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("choice", KeyChange(right=frozenset())),
        ("true_false", KeyChange(answer="perhaps")),
        ("numeric", KeyChange(answer="many")),
        ("numeric", KeyChange(tolerance="-1")),
        ("date", KeyChange(answer="2017-03")),
        ("date", KeyChange(answer="someday")),
        ("cloze", KeyChange(answer=" ")),
        ("ordering", KeyChange(order=("something", "else", "entirely"))),
        ("matching", KeyChange(pairs=(("a prompt", "green"), ("the prompt", "blue")))),
    ],
)
def test_what_cannot_be_the_key_of_what_was_shown_is_refused(
    sqlite_database: Database, kind: KindName, change: KeyChange
) -> None:
    exam, _ = sit_wrongly(sqlite_database)
    with pytest.raises(InvalidError, match="cannot be the key"):
        correct(sqlite_database, exam, kind, change)


def test_a_correction_needs_a_reason_and_a_change(sqlite_database: Database) -> None:
    exam, _ = sit_wrongly(sqlite_database)
    with pytest.raises(InvalidError, match="why"):
        correct(sqlite_database, exam, "choice", CHANGES["choice"], " ")
    with pytest.raises(ConflictError, match="already"):
        correct(sqlite_database, exam, "choice", KeyChange())


def test_only_instructors_of_the_course_correct(sqlite_database: Database) -> None:
    exam, _ = sit_wrongly(sqlite_database)
    course_id, bob = exam.world.course_id, exam.world.charlie
    with sqlite_database.writing() as session:
        question_id = list_question_ids(session, exam.version_id)["choice"]
        with pytest.raises(NotFoundError):
            correct_question(session, exam.alice, course_id, question_id, None, "why", LATER)
        enrol(session, course_id=course_id, account_id=bob.id, role=ASSISTANT, now=MORNING)
        with pytest.raises(ForbiddenError):
            correct_question(session, bob, course_id, question_id, None, "why", LATER)
        published = get_key(session, course_id, question_id)
    assert published is not None
    assert published.kind == "choice"


def test_a_claim_that_is_granted_gives_the_mark_and_a_note(database: Database) -> None:
    exam, attempt_id = sit_wrongly(database)
    with database.writing() as session:
        claim(session, exam.alice, attempt_id, 3, "It is called so in the book.", LATER)
        claim(session, exam.alice, attempt_id, 3, "Once more.", LATER)
        session.commit()
    with database.writing() as session:
        assert [one.claims for one in list_taught(session, exam.tess.id)] == [1]
        (waiting,) = look_at_claims(session, exam.tess, exam.world.course_id)
        assert (waiting.response, waiting.claim) == (
            WRONG["cloze"],
            "It is called so in the book.",
        )
        decide(session, exam.tess, attempt_id, 3, granted=0.5, reason="close", now=LATER)
        session.commit()
        assert look_at_claims(session, exam.tess, exam.world.course_id) == ()
        assert [one.claims for one in list_taught(session, exam.tess.id)] == [0]
    assert read_points(database, exam, attempt_id) == (0.5, 8.0)
    with database.writing() as session:
        (note,) = list_notes(session, exam.alice, LATER)
        assert (note.why, note.reason) == ("claim", "close")
        with pytest.raises(ConflictError, match="decided"):
            decide(session, exam.tess, attempt_id, 3, granted=1.0, reason="", now=LATER)


def test_a_claim_that_is_declined_leaves_the_mark_and_is_told(database: Database) -> None:
    exam, attempt_id = sit_wrongly(database)
    with database.writing() as session:
        claim(session, exam.alice, attempt_id, 3, "", LATER)
        decide(session, exam.tess, attempt_id, 3, granted=None, reason="no", now=LATER)
        session.commit()
        (note,) = list_notes(session, exam.alice, LATER)
        put_notes_away(session, exam.world.bob, note.id, LATER)
        assert len(list_notes(session, exam.alice, LATER)) == 1
        put_notes_away(session, exam.alice, note.id, LATER)
        assert list_notes(session, exam.alice, LATER) == ()
        session.commit()
    assert read_points(database, exam, attempt_id) == (0.0, 8.0)


def test_what_was_granted_stays_after_a_correction_that_gives_less(database: Database) -> None:
    exam, attempt_id = sit_wrongly(database)
    with database.writing() as session:
        claim(session, exam.alice, attempt_id, 3, "", LATER)
        decide(session, exam.tess, attempt_id, 3, granted=0.5, reason="", now=LATER)
        session.commit()
    correct(database, exam, "cloze", KeyChange(accept=("Nebula",)))
    assert read_points(database, exam, attempt_id) == (0.5, 8.0)
    correct(database, exam, "cloze", CHANGES["cloze"])
    assert read_points(database, exam, attempt_id) == (1.0, 8.0)


def test_only_typed_answers_short_of_the_mark_can_be_claimed(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    attempt_id = begin(sqlite_database, exam)
    with sqlite_database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 0, "0", MORNING)
        give(session, exam.alice, paper, 3, "Milky Way", MORNING)
        with pytest.raises(NotFoundError):
            claim(session, exam.alice, attempt_id, 3, "", MORNING)
        submit(session, exam.alice, attempt_id, MORNING)
        for position in (0, 3, 4):
            with pytest.raises(ConflictError, match="typed"):
                claim(session, exam.alice, attempt_id, position, "", MORNING)
        with pytest.raises(NotFoundError):
            claim(session, exam.world.bob, attempt_id, 3, "", MORNING)
        with pytest.raises(NotFoundError):
            decide(session, exam.tess, attempt_id, 3, granted=1.0, reason="", now=MORNING)


def test_a_given_grade_stands_until_it_is_taken_back(database: Database) -> None:
    exam, _ = sit_wrongly(database)

    def give_to_alice(share: float | None, reason: str) -> None:
        with database.writing() as session:
            give_grade(
                session,
                exam.tess,
                exam.assignment_id,
                exam.alice.id,
                share=share,
                reason=reason,
                now=LATER,
            )
            session.commit()

    for share, expected in ((0.7, 0.7), (0.9, 0.9), (None, 0.0)):
        give_to_alice(share, "an oral exam")
        with database.reading() as session:
            book = make_gradebook(session, exam.tess, exam.world.course_id, LATER)
        grade = book.learners[0].grades[0]
        assert (grade.share, grade.computed) == (expected, 0.0)
    for share, reason in ((0.5, " "), (-0.1, "x"), (float("nan"), "x"), (2.1, "x")):
        with pytest.raises(InvalidError):
            give_to_alice(share, reason)


def test_only_a_learner_of_the_course_is_given_a_grade(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    with sqlite_database.writing() as session:
        for giver, taker in ((exam.tess, exam.world.charlie), (exam.alice, exam.alice)):
            with pytest.raises(NotFoundError):
                give_grade(
                    session,
                    giver,
                    exam.assignment_id,
                    taker.id,
                    share=1.0,
                    reason="x",
                    now=LATER,
                )


def test_staff_see_an_attempt_whole_and_others_do_not(database: Database) -> None:
    exam, attempt_id = sit_wrongly(database)
    with database.reading() as session:
        for stranger in (exam.alice, exam.world.charlie):
            with pytest.raises(NotFoundError):
                inspect(session, stranger, attempt_id, LATER)
        with counting(database) as statements:
            seen = inspect(session, exam.tess, attempt_id, LATER)
    assert len(statements) == 3
    assert seen.score is not None
    assert len(seen.shown) == 7
    assert seen.questions[3].question.answer == "Milky Way"
    assert seen.questions[3].passage is not None


def test_only_an_instructor_of_the_course_decides_on_a_claim(sqlite_database: Database) -> None:
    exam, attempt_id = sit_wrongly(sqlite_database)
    with sqlite_database.writing() as session:
        claim(session, exam.alice, attempt_id, 3, "", LATER)
        for stranger in (exam.alice, exam.world.charlie):
            with pytest.raises(NotFoundError):
                decide(session, stranger, attempt_id, 3, granted=1.0, reason="", now=LATER)
        with pytest.raises(InvalidError):
            decide(session, exam.tess, attempt_id, 3, granted=1.5, reason="", now=LATER)


def test_a_dropped_question_is_not_asked_in_later_attempts(database: Database) -> None:
    exam = build_exam(database)
    correct(database, exam, "cloze", None)
    attempt_id = begin(database, exam)
    with database.reading() as session:
        kinds = [e.question.kind for e in look(session, exam.alice, attempt_id, LATER).questions]
    assert kinds == [kind for kind in MARKED if kind != "cloze"]


def test_a_correction_holds_in_its_own_course_alone(database: Database) -> None:
    exam, attempt_id = sit_wrongly(database)
    with database.writing() as session:
        other = add_course(session, title="Another", timezone="UTC", now=MORNING)
        enrol(session, course_id=other, account_id=exam.tess.id, role="instructor", now=MORNING)
        teach(session, course_id=other, version_id=exam.version_id)
        content = Content(version_id=exam.version_id)
        create(session, exam.tess, other, Plan(title="x", content=content, rules=RULES), MORNING)
        question_id = list_question_ids(session, exam.version_id)["choice"]
        change = CHANGES["choice"]
        correct_question(session, exam.tess, other, question_id, change, "theirs", LATER)
        session.commit()
    assert read_points(database, exam, attempt_id) == (0.0, 8.0)
