"""Reports on assignments: who sees them, which attempts count, what changes them."""

from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.services.grading.correcting import KeyChange, correct_question
from quizapp.services.quizzing.submitting import submit
from quizapp.services.reporting.items import report_question
from quizapp.services.reporting.responses import list_responses
from quizapp.services.reporting.scores import report_assignment
from quizapp.services.reporting.values import Which
from quizapp.storage.accounts import Account
from quizapp.storage.attempts import find_any_sitting
from quizapp.storage.engine import Database
from quizapp.storage.ids import AssignmentId, AttemptId, CourseId, QuestionId
from quizapp.storage.score_reports import select_marks
from quizapp.storage.tables import AssignmentRow, AttemptQuestionRow
from quizapp.storage.teachers import set_role
from tests.factories.assignments import (
    HOUR,
    SECOND,
    answer_all,
    begin,
    build_exam,
    list_question_ids,
)
from tests.factories.courses import make_account
from tests.factories.people import MORNING
from tests.factories.practising import practise, wish_for
from tests.factories.reports import (
    LATER,
    build_quiz,
    due_later,
    enrol_learners,
    make_quiz,
    put_attempt,
    read_report,
)
from tests.support.statements import counting

POINTS = (1.0, 1.0)
FRESH, KEPT = 8, 5


def make_drawn(session: Session, assignment_id: AssignmentId) -> None:
    statement = update(AssignmentRow).where(AssignmentRow.id == assignment_id)
    session.execute(statement.values(picking="draw"))


def submit_now(database: Database, learner: Account, attempt_id: AttemptId) -> None:
    with database.writing() as session:
        submit(session, learner, attempt_id, MORNING + 2 * SECOND)
        session.commit()


def test_only_the_staff_of_the_course_see_a_report(database: Database) -> None:
    quiz = build_quiz(database, POINTS, [(1.0, 0.0)])
    world, question_id = quiz.world, quiz.question_ids[0]
    with database.writing() as session:
        kim, theo = (make_account(session, name, "instructor") for name in ("Kim", "Theo"))
        set_role(
            session, course_id=world.course_id, account_id=kim.id, role="assistant", now=MORNING
        )
        session.commit()
    where = (world.course_id, quiz.assignment_id)
    with database.reading() as session:
        for person in (world.tess, kim):
            assert report_assignment(session, person, *where, LATER).finished == 1
            assert report_question(session, person, *where, question_id, LATER).line.number == 1
            assert list_responses(session, person, *where, question_id).total == 1
        for person in (world.alice, world.bob, world.charlie, theo):
            with pytest.raises(NotFoundError):
                report_assignment(session, person, *where, LATER)
            with pytest.raises(NotFoundError):
                report_question(session, person, *where, question_id, LATER)
            with pytest.raises(NotFoundError):
                list_responses(session, person, *where, question_id)


def test_what_is_not_of_the_course_is_not_found(database: Database) -> None:
    quiz = build_quiz(database, POINTS, [(1.0, 0.0)])
    tess, course_id = quiz.world.tess, quiz.world.course_id
    other, nothing = CourseId(course_id + 1), AssignmentId(quiz.assignment_id + 99)
    question_id, none = quiz.question_ids[0], QuestionId(9999)
    with database.reading() as session:
        for course, assignment in ((other, quiz.assignment_id), (course_id, nothing)):
            with pytest.raises(NotFoundError):
                report_assignment(session, tess, course, assignment, LATER)
            with pytest.raises(NotFoundError):
                list_responses(session, tess, course, assignment, question_id)
        with pytest.raises(NotFoundError):
            report_question(session, tess, course_id, quiz.assignment_id, none, LATER)
        with pytest.raises(NotFoundError):
            list_responses(session, tess, course_id, quiz.assignment_id, none)


def test_a_practice_quiz_has_no_report(database: Database) -> None:
    exam = build_exam(database)
    built = practise(database, exam.alice, wish_for(exam))
    with database.reading() as session:
        sitting = find_any_sitting(session, built.attempt_id)
        assert sitting is not None
        quiz_id = sitting.assignment.id
        with pytest.raises(NotFoundError):
            report_assignment(session, exam.tess, exam.world.course_id, quiz_id, LATER)
        found = report_assignment(
            session, exam.tess, exam.world.course_id, exam.assignment_id, LATER
        )
    assert found.report.attempts == 0


