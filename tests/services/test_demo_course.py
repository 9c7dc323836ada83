"""The demonstration: thirty learners, six weeks of history and two assignments, by a fixed seed."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from quizapp.facts.model import Pack
from quizapp.facts.packs import load_pack
from quizapp.resources import find_folder
from quizapp.services.checking import check_database
from quizapp.services.demo.building import PEOPLE, DemoAccount, build_demo
from quizapp.services.reporting.items import report_question
from quizapp.services.reporting.scores import report_assignment
from quizapp.storage.accounts import find_credentials
from quizapp.storage.engine import Database
from quizapp.storage.tables import (
    AssignmentOverrideRow,
    AssignmentRow,
    AttemptRow,
    EnrolmentRow,
    MemoryRow,
    ReviewRow,
    SectionMemberRow,
)
from tests.support.databases import copy_sqlite, opened

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=UTC)

# Six weeks of thirty learners are lived through anew in each test.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The first pack that ships, as the command takes it."""
    return load_pack(min(find_folder("questions").glob("*/facts.yaml")))


@pytest.fixture(scope="module")
def demo(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, pack: Pack
) -> Iterator[Database]:
    """The demonstration, made once."""
    with opened(copy_sqlite(sqlite_template, tmp_path_factory.mktemp("demo"))) as database:
        build(database, pack)
        yield database


def build(database: Database, pack: Pack) -> tuple[DemoAccount, ...]:
    with database.writing() as session:
        made = build_demo(session, pack, now=NOW, progress=lambda: None)
        session.commit()
    return made


def list_attempts(database: Database, *, opened_last: bool) -> list[AttemptRow]:
    """The attempts of the assignment that opened first or last."""
    with database.reading() as session:
        assignments = session.scalars(select(AssignmentRow).order_by(AssignmentRow.opens_at)).all()
        assert len(assignments) == 2
        wanted = assignments[-1 if opened_last else 0].id
        return list(session.scalars(select(AttemptRow).where(AttemptRow.assignment_id == wanted)))


def test_thirty_learners_and_a_new_one_are_in_two_sections(demo: Database) -> None:
    with demo.reading() as session:
        roles = Counter(session.scalars(select(EnrolmentRow.role)))
        sections = Counter(session.scalars(select(SectionMemberRow.section_id)))
    assert len(PEOPLE) == len({name for name, _ in PEOPLE}) == 30
    assert roles == {"instructor": 1, "learner": 31}
    assert sorted(sections.values()) == [15, 15]


def test_every_learner_but_the_new_one_has_a_history_over_six_weeks(demo: Database) -> None:
    with demo.reading() as session:
        logged = session.execute(select(ReviewRow.learner_id, ReviewRow.at)).all()
    weeks = Counter((NOW - at) // timedelta(days=7) for _, at in logged)
    assert len({learner_id for learner_id, _ in logged}) == 30
    assert set(weeks) >= set(range(6))
    assert all(at <= NOW for _, at in logged)
    assert min(at for _, at in logged) < NOW - timedelta(days=39)


def test_the_history_is_what_its_log_amounts_to(demo: Database) -> None:
    found = check_database(demo)
    assert found.clean
    assert found.reviews > found.memories > 500


def test_the_first_assignment_is_closed_and_marked_with_some_late_and_some_missing(
    demo: Database,
) -> None:
    attempts = list_attempts(demo, opened_last=False)
    earned = Counter(each.credit for each in attempts)
    assert all(each.submitted_at and each.submitted_at < NOW for each in attempts)
    assert 20 <= len(attempts) < 30
    assert set(earned) == {1.0, 0.8}
    assert earned[1.0] > earned[0.8] >= 2
    shares = [each.points / each.maximum for each in attempts if each.points and each.maximum]
    assert len(set(shares)) > 4
    assert 0.4 < sum(shares) / len(attempts) < 0.9


def test_the_second_is_open_with_one_attempt_going_on_that_has_extra_time(demo: Database) -> None:
    attempts = list_attempts(demo, opened_last=True)
    going_on = [each for each in attempts if each.submitted_at is None]
    assert len(attempts) - len(going_on) >= 4
    assert len(going_on) == 1
    with demo.reading() as session:
        extra = session.scalars(select(AssignmentOverrideRow.account_id)).all()
    assert extra == [going_on[0].learner_id]
    assert going_on[0].deadline_at == going_on[0].started_at + timedelta(minutes=67, seconds=30)
    assert going_on[0].deadline_at > NOW
    others = [each for each in attempts if each.submitted_at is not None]
    assert all(
        each.deadline_at == each.started_at + timedelta(minutes=45)
        and each.submitted_at is not None
        and each.submitted_at <= each.deadline_at
        for each in others
    )


def test_the_report_on_the_quiz_has_figures_that_one_can_believe(demo: Database) -> None:
    with demo.reading() as session:
        quiz = session.scalars(select(AssignmentRow).order_by(AssignmentRow.opens_at)).first()
        teacher = find_credentials(session, "teacher@example.org")
        assert quiz is not None
        assert teacher is not None
        found = report_assignment(session, teacher.account, quiz.course_id, quiz.id, NOW)
    test, items = found.report.test, [line.findings for line in found.questions if line.findings]
    assert 0.5 < (test.median_share or 0) < 0.85
    assert 0.6 < (test.alpha or 0) < 0.9
    assert all(0.25 < (item.facility or 0) < 0.95 for item in items)
    separating = [item for item in items if (item.discrimination or 0) > 0.1]
    assert len(separating) >= len(items) - 2
    [doubted] = [check for check in found.checks if check.code == "wrong_key"]
    assert doubted.sure
    assert found.may_need_help


def test_the_question_that_misled_fares_better_when_it_is_asked_again(demo: Database) -> None:
    with demo.reading() as session:
        quiz = session.scalars(select(AssignmentRow).order_by(AssignmentRow.opens_at)).first()
        teacher = find_credentials(session, "teacher@example.org")
        assert quiz is not None
        assert teacher is not None
        where = (teacher.account, quiz.course_id, quiz.id)
        [doubted] = [
            check
            for check in report_assignment(session, *where, NOW).checks
            if check.code == "wrong_key"
        ]
        found = report_question(session, *where, doubted.question_id, NOW)
    before, again = found.trend
    assert (before.title, again.title) == ("Midway quiz", "Timed test")
    assert (again.facility or 0) > (before.facility or 1)


def test_the_same_instant_gives_the_same_history_with_other_passwords(
    demo: Database, sqlite_template: Path, tmp_path: Path, pack: Pack
) -> None:
    with opened(copy_sqlite(sqlite_template, tmp_path)) as database:
        made = build(database, pack)
        assert _snapshot(database) == _snapshot(demo)
    assert [each.role for each in made] == ["instructor", *["learner"] * 9]
    assert len({each.password for each in made}) == 10


def _snapshot(database: Database) -> list[tuple[object, ...]]:
    statements = (
        select(*(ReviewRow.__table__.c)).order_by(ReviewRow.id),
        select(*(MemoryRow.__table__.c)).order_by(MemoryRow.learner_id, MemoryRow.fact_id),
        select(*(AttemptRow.__table__.c)).order_by(AttemptRow.id),
    )
    with database.reading() as session:
        return [tuple(row) for each in statements for row in session.execute(each)]
