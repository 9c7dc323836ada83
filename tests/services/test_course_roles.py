"""Who may do what in a course: instructors all, assistants look, others do not know of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.services.courses.changing import (
    archive_course,
    create_course,
    edit_course,
    restore_course,
)
from quizapp.services.courses.grouping import create_section, move_learners, remove_section
from quizapp.services.courses.importing import import_roster, plan_import
from quizapp.services.courses.inviting import change_end, renew_code, switch_code_off
from quizapp.services.courses.looking import look_at_course
from quizapp.services.courses.roster import look_at_roster, remove_learner, write_roster
from quizapp.services.courses.staffing import add_teacher, get_teacher, remove_teacher
from quizapp.services.courses.teaching import add_version, remove_version
from quizapp.services.reporting.memories_facts import list_facts, list_learners
from quizapp.services.reporting.memories_report import report_class
from quizapp.storage.accounts import Account, find_credentials
from quizapp.storage.courses import list_taught
from quizapp.storage.engine import Database
from quizapp.storage.ids import SectionId
from quizapp.storage.publishing import publish
from quizapp.storage.tables import AccountRow
from quizapp.storage.teachers import set_role
from tests.factories.courses import make_account, make_section
from tests.factories.people import MORNING, World, build_world
from tests.factories.questions import make_version
from tests.support.rows import read_rows
from tests.support.statements import counting

Act = Callable[[Session, Account, World], object]
LOOKS: dict[str, Act] = {
    "course": lambda session, who, world: look_at_course(session, who, world.course_id),
    "roster": lambda session, who, world: look_at_roster(
        session, who, world.course_id, search="", page=1
    ),
    "export": lambda session, who, world: write_roster(session, who, world.course_id),
    "memory": lambda session, who, world: report_class(session, who, world.course_id, MORNING),
    "facts": lambda session, who, world: list_facts(session, who, world.course_id, MORNING),
    "learners": lambda session, who, world: list_learners(session, who, world.course_id, MORNING),
}
CHANGES: dict[str, Act] = {
    "edit": lambda session, who, world: edit_course(
        session, who, world.course_id, title="New", timezone="UTC", exam_on=None
    ),
    "new code": lambda session, who, world: renew_code(
        session, who, world.course_id, last_day=None, now=MORNING
    ),
    "no code": lambda session, who, world: switch_code_off(session, who, world.course_id),
    "add teacher": lambda session, who, world: add_teacher(
        session, who, world.course_id, email="theo@example.org", role="assistant", now=MORNING
    ),
    "ask about teacher": lambda session, who, world: get_teacher(
        session, who, world.course_id, world.tess.id
    ),
    "add set": lambda session, who, world: add_version(
        session, who, world.course_id, world.version_id
    ),
    "remove set": lambda session, who, world: remove_version(
        session, who, world.course_id, world.version_id
    ),
    "section": lambda session, who, world: create_section(session, who, world.course_id, "Lab"),
    "preview": lambda session, who, world: plan_import(session, who, world.course_id, "x@y.org"),
    "import": lambda session, who, world: import_roster(
        session, who, world.course_id, "x@y.org", MORNING
    ),
    "remove learner": lambda session, who, world: remove_learner(
        session, who, world.course_id, world.bob.id, MORNING
    ),
}
SWITCHES: dict[str, Act] = {
    "archive": lambda session, who, world: archive_course(session, who, world.course_id, MORNING),
    "restore": lambda session, who, world: restore_course(session, who, world.course_id),
}


@pytest.fixture
def world(database: Database) -> World:
    """Tess teaches; Kim assists; Theo teaches elsewhere."""
    world = build_world(database)
    with database.writing() as session:
        kim = make_account(session, "Kim", "instructor")
        make_account(session, "Theo", "instructor")
        set_role(
            session, course_id=world.course_id, account_id=kim.id, role="assistant", now=MORNING
        )
        session.commit()
    return world


def get_account(database: Database, name: str) -> Account:
    with database.reading() as session:
        found = find_credentials(session, f"{name}@example.org")
    assert found is not None
    return found.account


@pytest.mark.parametrize("act", [*LOOKS, *CHANGES, *SWITCHES])
def test_an_instructor_may_do_it(database: Database, world: World, act: str) -> None:
    with database.writing() as session:
        {**LOOKS, **CHANGES, **SWITCHES}[act](session, world.tess, world)


@pytest.mark.parametrize("act", [*LOOKS, *CHANGES, *SWITCHES])
def test_an_assistant_looks_but_changes_nothing(database: Database, world: World, act: str) -> None:
    kim, before = get_account(database, "kim"), read_rows(database)
    with database.writing() as session:
        if act in LOOKS:
            LOOKS[act](session, kim, world)
        else:
            with pytest.raises(ForbiddenError):
                {**CHANGES, **SWITCHES}[act](session, kim, world)
        session.commit()
    assert read_rows(database) == before


@pytest.mark.parametrize("name", ["theo", "alice"])
@pytest.mark.parametrize("act", [*LOOKS, *CHANGES, *SWITCHES])
def test_to_others_there_is_no_such_course(
    database: Database, world: World, act: str, name: str
) -> None:
    person, before = get_account(database, name), read_rows(database)
    with database.writing() as session:
        with pytest.raises(NotFoundError):
            {**LOOKS, **CHANGES, **SWITCHES}[act](session, person, world)
        session.commit()
    assert read_rows(database) == before


@pytest.mark.parametrize("act", [*LOOKS, *CHANGES])
def test_an_archived_course_is_looked_at_but_not_changed(
    database: Database, world: World, act: str
) -> None:
    with database.writing() as session:
        archive_course(session, world.tess, world.course_id, MORNING)
        session.commit()
    before = read_rows(database)
    with database.writing() as session:
        if act in LOOKS:
            LOOKS[act](session, world.tess, world)
        else:
            with pytest.raises(ConflictError, match="restore it"):
                CHANGES[act](session, world.tess, world)
        session.commit()
    assert read_rows(database) == before
    with database.writing() as session:
        restore_course(session, world.tess, world.course_id)
        (LOOKS | CHANGES)[act](session, world.tess, world)


def test_a_section_of_another_course_is_not_found(database: Database, world: World) -> None:
    with database.writing() as session:
        theo = get_account(database, "theo")
        theirs = create_course(
            session, theo, title="Theirs", timezone="UTC", exam_on=None, now=MORNING
        )
        ours = make_section(session, world.course_id, "Lab", world.bob)
        for act in (
            lambda: remove_section(session, theo, theirs, ours, MORNING),
            lambda: move_learners(session, theo, theirs, ours, [world.bob.id], MORNING, into=False),
            lambda: remove_learner(session, theo, theirs, world.bob.id, MORNING),
            lambda: remove_section(session, world.tess, world.course_id, SectionId(99), MORNING),
        ):
            with pytest.raises(NotFoundError):
                act()
        assert look_at_course(session, world.tess, world.course_id).sections[0].members == 1


def test_who_is_no_learner_of_the_course_gets_into_no_section(
    database: Database, world: World
) -> None:
    with database.writing() as session:
        lab = make_section(session, world.course_id, "Lab")
        wanted = [world.alice.id, world.charlie.id, world.tess.id]
        _, moved = move_learners(
            session, world.tess, world.course_id, lab, wanted, MORNING, into=True
        )
        assert moved == 1
        assert look_at_course(session, world.tess, world.course_id).sections[0].members == 1


def test_the_last_instructor_stays(database: Database, world: World) -> None:
    with database.writing() as session:
        for refused in (
            lambda: remove_teacher(session, world.tess, world.course_id, world.tess.id),
            lambda: add_teacher(
                session,
                world.tess,
                world.course_id,
                email=world.tess.email,
                role="assistant",
                now=MORNING,
            ),
        ):
            with pytest.raises(ConflictError, match="Add another instructor first"):
                refused()
        kim = add_teacher(
            session,
            world.tess,
            world.course_id,
            email="KIM@example.org",
            role="instructor",
            now=MORNING,
        )
        remove_teacher(session, kim, world.course_id, world.tess.id)
        teachers = look_at_course(session, kim, world.course_id).teachers
        assert [(each.name, each.role) for each in teachers] == [("Kim", "instructor")]


def test_of_two_instructors_who_remove_each_other_at_once_one_stays(
    database: Database, world: World
) -> None:
    theo = get_account(database, "theo")
    with database.writing() as session:
        set_role(
            session, course_id=world.course_id, account_id=theo.id, role="instructor", now=MORNING
        )
        session.commit()

    def remove_tess() -> str:
        with database.writing() as session:
            try:
                remove_teacher(session, theo, world.course_id, world.tess.id)
            except (ConflictError, NotFoundError):
                return "refused"
            session.commit()
            return "removed"

    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        remove_teacher(session, world.tess, world.course_id, theo.id)
        other = pool.submit(remove_tess)
        with pytest.raises(TimeoutError):
            other.result(0.4)
        session.commit()
        assert other.result(10) == "refused"
    with database.reading() as session:
        left = [list_taught(session, each.id) for each in (world.tess, theo)]
    assert sorted(map(len, left)) == [0, 1]


@pytest.mark.parametrize("email", ["nobody@example.org", "bob@example.org", "theo@example.org"])
def test_only_an_instructors_account_may_teach_and_which_others_there_are_is_not_told(
    database: Database, world: World, email: str
) -> None:
    with database.writing() as session:
        session.execute(
            update(AccountRow).where(AccountRow.name == "Theo").values(disabled_at=MORNING)
        )
        with pytest.raises(InvalidError, match="No instructor has an account with this address"):
            add_teacher(
                session, world.tess, world.course_id, email=email, role="assistant", now=MORNING
            )


def test_a_version_is_taught_by_those_whose_it_is(database: Database, world: World) -> None:
    theo = get_account(database, "theo")
    with database.writing() as session:
        own = create_course(session, theo, title="Own", timezone="UTC", exam_on=None, now=MORNING)
        with pytest.raises(InvalidError):
            add_version(session, theo, own, world.version_id)
        kim = get_account(database, "kim")
        kims = create_course(session, kim, title="K", timezone="UTC", exam_on=None, now=MORNING)
        with pytest.raises(InvalidError):
            add_version(session, kim, kims, world.version_id)
        second = publish(session, make_version(2), owner_id=world.tess.id, now=MORNING)
        sheet = look_at_course(session, world.tess, world.course_id)
        assert [version.id for version in sheet.offered] == [second]
        for _ in range(2):
            add_version(session, world.tess, world.course_id, second)
        remove_version(session, world.tess, world.course_id, world.version_id)
        sheet = look_at_course(session, world.tess, world.course_id)
        assert [version.id for version in sheet.taught] == [second]
        assert [version.id for version in sheet.offered] == [world.version_id]


def test_a_new_course_is_its_makers(database: Database, world: World) -> None:
    theo = get_account(database, "theo")
    with database.writing() as session:
        with pytest.raises(InvalidError, match="no time zone"):
            create_course(session, theo, title="A", timezone="Mars", exam_on=None, now=MORNING)
        create_course(session, theo, title="Own", timezone="UTC", exam_on=None, now=MORNING)
        assert [(each.title, each.role) for each in list_taught(session, theo.id)] == [
            ("Own", "instructor")
        ]
        assert [each.title for each in list_taught(session, world.tess.id)] == ["Astronomy"]


def test_a_code_has_an_end_only_while_there_is_one(database: Database, world: World) -> None:
    with database.writing() as session, pytest.raises(ConflictError, match="make a new code"):
        change_end(session, world.tess, world.course_id, last_day=None, now=MORNING)


@pytest.mark.parametrize("learners", [0, 30])
def test_the_pages_of_a_course_take_two_statements_however_many_are_in_it(
    database: Database, world: World, learners: int
) -> None:
    text = "".join(f"s{number}@example.org,S,Lab|Group {number}\n" for number in range(learners))
    with database.writing() as session:
        if text:
            import_roster(session, world.tess, world.course_id, text, MORNING)
        session.commit()
    for look in ("course", "roster"):
        with counting(database) as statements, database.reading() as session:
            LOOKS[look](session, world.tess, world)
        assert len(statements) == 2