def test_a_report_takes_eight_statements_and_five_where_its_analysis_is_kept(
    database: Database,
) -> None:
    quiz = build_quiz(database, POINTS, [(1.0, 0.0)] * 30)
    with counting(database) as fresh:
        first = read_report(database, quiz)
    with counting(database) as kept:
        again = read_report(database, quiz, at=LATER + HOUR)
    assert (len(fresh), len(kept)) == (FRESH, KEPT)
    assert (again.computed_at, again.as_of) == (LATER, LATER + HOUR)
    assert again.report is first.report


@pytest.mark.parametrize(
    ("which", "mean", "n"),
    [("first", 1.0, 2), ("last", 0.5, 2), ("highest", 1.5, 2), ("all", 1, 4)],
)
def test_which_attempts_count_is_chosen(
    database: Database, which: Which, mean: float, n: int
) -> None:
    with database.writing() as session:
        quiz = make_quiz(session, POINTS)
        alice, bob = quiz.world.alice.id, quiz.world.bob.id
        for number, marks in enumerate([(1.0, 0.0), (1.0, 1.0), (0.0, 0.0)], 1):
            put_attempt(session, quiz, alice, marks, number=number)
        put_attempt(session, quiz, bob, (0.0, 1.0))
        session.commit()
    found = read_report(database, quiz, which)
    assert (found.report.attempts, found.report.test.mean) == (n, mean)
    assert (found.doubtful is not None) == (which == "all")
    assert (found.enrolled, found.finished) == (2, 2)


def test_the_marks_are_found_by_indexes_and_sorted_by_nobody(sqlite_database: Database) -> None:
    quiz = build_quiz(sqlite_database, POINTS, [(1.0, 0.0)])
    statement = select_marks("sqlite").params(assignment_id=quiz.assignment_id)
    written = statement.compile(sqlite_database.read, compile_kwargs={"literal_binds": True})
    with sqlite_database.reading() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {written}")
        steps = [str(row[-1]).partition(" USING ") for row in plan]
    assert [step for step, _, _ in steps] == ["SEARCH attempt", "SEARCH attempt_question"]
    assert all(how.startswith("INDEX ") for _, _, how in steps)


def test_a_kept_analysis_never_outlives_a_new_attempt(database: Database) -> None:
    quiz = build_quiz(database, POINTS, [(1.0, 0.0)])
    assert read_report(database, quiz).report.attempts == 1
    with database.writing() as session:
        put_attempt(session, quiz, quiz.world.bob.id, (1.0, 1.0))
        session.commit()
    assert read_report(database, quiz).report.attempts == 2


def test_a_corrected_key_changes_the_figures_and_the_past_stays_told(database: Database) -> None:
    quiz = build_quiz(database, POINTS, [(0.0, 1.0), (1.0, 0.0)])
    world, question_id = quiz.world, quiz.question_ids[0]
    assert read_report(database, quiz).report.items[0].facility == 0.5
    with database.writing() as session:
        # Both answers are right by now: 0, which was wrong, and 1.
        change = KeyChange(right=frozenset({0}))
        correct_question(session, world.tess, world.course_id, question_id, change, "oh", LATER)
        session.commit()
    found = read_report(database, quiz)
    line = found.questions[0]
    assert line.corrected
    assert [option.role for option in found.report.items[0].options[:2]] == ["key", "distractor"]
    with database.reading() as session:
        told = report_question(
            session, world.tess, world.course_id, quiz.assignment_id, question_id, LATER
        )
    (trend,) = told.trend
    assert (trend.facility, trend.published_facility, trend.n) == (0.5, 0.5, 2)
    assert told.published.options[1].correct
    assert told.question.options[0].correct


