"""Answers that a browser kept without a network: counted once, as of the time they were given."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from quizapp.errors import BusyError, ConflictError, InvalidError, NotFoundError
from quizapp.services.checking import check_database
from quizapp.services.reviewing.answering import Submission, answer
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.keeping import KeptAnswer, Stored, store_kept
from quizapp.services.reviewing.studies import finish_study, start_study
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from quizapp.storage.ids import FactId, QuestionId, ReviewId, StudyId
from quizapp.storage.tables import IntroductionRow, MemoryRow, ReviewRow, StudyRow
from tests.factories.assignments import answer_all, begin, build_exam
from tests.factories.people import MORNING, World, answer_next, build_world, right_value, submit

# By the right answer: that of a flashcard is a grade, of a choice an option.
WRONG = {"3": {"answer": "1"}, "1": {"answer": "0"}}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(database: Database) -> World:
    """Alice learns three facts."""
    return build_world(database)


def ask(database: Database, world: World, *, key: str = "kept") -> tuple[StudyId, Submission]:
    """Let Alice begin, and return the right answer to what she is asked."""
    with database.writing() as session:
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
        session.commit()
    assert asking is not None
    return study_id, submit(asking, key=key, value=right_value(asking), shown_at=MORNING)


def keep_next(database: Database, world: World, at: datetime, *, key: str = "kept") -> KeptAnswer:
    """Return what Alice's browser keeps of the question before her."""
    study_id, submission = ask(database, world, key=key)
    return KeptAnswer(study_id=study_id, submission=submission, answered_at=at)


def send(database: Database, account: Account, kept: KeptAnswer, now: datetime) -> Stored:
    with database.writing() as session:
        stored = store_kept(session, account, kept, now)
        session.commit()
    return stored


def read_reviews(database: Database) -> list[ReviewRow]:
    with database.reading() as session:
        return list(session.scalars(select(ReviewRow).order_by(ReviewRow.id)))


def read_memory(database: Database) -> MemoryRow:
    with database.reading() as session:
        return session.scalars(select(MemoryRow)).one()


def is_clean(database: Database, *, reviews: int, memories: int) -> bool:
    check = check_database(database)
    return (check.clean, check.reviews, check.memories) == (True, reviews, memories)


def answer_online(database: Database, world: World, kept: KeptAnswer, at: datetime) -> ReviewId:
    """Answer on another device, which has the network, what is kept on the first."""
    online = replace(kept.submission, key="online")
    with database.writing() as session:
        review_id = answer(session, world.alice, kept.study_id, online, at)
        session.commit()
    return review_id


def test_a_kept_answer_counts_as_of_the_time_it_was_given(database: Database, world: World) -> None:
    kept = keep_next(database, world, MORNING + MINUTE)
    stored = send(database, world.alice, kept, MORNING + DAY)
    (review,) = read_reviews(database)
    assert (stored.review_id, stored.before) == (review.id, False)
    assert (review.at, review.arrived_at) == (MORNING + MINUTE, MORNING + DAY)
    assert (review.study_day, review.was) == (MORNING.toordinal(), "new")
    assert (review.grade, review.duration_ms) == (3, 60_000)
    assert read_memory(database).last_at == MORNING + MINUTE
    assert is_clean(database, reviews=1, memories=1)


def test_an_answer_sent_again_is_the_same_review(database: Database, world: World) -> None:
    kept = keep_next(database, world, MORNING + MINUTE)
    first = send(database, world.alice, kept, MORNING + HOUR)
    again = send(database, world.alice, kept, MORNING + 2 * HOUR)
    assert again == replace(first, before=True)
    assert is_clean(database, reviews=1, memories=1)


def test_an_answer_whose_reply_was_lost_is_the_same_review(
    database: Database, world: World
) -> None:
    kept = keep_next(database, world, MORNING + MINUTE, key="online")
    review_id = answer_online(database, world, kept, MORNING + MINUTE)
    stored = send(database, world.alice, kept, MORNING + HOUR)
    assert stored == Stored(review_id=review_id, before=True)
    assert is_clean(database, reviews=1, memories=1)


def test_a_key_serves_one_answer(database: Database, world: World) -> None:
    kept = keep_next(database, world, MORNING)
    send(database, world.alice, kept, MORNING)
    other = replace(kept.submission, fields=WRONG[kept.submission.fields["answer"]])
    with pytest.raises(ConflictError, match="key was used"):
        send(database, world.alice, replace(kept, submission=other), MORNING)
    assert is_clean(database, reviews=1, memories=1)


