"""A learner reviews: the story of one memory through the services, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.services.checking import check_database
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import Asking, ask_next
from quizapp.services.reviewing.feedback import look_back
from quizapp.services.reviewing.studies import finish_study, start_study, sum_up
from quizapp.services.reviewing.today import look_at_today
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from quizapp.storage.ids import StudyId
from tests.factories.people import (
    MORNING,
    World,
    answer_next,
    build_world,
    right_value,
    submit,
    wrong_value,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def begin(session: Session, account: Account) -> tuple[StudyId, Asking]:
    study_id = start_study(session, account, MORNING)
    asking = ask_next(session, account, study_id, MORNING)
    assert asking is not None
    return study_id, asking


def test_a_new_learner_has_the_days_new_facts_before_them(database: Database) -> None:
    world = build_world(database, facts=25)
    with database.reading() as session:
        today = look_at_today(session, world.alice, MORNING)
    assert (today.counts.new, today.counts.due, today.counts.learning) == (20, 0, 0)
    assert today.courses[0].facts == 25


def test_someone_in_no_course_has_nothing_before_them(database: Database) -> None:
    world = build_world(database)
    with database.reading() as session:
        today = look_at_today(session, world.charlie, MORNING)
    assert today.counts.total == 0
    assert today.courses == ()


def test_the_same_question_comes_until_it_is_answered(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, first = begin(session, world.alice)
        again = ask_next(session, world.alice, study_id, MORNING + MINUTE)
    assert again is not None
    assert (again.question_id, again.order) == (first.question_id, first.order)


def test_a_fact_in_a_learning_step_is_not_due_in_its_course(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="one")
        today = look_at_today(session, world.alice, MORNING)
    assert (today.counts.learning, today.counts.due, today.courses[0].due) == (1, 0, 0)


def test_a_right_answer_moves_the_fact_to_the_next_learning_step(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, asking = begin(session, world.alice)
        form = submit(asking, key="k", value=right_value(asking), shown_at=MORNING)
        review_id = answer(session, world.alice, study_id, form, MORNING + MINUTE)
        session.commit()
    with database.reading() as session:
        feedback = look_back(session, world.alice, study_id, review_id, MORNING + MINUTE)
    assert feedback.right
    assert feedback.due == MORNING + 11 * MINUTE
    assert (feedback.counts.learning, feedback.counts.new) == (1, 2)


def test_a_wrong_answer_brings_the_fact_back_within_a_minute(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, review_id = answer_next(session, world.alice, MORNING, key="k", right=False)
        feedback = look_back(session, world.alice, study_id, review_id, MORNING)
        later = ask_next(session, world.alice, study_id, MORNING + 2 * MINUTE)
    assert not feedback.right
    assert feedback.due == MORNING + MINUTE
    assert later is not None
    assert later.question.facts == feedback.question.facts


def test_the_next_review_asks_in_other_words(database: Database) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        study_id, first = begin(session, world.alice)
        form = submit(first, key="k", value=right_value(first), shown_at=MORNING)
        answer(session, world.alice, study_id, form, MORNING)
        second = ask_next(session, world.alice, study_id, MORNING + 11 * MINUTE)
    assert second is not None
    assert second.question_id != first.question_id
    assert second.question.facts == first.question.facts


def test_i_do_not_know_is_stored_as_such_and_counts_as_wrong(database: Database) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
        assert asking is not None
        while asking.question.kind == "flashcard":
            form = submit(asking, key="first", value="1", shown_at=MORNING)
            answer(session, world.alice, study_id, form, MORNING)
            asking = ask_next(session, world.alice, study_id, MORNING + MINUTE)
            assert asking is not None
        form = submit(asking, key="k", value="dont_know", shown_at=MORNING)
        review_id = answer(session, world.alice, study_id, form, MORNING + MINUTE)
        feedback = look_back(session, world.alice, study_id, review_id, MORNING + MINUTE)
    assert not feedback.response.given
    assert not feedback.right


def test_the_same_key_again_is_the_same_answer(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, asking = begin(session, world.alice)
        form = submit(asking, key="k", value=right_value(asking), shown_at=MORNING)
        first = answer(session, world.alice, study_id, form, MORNING)
        session.commit()
    for _ in range(3):
        with database.writing() as session:
            again = answer(session, world.alice, study_id, form, MORNING + MINUTE)
            session.commit()
        assert again == first
    assert check_database(database).reviews == 1
    assert check_database(database).clean


def test_the_same_key_for_another_answer_is_refused(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, asking = begin(session, world.alice)
        right = submit(asking, key="k", value=right_value(asking), shown_at=MORNING)
        answer(session, world.alice, study_id, right, MORNING)
        wrong = submit(asking, key="k", value=wrong_value(asking), shown_at=MORNING)
        with pytest.raises(ConflictError, match="key"):
            answer(session, world.alice, study_id, wrong, MORNING)


def test_another_learners_key_gives_nothing_away(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="same")
        study_id, asking = begin(session, world.bob)
        form = submit(asking, key="same", value=right_value(asking), shown_at=MORNING)
        with pytest.raises(ConflictError):
            answer(session, world.bob, study_id, form, MORNING)


def test_the_second_of_two_windows_is_told_and_changes_nothing(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, asking = begin(session, world.alice)
        one = submit(asking, key="one", value=right_value(asking), shown_at=MORNING)
        answer(session, world.alice, study_id, one, MORNING)
        session.commit()
    two = submit(asking, key="two", value=wrong_value(asking), shown_at=MORNING)
    with database.writing() as session, pytest.raises(ConflictError, match="another window"):
        answer(session, world.alice, study_id, two, MORNING + MINUTE)
    check = check_database(database)
    assert (check.reviews, check.clean) == (1, True)


def test_an_empty_form_is_refused_and_stores_nothing(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, asking = begin(session, world.alice)
        session.commit()
        form = submit(asking, key="k", value="", shown_at=MORNING)
        with pytest.raises(InvalidError):
            answer(session, world.alice, study_id, form, MORNING)
        session.rollback()
    assert check_database(database).reviews == 0


@pytest.mark.parametrize("stranger", ["bob", "charlie"])
def test_nobody_answers_in_someone_elses_session(database: Database, stranger: str) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, asking = begin(session, world.alice)
        session.commit()
        form = submit(asking, key="k", value=right_value(asking), shown_at=MORNING)
        with pytest.raises(NotFoundError):
            answer(session, getattr(world, stranger), study_id, form, MORNING)
        with pytest.raises(NotFoundError):
            ask_next(session, getattr(world, stranger), study_id, MORNING)
        with pytest.raises(NotFoundError):
            sum_up(session, getattr(world, stranger), study_id, MORNING)
        with pytest.raises(NotFoundError):
            finish_study(session, getattr(world, stranger), study_id, left_open=False, now=MORNING)


def test_an_answer_after_the_end_of_the_session_does_not_count(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, asking = begin(session, world.alice)
        finish_study(session, world.alice, study_id, left_open=True, now=MORNING)
        session.commit()
        form = submit(asking, key="k", value=right_value(asking), shown_at=MORNING)
        with pytest.raises(ConflictError, match="ended"):
            answer(session, world.alice, study_id, form, MORNING + MINUTE)
        session.rollback()
    assert check_database(database).reviews == 0


def test_what_ended_a_session_first_stays(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, _ = answer_next(session, world.alice, MORNING, key="one")
        first, second = MORNING + MINUTE, MORNING + 2 * MINUTE
        finish_study(session, world.alice, study_id, left_open=True, now=first)
        finish_study(session, world.alice, study_id, left_open=False, now=second)
        session.commit()
        summary = sum_up(session, world.alice, study_id, second)
    assert (summary.ended_at, summary.shown) == (first, 2)


def test_undo_of_the_first_answer_makes_the_fact_new_again(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, review_id = answer_next(session, world.alice, MORNING, key="k")
        before = look_at_today(session, world.alice, MORNING)
        undo(session, world.alice, review_id, MORNING + MINUTE)
        session.commit()
        after = look_at_today(session, world.alice, MORNING)
        feedback = look_back(session, world.alice, study_id, review_id, MORNING)
    assert (before.counts.new, after.counts.new) == (2, 3)
    assert feedback.undone
    assert not feedback.can_undo
    check = check_database(database)
    assert (check.reviews, check.memories, check.clean) == (1, 0, True)


def test_undo_of_a_lapse_gives_back_the_memory_of_before(database: Database) -> None:
    world = build_world(database, facts=1)
    times = [MORNING, MORNING + 11 * MINUTE, MORNING + 30 * DAY]
    with database.writing() as session:
        for number, at in enumerate(times[:2]):
            answer_next(session, world.alice, at, key=f"k{number}")
        before = look_at_today(session, world.alice, times[2])
        _, lapse = answer_next(session, world.alice, times[2], key="lapse", right=False)
        undo(session, world.alice, lapse, times[2] + MINUTE)
        session.commit()
        after = look_at_today(session, world.alice, times[2])
    assert before.counts.due == after.counts.due == 1
    assert check_database(database).clean


def test_only_the_last_answer_can_be_undone_and_then_the_one_before(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        _, first = answer_next(session, world.alice, MORNING, key="one")
        _, second = answer_next(session, world.alice, MORNING + MINUTE, key="two")
        with pytest.raises(ConflictError):
            undo(session, world.alice, first, MORNING + 2 * MINUTE)
        session.rollback()
        undo(session, world.alice, second, MORNING + 2 * MINUTE)
        undo(session, world.alice, first, MORNING + 3 * MINUTE)
        undo(session, world.alice, first, MORNING + 4 * MINUTE)
        session.commit()
    check = check_database(database)
    assert (check.reviews, check.memories, check.clean) == (2, 0, True)


def test_nobody_undoes_someone_elses_answer(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        _, review_id = answer_next(session, world.alice, MORNING, key="k")
        with pytest.raises(NotFoundError):
            undo(session, world.bob, review_id, MORNING)


def test_a_clock_set_back_does_not_disturb_the_log(database: Database) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="one", right=False)
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING + MINUTE)
        assert asking is not None
        form = submit(asking, key="two", value=right_value(asking), shown_at=MORNING)
        answer(session, world.alice, study_id, form, MORNING - 3 * DAY)
        session.commit()
    assert check_database(database).clean


def test_the_summary_adds_up_and_names_the_hardest(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, _ = answer_next(session, world.alice, MORNING, key="one", right=False)
        for number in range(2):
            at = MORNING + timedelta(seconds=20 * (number + 1))
            asking = ask_next(session, world.alice, study_id, at)
            assert asking is not None
            form = submit(asking, key=f"k{number}", value=right_value(asking), shown_at=at)
            answer(session, world.alice, study_id, form, at + timedelta(seconds=15))
        end = MORNING + 3 * MINUTE
        finish_study(session, world.alice, study_id, left_open=True, now=end)
        session.commit()
        summary = sum_up(session, world.alice, study_id, end)
    assert (summary.shown, summary.answered, summary.right) == (4, 3, 2)
    assert summary.score == pytest.approx(2 / 3)
    assert summary.minutes == pytest.approx(0.5)
    assert summary.ended_at == end
    assert len(summary.hardest) == 1


def test_a_closed_browser_ends_the_session_at_its_last_answer(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, _ = answer_next(session, world.alice, MORNING, key="one")
        evening = MORNING + timedelta(hours=10)
        summary = sum_up(session, world.alice, study_id, evening)
        other = start_study(session, world.alice, evening)
        session.commit()
        ended = sum_up(session, world.alice, study_id, evening)
    assert summary.ended_at == ended.ended_at == MORNING
    assert other != study_id


def test_a_short_pause_resumes_the_session(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id, _ = answer_next(session, world.alice, MORNING, key="one")
        assert start_study(session, world.alice, MORNING + 20 * MINUTE) == study_id


def test_answers_of_a_whole_month_stay_the_fold_of_their_log(database: Database) -> None:
    world = build_world(database, facts=12)
    live_a_month(database, world)
    check = check_database(database)
    assert check.mismatches == ()
    assert check.memories > 10
    assert check.reviews > 60


def live_a_month(database: Database, world: World) -> None:
    number = 0
    with database.writing() as session:
        for day in range(30):
            now = MORNING + day * DAY
            for account in (world.alice, world.bob):
                for step in range(6):
                    at = now + step * MINUTE
                    study_id = start_study(session, account, at)
                    if ask_next(session, account, study_id, at) is None:
                        break
                    number += 1
                    _, review_id = answer_next(
                        session, account, at, key=f"k{number}", right=number % 5 != 0
                    )
                    if number % 7 == 0:
                        undo(session, account, review_id, at)
        session.commit()
