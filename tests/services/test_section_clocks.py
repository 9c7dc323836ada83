"""Who joins or leaves a section gets its dates and times, also while an attempt of theirs runs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.attempts.overrides import Override
from quizapp.jobs import find_status_by_key
from quizapp.services.assigning.overriding import override
from quizapp.services.courses.grouping import move_learners, remove_section
from quizapp.services.courses.importing import import_roster
from quizapp.services.courses.roster import remove_learner
from quizapp.services.quizzing.submitting import look_back, submit
from quizapp.storage.accounts import Account
from quizapp.storage.attempts import AttemptRecord, find_any_sitting
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId, SectionId
from quizapp.storage.overrides import Whose
from tests.factories.assignments import HOUR, RULES, Exam, begin, build_exam
from tests.factories.courses import make_section
from tests.factories.people import MORNING

MINUTE = timedelta(minutes=1)
# 20 minutes for all, 30 for the section.
LIMIT, LONGER, GRACE = 20 * MINUTE, 30 * MINUTE, MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """An exam with extra time for a section, and who is in it."""

    exam: Exam
    section_id: SectionId

    def move(self, session: Session, now: datetime, *, into: bool) -> None:
        """Put Alice into the section or take her out."""
        course_id, alice = self.exam.world.course_id, self.exam.alice
        move_learners(
            session, self.exam.tess, course_id, self.section_id, [alice.id], now, into=into
        )


def build_hall(
    database: Database, *members: str, different: Override | None = None, limited: bool = True
) -> Hall:
    rules = replace(RULES, time_limit=LIMIT if limited else None, grace=GRACE)
    exam = build_exam(database, rules=rules)
    people: list[Account] = [getattr(exam.world, name) for name in members]
    with database.writing() as session:
        section_id = make_section(session, exam.world.course_id, "Slow", *people)
        whose = Whose(section_id=section_id)
        different = different or Override(extra_minutes=10)
        override(session, exam.tess, exam.assignment_id, whose, different, MORNING)
        session.commit()
    return Hall(exam=exam, section_id=section_id)


def read_attempt(database: Database, attempt_id: AttemptId) -> AttemptRecord:
    with database.reading() as session:
        found = find_any_sitting(session, attempt_id)
    assert found is not None
    return found.attempt


def test_joining_a_section_moves_a_running_clock_and_leaving_moves_it_back(
    database: Database,
) -> None:
    hall = build_hall(database)
    alices = begin(database, hall.exam)
    bobs = begin(database, hall.exam, learner=hall.exam.world.bob)
    for into, limit in ((True, LONGER), (False, LIMIT)):
        with database.writing() as session:
            hall.move(session, MORNING + MINUTE, into=into)
            session.commit()
        attempt = read_attempt(database, alices)
        assert attempt.deadline_at == MORNING + limit
        assert attempt.taken_until == MORNING + limit + GRACE
        assert read_attempt(database, bobs).deadline_at == MORNING + LIMIT
        key = f"close_attempt {alices} at {attempt.taken_until.isoformat()}"
        with database.reading() as session:
            assert find_status_by_key(session, key) is not None


Leave = Callable[[Session, Hall, datetime], object]
LEAVING: dict[str, Leave] = {
    "out of the section": lambda session, hall, now: hall.move(session, now, into=False),
    "with the section": lambda session, hall, now: remove_section(
        session, hall.exam.tess, hall.exam.world.course_id, hall.section_id, now
    ),
    "out of the course": lambda session, hall, now: remove_learner(
        session, hall.exam.tess, hall.exam.world.course_id, hall.exam.alice.id, now
    ),
}


@pytest.mark.parametrize("way", LEAVING)
def test_who_loses_a_section_is_ended_at_once_but_not_in_hindsight(
    database: Database, way: str
) -> None:
    hall = build_hall(database, "alice")
    attempt_id = begin(database, hall.exam)
    now = MORNING + 25 * MINUTE
    with database.writing() as session:
        LEAVING[way](session, hall, now)
        session.commit()
    attempt = read_attempt(database, attempt_id)
    assert (attempt.deadline_at, attempt.taken_until) == (now, now + GRACE)
    assert attempt.submitted_at is None


def test_a_roster_that_names_sections_moves_running_clocks(database: Database) -> None:
    hall = build_hall(database)
    attempt_id = begin(database, hall.exam)
    with database.writing() as session:
        text = "email,section\nalice@example.org,slow\nnew@example.org,Slow\n"
        import_roster(session, hall.exam.tess, hall.exam.world.course_id, text, MORNING + MINUTE)
        session.commit()
    assert read_attempt(database, attempt_id).deadline_at == MORNING + LONGER


def test_what_was_over_before_somebody_joined_a_section_stays_over(database: Database) -> None:
    hall = build_hall(database)
    attempt_id = begin(database, hall.exam)
    with database.writing() as session:
        hall.move(session, MORNING + 25 * MINUTE, into=True)
        session.commit()
    attempt = read_attempt(database, attempt_id)
    assert (attempt.submitted_at, attempt.auto) == (MORNING + LIMIT, True)
    assert attempt.marked_at is not None


def test_within_the_grace_a_move_that_gives_no_time_gives_none(database: Database) -> None:
    hall = build_hall(database, different=Override(attempts_allowed=2))
    attempt_id = begin(database, hall.exam)
    with database.writing() as session:
        hall.move(session, MORNING + LIMIT + GRACE / 2, into=True)
        session.commit()
    assert read_attempt(database, attempt_id).deadline_at == MORNING + LIMIT


def test_a_later_due_date_of_a_section_gives_credit_and_leaving_takes_none(
    database: Database,
) -> None:
    hall = build_hall(database, limited=False, different=Override(due_at=MORNING + 3 * HOUR))
    attempt_id, at = begin(database, hall.exam), MORNING + 3 * HOUR
    with database.writing() as session:
        assert submit(session, hall.exam.alice, attempt_id, at).credit == 0.0
        session.commit()
    for into in (True, False):
        with database.writing() as session:
            hall.move(session, at, into=into)
            session.commit()
        with database.reading() as session:
            score = look_back(session, hall.exam.alice, attempt_id, at).score
        assert score is not None
        assert score.credit == 1.0