@pytest.mark.parametrize(
    ("clock", "at"),
    [
        (-2 * DAY, MORNING),
        (timedelta(seconds=-1), MORNING),
        (5 * MINUTE, MORNING + 5 * MINUTE),
        (HOUR + MINUTE, MORNING + HOUR),
        (9000 * DAY, MORNING + HOUR),
    ],
)
def test_the_time_is_neither_before_the_session_nor_after_the_arrival(
    database: Database, world: World, clock: timedelta, at: datetime
) -> None:
    kept = keep_next(database, world, MORNING + clock)
    send(database, world.alice, kept, MORNING + HOUR)
    assert read_reviews(database)[0].at == at
    assert is_clean(database, reviews=1, memories=1)


def test_an_answer_counts_in_its_place_if_the_fact_was_answered_elsewhere_meanwhile(
    database: Database, world: World
) -> None:
    kept = keep_next(database, world, MORNING + MINUTE)
    answer_online(database, world, kept, MORNING + 3 * HOUR)
    send(database, world.alice, kept, MORNING + 4 * HOUR)
    online, late = read_reviews(database)
    assert late.at < online.at < late.arrived_at
    memory = read_memory(database)
    assert (memory.reps, memory.last_at) == (2, online.at)
    # One fact was introduced that day, not two.
    assert [online.was, late.was] == ["new", "learning"]
    assert is_clean(database, reviews=2, memories=1)


def test_answers_of_two_devices_amount_to_the_same_whoever_is_first(
    database: Database, world: World
) -> None:
    early = keep_next(database, world, MORNING + MINUTE, key="early")
    late = replace(early, answered_at=MORNING + DAY)
    late = replace(late, submission=replace(early.submission, key="late"))
    send(database, world.alice, late, MORNING + 2 * DAY)
    send(database, world.alice, early, MORNING + 2 * DAY + HOUR)
    memory = read_memory(database)
    with database.writing() as session:
        bob_study = start_study(session, world.bob, MORNING)
        session.commit()
    for kept in (early, late):
        own = replace(kept, study_id=bob_study)
        own = replace(own, submission=replace(kept.submission, key=f"bob-{kept.submission.key}"))
        send(database, world.bob, own, MORNING + 2 * DAY + HOUR)
    with database.reading() as session:
        other = session.get_one(MemoryRow, (world.bob.id, memory.fact_id))
    assert (memory.stability, memory.difficulty) == (other.stability, other.difficulty)
    assert (memory.reps, memory.last_at) == (other.reps, other.last_at) == (2, MORNING + DAY)
    assert is_clean(database, reviews=4, memories=2)


def test_an_ended_session_still_takes_what_was_kept(database: Database, world: World) -> None:
    kept = keep_next(database, world, MORNING + MINUTE)
    with database.writing() as session:
        finish_study(session, world.alice, kept.study_id, left_open=True, now=MORNING + HOUR)
        session.commit()
    send(database, world.alice, kept, MORNING + DAY)
    assert is_clean(database, reviews=1, memories=1)


@pytest.mark.parametrize("undone", ["online", "kept"])
def test_either_of_two_answers_can_be_undone_afterwards(
    database: Database, world: World, undone: str
) -> None:
    kept = keep_next(database, world, MORNING + MINUTE)
    answer_online(database, world, kept, MORNING + 3 * HOUR)
    send(database, world.alice, kept, MORNING + 4 * HOUR)
    numbers = {review.idempotency_key: review.id for review in read_reviews(database)}
    with database.writing() as session:
        undo(session, world.alice, numbers[undone], MORNING + 5 * HOUR)
        session.commit()
    left = MORNING + (MINUTE if undone == "online" else 3 * HOUR)
    assert (read_memory(database).reps, read_memory(database).last_at) == (1, left)
    assert is_clean(database, reviews=2, memories=1)


def test_a_fact_whose_kept_answer_is_undone_is_asked_again(
    database: Database, world: World
) -> None:
    kept = keep_next(database, world, MORNING + MINUTE)
    stored = send(database, world.alice, kept, MORNING + HOUR)
    assert ask(database, world)[1].fact_id != kept.submission.fact_id
    with database.writing() as session:
        undo(session, world.alice, stored.review_id, MORNING + HOUR)
        session.commit()
    assert ask(database, world)[1].fact_id == kept.submission.fact_id
    assert is_clean(database, reviews=1, memories=0)