def test_a_dropped_question_is_in_no_figure(database: Database) -> None:
    quiz = build_quiz(database, POINTS, [(0.0, 1.0), (1.0, 1.0)])
    world, question_id = quiz.world, quiz.question_ids[0]
    with database.writing() as session:
        correct_question(session, world.tess, world.course_id, question_id, None, "bad", LATER)
        session.commit()
    found = read_report(database, quiz)
    assert (found.report.test.item_count, found.report.test.mean) == (1, 1.0)
    assert found.questions[0].dropped
    assert found.questions[0].findings is None
    assert [line.share for line in found.learners] == [1.0, 1.0]
    assert "question 1" in found.notes[0]
    with database.reading() as session:
        told = report_question(
            session, world.tess, world.course_id, quiz.assignment_id, question_id, LATER
        )
    assert (told.trend[0].dropped, told.trend[0].published_facility) == (True, 0.5)


def test_what_was_dropped_from_one_attempt_is_not_in_it(database: Database) -> None:
    quiz = build_quiz(database, POINTS, [(0.0, 1.0), (1.0, 1.0)])
    with database.writing() as session:
        first = (AttemptQuestionRow.attempt_id == 1, AttemptQuestionRow.position == 0)
        session.execute(update(AttemptQuestionRow).where(*first).values(dropped=True))
        session.commit()
    items = read_report(database, quiz).report.items
    assert [(each.n, each.facility) for each in items] == [(1, 1.0), (2, 1.0)]


def test_what_an_instructor_granted_counts_where_it_is_more(database: Database) -> None:
    quiz = build_quiz(database, POINTS, [(0.0, 1.0), (1.0, 1.0)])
    with database.writing() as session:
        session.execute(update(AttemptQuestionRow).values(granted=0.5))
        session.commit()
    assert [each.facility for each in read_report(database, quiz).report.items] == [0.75, 1.0]


def test_time_is_told_of_attempts_and_questions(database: Database) -> None:
    quiz = build_quiz(database, (1.0,) * 3, [(1.0, None, 0.0), (1.0, 1.0, 1.0)])
    found = read_report(database, quiz)
    # An answer every 20 s, the submission 20 s later; the blank one makes the third take 40 s.
    assert (found.time.seconds, found.time.n) == (80.0, 2)
    assert [(line.time.seconds, line.time.n) for line in found.questions] == [
        (20.0, 2),
        (20.0, 1),
        (30.0, 2),
    ]


def test_learners_who_may_need_help_have_plain_reasons(database: Database) -> None:
    with database.writing() as session:
        former = make_quiz(session, POINTS)
        world = former.world
        quiz = make_quiz(session, POINTS, world=world, rules=due_later(1), title="Second")
        low, drop, fine = enrol_learners(session, world, 3)
        for learner_id in (low, drop, fine):
            put_attempt(session, former, learner_id, (1.0, 1.0))
        put_attempt(session, quiz, world.bob.id, (None, 1.0), auto=True)
        put_attempt(session, quiz, low, (0.0, 0.0))
        put_attempt(session, quiz, drop, (1.0, 0.0))
        put_attempt(session, quiz, fine, (1.0, 1.0))
        session.commit()
    found = read_report(database, quiz, at=MORNING + 50 * HOUR)
    reasons = {line.name: line.reasons for line in found.learners}
    assert reasons == {
        "Alice": ("did not begin, and it was due",),
        "Bob": ("ran out of time with 1 of 2 questions without an answer",),
        "S0001": (
            "scored 0%, which is under half",
            "scored 0% after 100% in the former assignment",
        ),
        "S0002": ("scored 50% after 100% in the former assignment",),
        "S0003": (),
    }
    assert [line.name for line in found.may_need_help] == ["S0001", "Alice", "Bob", "S0002"]
    assert found.previous is not None
    assert (found.previous.title, found.previous.median_share, found.previous.n) == ("Quiz", 1, 3)


def test_who_has_begun_and_who_has_finished_is_counted(database: Database) -> None:
    exam = build_exam(database)
    begin(database, exam)
    with database.reading() as session:
        where = (session, exam.tess, exam.world.course_id, exam.assignment_id)
        running = report_assignment(*where, MORNING + SECOND)
        over = report_assignment(*where, MORNING + 9 * HOUR)
    assert (running.in_progress, running.finished, running.enrolled) == (1, 0, 2)
    # Its time is over, though nothing has closed it yet.
    assert (over.in_progress, over.finished) == (0, 1)
    assert over.report.attempts == 0
    assert "not marked yet" in over.notes[0]


