"""A learner sits an assignment: begun, saved, resumed, submitted, marked, remembered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.jobs import find_status_by_key
from quizapp.services.checking import check_database
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.saving import flag
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import look_back, submit
from quizapp.storage.engine import Database
from quizapp.storage.tables import AssignmentRow
from tests.factories.assignments import (
    HOUR,
    MARKED,
    RIGHT,
    RULES,
    SECOND,
    answer_all,
    begin,
    build_exam,
    give,
)
from tests.factories.people import MORNING
from tests.support.statements import counting


def test_every_kind_is_answered_and_marked(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND)
    with database.writing() as session:
        score = submit(session, exam.alice, attempt_id, MORNING + HOUR)
        session.commit()
    assert (score.points, score.maximum, score.credit) == (8.0, 8.0, 1.0)
    with database.reading() as session:
        result = look_back(session, exam.alice, attempt_id, MORNING + HOUR)
    assert [each.fraction for each in result.questions] == [1.0] * len(MARKED)
    assert check_database(database).clean


def test_starting_freezes_questions_order_and_clock_for_every_device(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND, most=3)
    with database.reading() as session:
        phone = look(session, exam.alice, attempt_id, MORNING + 2 * SECOND)
        desktop = look(session, exam.alice, attempt_id, MORNING + 2 * SECOND)
    assert phone == desktop
    assert phone.deadline_at == MORNING + 4 * HOUR
    assert phone.unanswered == (4, 5, 6, 7, 8)
    assert [each.question.kind for each in phone.questions] == list(MARKED)
    given = phone.questions[1].response
    assert given is not None
    assert given.text == RIGHT["select_all"]


def test_looking_takes_two_statements_and_saving_three(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with counting(database) as statements, database.reading() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
    assert len(statements) == 2
    with counting(database) as statements, database.writing() as session:
        give(session, exam.alice, paper, 0, "1", MORNING)
        session.commit()
    assert len(statements) == 3
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING)
        session.commit()
    with counting(database) as statements, database.reading() as session:
        look_back(session, exam.alice, attempt_id, MORNING)
    assert len(statements) == 2


def test_the_same_key_again_is_the_same_attempt_and_another_is_refused(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        first = start(session, exam.alice, exam.assignment_id, MORNING, key="k")
        session.commit()
    with database.writing() as session:
        assert start(session, exam.alice, exam.assignment_id, MORNING + SECOND, key="k") == first
        with pytest.raises(ConflictError, match="resume it"):
            start(session, exam.alice, exam.assignment_id, MORNING + SECOND, key="other")


def test_after_the_last_attempt_none_can_be_begun(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING + SECOND)
        session.commit()
    with database.writing() as session, pytest.raises(ConflictError, match="every attempt"):
        start(session, exam.alice, exam.assignment_id, MORNING + HOUR, key="again")


@pytest.mark.parametrize("who", ["charlie", "bob"])
def test_an_attempt_of_somebody_else_is_not_found(database: Database, who: str) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    stranger = {"charlie": exam.world.charlie, "bob": exam.world.bob}[who]
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        for refused in (look, submit, look_back):
            with pytest.raises(NotFoundError):
                refused(session, stranger, attempt_id, MORNING)
        with pytest.raises(NotFoundError):
            give(session, stranger, paper, 0, "1", MORNING)


def test_who_is_in_no_course_finds_no_assignment(database: Database) -> None:
    exam = build_exam(database)
    for stranger in (exam.world.charlie, exam.tess):
        with database.writing() as session, pytest.raises(NotFoundError):
            start(session, stranger, exam.assignment_id, MORNING, key="k")


def test_a_save_sent_again_is_the_same_save_even_after_submission(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        first = give(session, exam.alice, paper, 0, "1", MORNING + SECOND, key="k")
        session.commit()
    with database.writing() as session:
        assert give(session, exam.alice, paper, 0, "1", MORNING + 9 * SECOND, key="k") == first
        submit(session, exam.alice, attempt_id, MORNING + 10 * SECOND)
        session.commit()
    with database.writing() as session:
        again = give(session, exam.alice, paper, 0, "1", MORNING + HOUR, key="k")
        assert again == first
    with database.reading() as session:
        assert look(session, exam.alice, attempt_id, MORNING).questions[0].saves == 1


def test_a_key_that_served_another_answer_is_refused(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 0, "1", MORNING, key="k")
        with pytest.raises(ConflictError, match="another answer"):
            give(session, exam.alice, paper, 0, "2", MORNING, key="k")
        with pytest.raises(ConflictError, match="another answer"):
            give(session, exam.alice, paper, 3, "1", MORNING, key="k")


def test_a_stale_save_overwrites_nothing(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 3, "from the phone", MORNING)
        session.commit()
    with database.writing() as session, pytest.raises(ConflictError, match="meanwhile"):
        give(session, exam.alice, paper, 3, "from the desktop", MORNING)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        assert paper.questions[3].response is not None
        assert paper.questions[3].response.text == "from the phone"
        give(session, exam.alice, paper, 3, "now on purpose", MORNING)
        session.commit()
        changed = look(session, exam.alice, attempt_id, MORNING).questions[3]
    assert (changed.saves, changed.response and changed.response.text) == (2, "now on purpose")


def test_nothing_is_saved_or_flagged_after_submission(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        submit(session, exam.alice, attempt_id, MORNING)
        session.commit()
    with database.writing() as session, pytest.raises(ConflictError, match="submitted"):
        give(session, exam.alice, paper, 0, "1", MORNING)
    with database.writing() as session, pytest.raises(ConflictError, match="submitted"):
        flag(session, exam.alice, attempt_id, 0, MORNING, flagged=True)


def test_what_cannot_be_read_is_refused_and_what_stood_stands(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 4, "12", MORNING)
        session.commit()
        paper = look(session, exam.alice, attempt_id, MORNING)
        with pytest.raises(InvalidError):
            give(session, exam.alice, paper, 4, "no number", MORNING)
    with database.reading() as session:
        kept = look(session, exam.alice, attempt_id, MORNING).questions[4].response
    assert kept is not None
    assert kept.text == "12"


def test_i_do_not_know_is_an_answer_without_a_mark(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 0, "dont_know", MORNING)
        paper = look(session, exam.alice, attempt_id, MORNING)
        assert paper.unanswered == (2, 3, 4, 5, 6, 7, 8)
        assert submit(session, exam.alice, attempt_id, MORNING).points == 0
        session.commit()


def test_flags_are_set_and_taken_away(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        for position, flagged in ((2, True), (5, True), (2, False)):
            flag(session, exam.alice, attempt_id, position, MORNING, flagged=flagged)
        session.commit()
    with database.reading() as session:
        assert look(session, exam.alice, attempt_id, MORNING).flagged == (6,)


def test_a_date_that_may_be_two_days_stands_as_typed_and_is_read_for_the_learner(
    database: Database,
) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 5, "03/02/2017", MORNING)
        standing = look(session, exam.alice, attempt_id, MORNING).questions[5].response
        assert standing is not None
        assert standing.text == "03/02/2017"
        assert submit(session, exam.alice, attempt_id, MORNING).points == 1
        session.commit()


def test_partial_credit_is_what_each_kind_states(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        give(session, exam.alice, paper, 1, "0", MORNING)
        give(session, exam.alice, paper, 6, "1 2 0", MORNING)
        give(session, exam.alice, paper, 7, "1 -", MORNING)
        submit(session, exam.alice, attempt_id, MORNING)
        session.commit()
    with database.reading() as session:
        questions = look_back(session, exam.alice, attempt_id, MORNING).questions
    assert [questions[place].fraction for place in (1, 6, 7)] == [0.5, 0.5, 0.5]
    assert questions[0].fraction is None


def test_submitting_twice_keeps_the_first_submission(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND, most=2)
    with database.writing() as session:
        first = submit(session, exam.alice, attempt_id, MORNING + HOUR)
        session.commit()
    with database.writing() as session:
        assert submit(session, exam.alice, attempt_id, MORNING + 3 * HOUR) == first
        session.commit()
    with database.reading() as session:
        result = look_back(session, exam.alice, attempt_id, MORNING + 3 * HOUR)
    assert (result.submitted_at, result.auto) == (MORNING + HOUR, False)


def test_the_clock_set_back_makes_no_negative_time(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam, MORNING + HOUR)
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, MORNING)
        assert paper.state == "in_progress"
        assert give(session, exam.alice, paper, 0, "1", MORNING).at == MORNING + HOUR
        submit(session, exam.alice, attempt_id, MORNING)
        session.commit()
    with database.reading() as session:
        result = look_back(session, exam.alice, attempt_id, MORNING + HOUR)
    assert result.submitted_at == MORNING + HOUR


def test_starting_enqueues_the_closing_once_for_after_the_grace(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    until = MORNING + 4 * HOUR + timedelta(minutes=1)
    with database.reading() as session:
        job = find_status_by_key(session, f"close_attempt {attempt_id} at {until.isoformat()}")
    assert job is not None
    assert job.run_after == until + SECOND


def test_a_result_is_told_by_the_switches_of_the_moment(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.reading() as session, pytest.raises(NotFoundError):
        look_back(session, exam.alice, attempt_id, MORNING)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING)
        session.commit()
    with database.reading() as session:
        at_once = look_back(session, exam.alice, attempt_id, MORNING)
        closed = look_back(session, exam.alice, attempt_id, MORNING + 5 * HOUR)
    assert (at_once.moment, closed.moment) == ("right_after", "after_close")
    assert at_once.shown == {"attempt", "correctness", "marks"}
    assert at_once.questions[0].passage is None
    assert closed.questions[0].passage is not None
    assert "right_answer" in closed.shown


def test_questions_are_shuffled_for_each_learner_and_stay_so(database: Database) -> None:
    exam = build_exam(database, rules=replace(RULES, shuffle_questions=True))
    attempts = {
        learner: begin(database, exam, learner=learner) for learner in (exam.alice, exam.world.bob)
    }
    orders = []
    for learner, attempt_id in attempts.items():
        with database.reading() as session:
            paper = look(session, learner, attempt_id, MORNING)
        orders.append([each.question.kind for each in paper.questions])
    assert sorted(orders[0]) == sorted(orders[1]) == sorted(MARKED)
    assert orders[0] != orders[1]


def test_options_stay_where_they_are_though_the_instructor_changes_the_rule(
    database: Database,
) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.reading() as session:
        before = look(session, exam.alice, attempt_id, MORNING)
    with database.writing() as session:
        session.execute(update(AssignmentRow).values(shuffle_options=False))
        session.commit()
    with database.reading() as session:
        assert look(session, exam.alice, attempt_id, MORNING).questions == before.questions
