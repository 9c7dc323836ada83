"""Joining by a code: who gets in, once; codes that died; and how often one may guess."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from quizapp.errors import ConflictError, InvalidError
from quizapp.services.courses.changing import archive_course, restore_course
from quizapp.services.courses.codes import ALPHABET, make_code, read_code, write_code
from quizapp.services.courses.inviting import (
    change_end,
    last_day_of,
    renew_code,
    switch_code_off,
)
from quizapp.services.courses.joining import Joined, join
from quizapp.services.courses.looking import look_at_course
from quizapp.services.limiting import TooManyTriesError
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.today import look_at_today
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from quizapp.storage.queue import load_queue
from quizapp.storage.tables import AccountRow, CourseRow, EnrolmentRow
from tests.factories.courses import make_account
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.support.rows import read_rows

HOME = "192.0.2.1"
WRONG = "ABCDE-FGHJK"


@pytest.fixture
def world(database: Database) -> World:
    """Charlie is in no course yet."""
    return build_world(database)


def open_course(database: Database, world: World, last_day: date | None = None) -> str:
    """Make a new code and return it."""
    with database.writing() as session:
        renew_code(session, world.tess, world.course_id, last_day=last_day, now=MORNING)
        session.commit()
        course = look_at_course(session, world.tess, world.course_id).course
    assert course.join_code is not None
    return course.join_code


def try_code(
    database: Database, who: Account, code: str, *, at: str = HOME, after: timedelta = timedelta()
) -> Joined | None:
    with database.writing() as session:
        found = join(session, who, code, address=at, now=MORNING + after)
        session.commit()
    return found


def find_roles(database: Database, who: Account) -> list[str]:
    with database.reading() as session:
        statement = select(EnrolmentRow.role).where(EnrolmentRow.account_id == who.id)
        return list(session.scalars(statement))


def test_a_code_is_of_letters_and_digits_that_nobody_confuses() -> None:
    assert len(ALPHABET) == 31
    assert not set("0O1IL") & set(ALPHABET)
    codes = [make_code() for _ in range(2000)]
    assert len(set(codes)) == 2000
    assert {len(code) for code in codes} == {10}
    assert set("".join(codes)) == set(ALPHABET)


@pytest.mark.parametrize(
    "typed", ["abcde-23456", "ABCDE23456", " a b c d e 2 3 4 5 6 ", "abcde\u201323456"]
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "ABCDE23456"
    assert read_code(write_code("ABCDE23456")) == "ABCDE23456"


@pytest.mark.parametrize(
    "typed", ["", "ABCDE2345", "ABCDE234567", "ABCDE2345O", "ABCDE2345٣", "ß" * 5]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_a_code_lets_a_learner_in_once(database: Database, world: World) -> None:
    code = open_course(database, world)
    assert try_code(database, world.charlie, write_code(code).lower()) == Joined(
        title="Astronomy", already=False
    )
    before = read_rows(database)
    assert try_code(database, world.charlie, code) == Joined(title="Astronomy", already=True)
    assert read_rows(database) == before
    assert find_roles(database, world.charlie) == ["learner"]
    with database.reading() as session:
        assert look_at_today(session, world.charlie, MORNING).counts.new > 0


def test_joining_at_once_in_many_windows_is_joining_once(database: Database, world: World) -> None:
    code = open_course(database, world)
    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(lambda _: try_code(database, world.charlie, code), range(8)))
    assert Counter(end.already for end in ends if end) == {False: 1, True: 7}
    assert find_roles(database, world.charlie) == ["learner"]


def test_a_renewed_code_and_one_that_was_switched_off_are_dead_at_once(
    database: Database, world: World
) -> None:
    first = open_course(database, world)
    second = open_course(database, world)
    assert try_code(database, world.charlie, first) is None
    with database.writing() as session:
        switch_code_off(session, world.tess, world.course_id)
        session.commit()
    assert try_code(database, world.charlie, second) is None
    assert find_roles(database, world.charlie) == []


def test_a_code_works_until_its_last_day_has_ended_where_the_course_is(
    database: Database, world: World
) -> None:
    with database.writing() as session:
        session.execute(update(CourseRow).values(timezone="Pacific/Auckland"))
        session.commit()
    # MORNING is 21:00 of 2 March there; the day after ends 27 hours later.
    code = open_course(database, world, date(2026, 3, 3))
    left = timedelta(hours=27)
    with pytest.raises(ConflictError, match="has expired"):
        try_code(database, world.charlie, code, after=left)
    assert try_code(database, world.charlie, code, after=left - timedelta(seconds=1))
    assert try_code(database, world.charlie, code, after=left) == Joined(
        title="Astronomy", already=True
    )
    with database.writing() as session:
        course = look_at_course(session, world.tess, world.course_id).course
        assert last_day_of(course) == date(2026, 3, 3)
        for day in (date(2026, 3, 1), date(2099, 1, 1)):
            with pytest.raises(InvalidError):
                change_end(session, world.tess, world.course_id, last_day=day, now=MORNING)
        change_end(session, world.tess, world.course_id, last_day=None, now=MORNING)
        course = look_at_course(session, world.tess, world.course_id).course
        assert (course.join_code, course.join_until) == (code, None)


def test_nobody_joins_an_archived_course(database: Database, world: World) -> None:
    code = open_course(database, world)
    with database.writing() as session:
        archive_course(session, world.tess, world.course_id, MORNING)
        session.commit()
    with pytest.raises(ConflictError, match="archived"):
        try_code(database, world.charlie, code)
    with database.writing() as session:
        restore_course(session, world.tess, world.course_id)
        session.commit()
    assert try_code(database, world.charlie, code)


def guess(database: Database, who: Account, times: int, *, at: str = HOME) -> None:
    for _ in range(times):
        assert try_code(database, who, WRONG, at=at) is None


def test_after_ten_wrong_codes_one_waits_wherever_one_goes(
    database: Database, world: World
) -> None:
    code = open_course(database, world)
    guess(database, world.charlie, 9)
    assert try_code(database, world.charlie, "nonsense") is None
    for address in (HOME, "192.0.2.2"):
        with pytest.raises(TooManyTriesError):
            try_code(database, world.charlie, code, at=address)
    assert try_code(database, world.alice, code)
    rest = timedelta(minutes=15, seconds=1)
    assert try_code(database, world.charlie, code, after=rest)


def test_one_network_address_cannot_guess_with_many_accounts(
    database: Database, world: World
) -> None:
    code = open_course(database, world)
    with database.writing() as session:
        guessers = [make_account(session, f"Guesser{number}") for number in range(5)]
        session.commit()
    for guesser in guessers:
        guess(database, guesser, 10)
    with pytest.raises(TooManyTriesError):
        try_code(database, world.charlie, code)
    assert try_code(database, world.charlie, code, at="192.0.2.2")


def test_wrong_codes_do_not_count_against_signing_in_and_name_nobody(
    database: Database, world: World
) -> None:
    guess(database, world.charlie, 10)
    (row, *_) = read_rows(database, ["refused_try"])["refused_try"]
    assert "join" in row
    assert HOME not in repr(row)
    assert str(world.charlie.id) not in {str(cell) for cell in row[1:4]}


def test_an_archived_course_brings_no_new_facts_and_leaves_what_is_learned(
    database: Database, world: World
) -> None:
    with database.writing() as session:
        session.execute(update(AccountRow).values(new_per_day=1))
        answer_next(session, world.alice, MORNING, key="one")
        before = read_rows(database, ["memory", "review"])
        archive_course(session, world.tess, world.course_id, MORNING)
        session.commit()
    later = MORNING + timedelta(days=30)
    with database.writing() as session:
        assert load_queue(session, queue_query(world.bob, later)) == ()
        (due,) = load_queue(session, queue_query(world.alice, later))
        assert due.why != "new"
        (course,) = look_at_today(session, world.alice, later).courses
        assert (course.archived, course.known) == (True, 1)
        study_id = start_study(session, world.alice, later)
        assert ask_next(session, world.alice, study_id, later) is not None
    assert read_rows(database, ["memory", "review"]) == before
    with database.writing() as session:
        restore_course(session, world.tess, world.course_id)
        assert len(load_queue(session, queue_query(world.bob, later))) == 3
