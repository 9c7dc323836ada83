"""An account is deleted: all rows of its owner go, all others stay, and some may not leave."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.errors import ConflictError
from quizapp.services.accounts.deleting import delete_own_account, find_obstacle
from quizapp.services.accounts.signing_in import find_signed_in
from quizapp.services.authoring.sharing import share_set
from quizapp.services.checking import check_database
from quizapp.services.courses.changing import archive_course
from quizapp.services.courses.staffing import add_teacher
from quizapp.services.quizzing.closing import close_overdue
from quizapp.storage.accounts import Account, find_credentials
from quizapp.storage.base import Base
from quizapp.storage.engine import Database
from quizapp.storage.tables import (
    AssignmentRow,
    AttemptRow,
    CourseRow,
    EditorSaveRow,
    GradeOverrideRow,
    SetRow,
    VersionRow,
)
from tests.factories.assignments import build_exam
from tests.factories.courses import make_account
from tests.factories.desk import build_desk
from tests.factories.leaving import live_fully
from tests.factories.people import MORNING, World, build_world
from tests.support.rows import read_rows

# Tables with rows of a learner, directly or at one remove.
LEFT = {
    *("account", "sign_in", "password_link", "enrolment", "section_member", "study_session"),
    *("review", "review_undo", "memory", "introduction", "fact_choice", "day_limit", "exam_plan"),
    *("dispute", "attempt", "attempt_question", "response_save", "mark_change"),
    *("grade_override", "assignment_override", "assignment", "parameter_fit"),
}
# Tables with rows of those who write sets: what was shared with them, what stands in their editor.
LEFT_BY_STAFF = {"set_share", "editor_save"}
# What Alice has before she does anything.
HAD = {"account", "enrolment"}
# A job that finds its attempt gone, and a section without members.
KEPT = {"job", "section"}


def delete(database: Database, person: Account) -> None:
    with database.writing() as session:
        delete_own_account(session, person)
        session.commit()


def find_obstacle_of(database: Database, person: Account) -> str | None:
    with database.reading() as session:
        return find_obstacle(session, person)


def test_all_rows_of_a_learner_go_and_all_others_stay(database: Database) -> None:
    exam = build_exam(database)
    live_fully(database, exam, exam.world.bob)
    before = read_rows(database)
    live_fully(database, exam, exam.alice)
    full = read_rows(database)
    assert {name for name in full if len(full[name]) > len(before[name])} == LEFT - HAD | KEPT
    delete(database, exam.alice)
    after = read_rows(database)
    for name in ("account", "enrolment"):
        hers = [row for row in before[name] if row[0] == exam.alice.id]
        assert len(hers) == 1
        before[name].remove(hers[0])
    assert {name for name in after if after[name] != before[name]} == KEPT
    assert check_database(database).clean


def test_every_table_that_names_a_person_is_among_those() -> None:
    naming = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "account" and key.ondelete == "CASCADE"
    }
    assert naming <= LEFT | LEFT_BY_STAFF


def test_a_job_that_was_to_close_an_attempt_finds_nothing_to_do(database: Database) -> None:
    exam = build_exam(database)
    live_fully(database, exam, exam.alice)
    with database.reading() as session:
        hers = AttemptRow.learner_id == exam.alice.id
        attempts = session.scalars(select(AttemptRow.id).where(hers)).all()
    assert attempts
    delete(database, exam.alice)
    with database.writing() as session:
        later = MORNING + timedelta(days=9)
        assert not any(close_overdue(session, attempt_id, later) for attempt_id in attempts)


def test_every_browser_is_signed_out_and_the_address_is_free(database: Database) -> None:
    world = build_world(database)
    delete(database, world.alice)
    with database.reading() as session:
        assert find_signed_in(session, "a token", MORNING) is None
        assert find_credentials(session, world.alice.email) is None


def test_what_an_instructor_made_stays_without_a_name(database: Database) -> None:
    exam = build_exam(database)
    live_fully(database, exam, exam.alice)
    add_kim(database, exam.world)
    before = read_rows(database, ["course", "question", "attempt", "review"])
    delete(database, exam.tess)
    assert read_rows(database, ["course", "question", "attempt", "review"]) == before
    with database.reading() as session:
        assert set(session.scalars(select(SetRow.owner_id))) == {None}
        assert set(session.scalars(select(VersionRow.published_by))) == {None}
        assert set(session.scalars(select(AssignmentRow.created_by))) == {None}
        assert set(session.scalars(select(GradeOverrideRow.given_by))) == {None}


def test_what_was_shared_with_a_colleague_and_stood_in_their_editor_goes(
    database: Database,
) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        kim = make_account(session, "Kim", "instructor")
        share_set(session, desk.tess, desk.set_id, email=kim.email, may="edit", now=MORNING)
        fields: dict[str, object] = {"stem": "What?"}
        session.add(
            EditorSaveRow(
                account_id=kim.id, set_id=desk.set_id, key="", fields=fields, saved_at=MORNING
            )
        )
        session.commit()
    assert all(read_rows(database, sorted(LEFT_BY_STAFF)).values())
    delete(database, kim)
    assert not any(read_rows(database, sorted(LEFT_BY_STAFF)).values())


def add_kim(database: Database, world: World, role: str = "instructor") -> Account:
    with database.writing() as session:
        kim = make_account(session, "Kim", "instructor")
        add_teacher(session, world.tess, world.course_id, email=kim.email, role=role, now=MORNING)
        session.commit()
    return kim


def archive(database: Database, world: World) -> None:
    with database.writing() as session:
        archive_course(session, world.tess, world.course_id, MORNING)
        session.commit()


def leave_alone(_database: Database, _world: World) -> None:
    """Change nothing."""


def add_assistant(database: Database, world: World) -> None:
    add_kim(database, world, "assistant")


@pytest.mark.parametrize("change", [leave_alone, add_assistant, archive])
def test_the_only_instructor_of_a_course_stays(
    database: Database, change: Callable[[Database, World], None]
) -> None:
    world = build_world(database)
    change(database, world)
    obstacle = find_obstacle_of(database, world.tess)
    assert obstacle is not None
    assert "Astronomy. Add another instructor there first" in obstacle
    before = read_rows(database)
    with pytest.raises(ConflictError, match="Astronomy"):
        delete(database, world.tess)
    assert read_rows(database) == before


def test_an_instructor_may_leave_a_course_that_has_another(database: Database) -> None:
    world = build_world(database)
    kim = add_kim(database, world)
    assert find_obstacle_of(database, world.tess) is None
    delete(database, world.tess)
    assert find_obstacle_of(database, kim) is not None


def test_an_assistant_may_leave(database: Database) -> None:
    world = build_world(database)
    kim = add_kim(database, world, "assistant")
    delete(database, kim)
    with database.reading() as session:
        assert session.scalars(select(CourseRow.id)).one() == world.course_id


def test_the_last_administrator_stays(database: Database) -> None:
    with database.writing() as session:
        ada, eve = make_account(session, "Ada", "admin"), make_account(session, "Eve", "admin")
        session.commit()
    delete(database, eve)
    with pytest.raises(ConflictError, match="only administrator"):
        delete(database, ada)


@pytest.mark.parametrize("role", ["instructor", "admin"])
def test_of_two_who_leave_at_once_one_stays(database: Database, role: str) -> None:
    if role == "admin":
        with database.writing() as session:
            pair = tuple(make_account(session, name, role) for name in ("Ada", "Eve"))
            session.commit()
    else:
        world = build_world(database)
        pair = (world.tess, add_kim(database, world))
    with ThreadPoolExecutor(1) as pool, database.writing() as session:
        delete_own_account(session, pair[0])
        other = pool.submit(delete, database, pair[1])
        assert wait((other,), timeout=0.3).not_done
        session.commit()
        with pytest.raises(ConflictError, match="You are the only"):
            other.result()