def test_questions_drawn_at_random_are_told_by_place_and_by_question(database: Database) -> None:
    with database.writing() as session:
        quiz = make_quiz(session, (1.0,) * 2)
        drawn = [
            replace(quiz, question_ids=ids) for ids in (quiz.question_ids, quiz.question_ids[::-1])
        ]
        learners = enrol_learners(session, quiz.world, 6)
        for number, learner_id in enumerate(learners):
            put_attempt(session, drawn[number % 2], learner_id, (1.0, float(number < 3)))
        make_drawn(session, quiz.assignment_id)
        session.commit()
    found = read_report(database, quiz)
    assert [each.item for each in found.report.slots] == ["place 1", "place 2"]
    assert [each.facility for each in found.report.slots] == [1.0, 0.5]
    assert [each.n for each in found.report.items] == [6, 6]
    assert found.report.test.alpha_attempts == 6
    assert found.report.items[0].intended_weight is None


def test_all_answers_to_a_question_are_told_in_words_and_equal_ones_counted(
    database: Database,
) -> None:
    exam = build_exam(database)
    for learner, right in ((exam.alice, True), (exam.world.bob, False)):
        attempt_id = begin(database, exam, learner=learner)
        answer_all(database, exam, attempt_id, MORNING + SECOND, right=right, learner=learner)
        submit_now(database, learner, attempt_id)
    with database.reading() as session:
        ids = list_question_ids(session, exam.version_id)
        where = (session, exam.tess, exam.world.course_id, exam.assignment_id)
        told = {kind: list_responses(*where, ids[kind]) for kind in ("matching", "date", "numeric")}
        pages = list_responses(*where, ids["choice"], page=7)
    assert [line.answer for line in told["date"].lines] == ["2 March 2017", "3 March 2017"]
    assert [line.answer for line in told["numeric"].lines] == ["1,762 stars", "3 stars"]
    assert told["matching"].lines[0].answer == "a prompt: yellow; the prompt: blue"
    assert [line.fraction for line in told["matching"].lines] == [1.0, 0.0]
    assert (pages.page, pages.pages, pages.total) == (1, 1, 2)


def test_equal_answers_stand_together_and_pages_hold_fifty(database: Database) -> None:
    quiz = build_quiz(database, POINTS, [(0.0, None)] * 40 + [(1.0, 1.0)] * 20)
    where = (quiz.world.tess, quiz.world.course_id, quiz.assignment_id)
    with database.reading() as session, counting(database) as statements:
        first = list_responses(session, *where, quiz.question_ids[0])
    assert len(statements) == 4
    with database.reading() as session:
        second = list_responses(session, *where, quiz.question_ids[0], page=2)
        blank = list_responses(session, *where, quiz.question_ids[1])
    assert [(each.answer, each.count, each.fraction) for each in first.groups] == [
        ("f1 option 0", 40, 0.0),
        ("f1 option 1", 20, 1.0),
    ]
    assert (len(first.lines), len(second.lines), second.pages) == (50, 10, 2)
    assert first.lines[0].equal == 40
    assert [(each.answer, each.count) for each in blank.groups] == [
        (None, 40),
        ("f2 option 1", 20),
    ]
    wrong = read_report(database, quiz).questions[0].wrong
    assert wrong is not None
    assert (wrong.text, wrong.count, wrong.n) == ("f1 option 0", 40, 60)


def test_a_question_tells_how_it_fared_in_each_assignment(database: Database) -> None:
    with database.writing() as session:
        former = make_quiz(session, POINTS)
        quiz = make_quiz(
            session,
            POINTS,
            world=former.world,
            rules=due_later(1),
            title="Second",
            version_id=former.version_id,
        )
        put_attempt(session, former, former.world.alice.id, (0.0, 1.0))
        put_attempt(session, quiz, former.world.alice.id, (1.0, 1.0))
        session.commit()
    world = quiz.world
    with database.reading() as session:
        found = report_question(
            session, world.tess, world.course_id, quiz.assignment_id, quiz.question_ids[0], LATER
        )
    assert [(each.title, each.facility, each.n) for each in found.trend] == [
        ("Quiz", 0.0, 1),
        ("Second", 1.0, 1),
    ]
    assert found.passage is not None
    assert found.before is None
    assert found.after is not None
    assert found.facts[0].statement == "f1 is option 1."