def test_after_kept_answers_the_next_new_fact_is_asked(database: Database, world: World) -> None:
    facts = set()
    for number in range(3):
        kept = keep_next(database, world, MORNING + number * MINUTE, key=f"kept-{number}")
        send(database, world.alice, kept, MORNING + HOUR)
        facts.add(kept.submission.fact_id)
    assert len(facts) == 3
    with database.reading() as session:
        assert session.scalars(select(IntroductionRow.position)).all() == [3]
    assert is_clean(database, reviews=3, memories=3)


def test_an_online_answer_after_a_clock_was_set_back_follows_the_kept_one(
    database: Database, world: World
) -> None:
    kept = keep_next(database, world, MORNING + HOUR)
    send(database, world.alice, kept, MORNING + 2 * HOUR)
    # What is forgotten after it was known is not what is known after it was forgotten.
    wrong = WRONG[kept.submission.fields["answer"]]
    online = replace(kept.submission, key="online", expected_reps=1, fields=wrong)
    with database.writing() as session:
        answer(session, world.alice, kept.study_id, online, MORNING + MINUTE)
        session.commit()
    assert is_clean(database, reviews=2, memories=1)


def with_ids(kept: KeptAnswer, *, question: int = 0, fact: int = 0) -> KeptAnswer:
    submission = replace(
        kept.submission,
        question_id=QuestionId(question or kept.submission.question_id),
        fact_id=FactId(fact or kept.submission.fact_id),
    )
    return replace(kept, submission=submission)


def test_what_is_not_the_learners_is_not_found(database: Database, world: World) -> None:
    kept = keep_next(database, world, MORNING)
    strange = (
        (world.bob, kept),
        (world.charlie, kept),
        (world.alice, replace(kept, study_id=StudyId(10**15))),
        (world.alice, with_ids(kept, question=10**6)),
        (world.alice, with_ids(kept, fact=10**6)),
    )
    for account, answers in strange:
        with pytest.raises(NotFoundError):
            send(database, account, answers, MORNING)
    assert is_clean(database, reviews=0, memories=0)


def test_no_answer_is_refused(database: Database, world: World) -> None:
    kept = keep_next(database, world, MORNING)
    empty = replace(kept, submission=replace(kept.submission, fields={}))
    with pytest.raises(InvalidError):
        send(database, world.alice, empty, MORNING)
    assert is_clean(database, reviews=0, memories=0)


def test_the_study_session_of_an_attempt_takes_nothing_else(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING)
    with database.writing() as session:
        row = StudyRow(learner_id=exam.alice.id, started_at=MORNING, attempt_id=attempt_id)
        session.add(row)
        session.commit()
        of_attempt = row.id
    kept = keep_next(database, exam.world, MORNING)
    with pytest.raises(NotFoundError):
        send(database, exam.alice, replace(kept, study_id=of_attempt), MORNING)


def test_a_kept_answer_beside_online_ones_at_the_same_time_loses_none(
    database: Database, world: World
) -> None:
    kept = keep_next(database, world, MORNING)

    def try_to_send(number: int) -> str:
        key = replace(kept.submission, key=f"device-{number % 4}")
        one = replace(kept, submission=key, answered_at=MORNING + number * MINUTE)
        for _ in range(20):
            try:
                return (
                    "before" if send(database, world.alice, one, MORNING + HOUR).before else "new"
                )
            except BusyError:
                continue
        raise AssertionError("always busy")

    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(try_to_send, range(8)))
    assert sorted(ends) == ["before"] * 4 + ["new"] * 4
    assert read_memory(database).reps == 4
    assert is_clean(database, reviews=4, memories=1)


def test_the_session_goes_on_after_a_kept_answer(database: Database, world: World) -> None:
    kept = keep_next(database, world, MORNING + MINUTE)
    send(database, world.alice, kept, MORNING + 2 * MINUTE)
    with database.writing() as session:
        study_id, _ = answer_next(session, world.alice, MORNING + 3 * MINUTE, key="next")
    assert study_id == kept.study_id
    assert is_clean(database, reviews=2, memories=2)
