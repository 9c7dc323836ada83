"""A roster is stored when it is confirmed: whole, once, and never with a problem in it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from quizapp.errors import InvalidError
from quizapp.services.accounts.registering import get_linked_account
from quizapp.services.courses.importing import (
    ALREADY,
    JOINS,
    NEW,
    Imported,
    import_roster,
    plan_import,
)
from quizapp.services.courses.roster import look_at_roster, remove_learner, write_roster
from quizapp.services.courses.roster_file import read_roster
from quizapp.storage.engine import Database
from quizapp.storage.tables import AccountRow
from tests.factories.courses import make_section
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.support.rows import read_rows
from tests.support.statements import counting

ROSTER = """Email;Name;Section
new@example.org;Nadia;Lab|monday
charlie@example.org;Somebody Else;
bob@example.org;Bob;Lab
"""


@pytest.fixture
def world(database: Database) -> World:
    """Alice and Bob are in the course, Charlie has an account; there is a section Monday."""
    world = build_world(database)
    with database.writing() as session:
        make_section(session, world.course_id, "Monday", world.alice)
        session.commit()
    return world


def store(database: Database, world: World, text: str = ROSTER) -> Imported:
    with database.writing() as session:
        done = import_roster(session, world.tess, world.course_id, text, MORNING)
        session.commit()
    return done


def list_roster(database: Database, world: World) -> dict[str, tuple[str, tuple[str, ...]]]:
    with database.reading() as session:
        page = look_at_roster(session, world.tess, world.course_id, search="", page=1)
    return {line.email: (line.name, line.sections) for line in page.learners}


def test_a_plan_says_what_would_happen_and_stores_nothing(database: Database, world: World) -> None:
    before = read_rows(database)
    with database.reading() as session:
        plan = plan_import(session, world.tess, world.course_id, ROSTER)
    assert [(each.line, each.name, each.what) for each in plan.learners] == [
        (2, "Nadia", NEW),
        (3, "Charlie", JOINS),
        (4, "Bob", ALREADY),
    ]
    assert (plan.new_sections, plan.problems) == (("Lab",), ())
    assert read_rows(database) == before


def test_a_confirmed_roster_makes_accounts_enrolments_and_sections(
    database: Database, world: World
) -> None:
    done = store(database, world)
    assert list_roster(database, world) == {
        "alice@example.org": ("Alice", ("Monday",)),
        "bob@example.org": ("Bob", ("Lab",)),
        "charlie@example.org": ("Charlie", ()),
        "new@example.org": ("Nadia", ("Lab", "Monday")),
    }
    (link,) = done.links
    with database.reading() as session:
        account = get_linked_account(session, link.token, MORNING)
    assert (account.email, account.role, account.timezone) == ("new@example.org", "learner", "UTC")
    assert (account.rollover_hour, account.new_per_day, account.reviews_per_day) == (4, 20, 200)
    assert link.token not in repr(read_rows(database))


def test_a_repeat_changes_nothing_and_makes_no_new_links(database: Database, world: World) -> None:
    store(database, world)
    before = read_rows(database)
    done = store(database, world)
    assert {each.what for each in done.plan.learners} == {ALREADY}
    assert done.links == ()
    assert read_rows(database) == before


def test_one_bad_line_and_nothing_is_stored(database: Database, world: World) -> None:
    before = read_rows(database)
    with pytest.raises(InvalidError) as refused:
        store(database, world, ROSTER + "nobody\n")
    assert [problem.line for problem in refused.value.problems] == [5]
    assert read_rows(database) == before


@pytest.mark.parametrize(
    ("email", "words"),
    [("tess@example.org", "no student's account"), ("charlie@example.org", "is disabled")],
)
def test_accounts_that_cannot_learn_are_problems_of_their_lines(
    database: Database, world: World, email: str, words: str
) -> None:
    with database.writing() as session:
        session.execute(
            update(AccountRow).where(AccountRow.name == "Charlie").values(disabled_at=MORNING)
        )
        plan = plan_import(session, world.tess, world.course_id, f"a@x.org\n{email}")
    (problem,) = plan.problems
    assert problem.line == 2
    assert words in problem.text


def test_the_same_roster_confirmed_twice_at_once_makes_no_doubles(
    database: Database, world: World
) -> None:
    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(lambda _: store(database, world), range(4)))
    assert sorted(len(end.links) for end in ends) == [0, 0, 0, 1]
    assert len(list_roster(database, world)) == 4


def test_a_thousand_lines_take_as_many_statements_as_ten(database: Database, world: World) -> None:
    counts = []
    for size, name in ((10, "a"), (1000, "b")):
        text = "\n".join(f"{name}{number}@example.org,S,Lab" for number in range(size))
        with counting(database) as statements:
            store(database, world, text)
        counts.append(len(statements))
    assert counts[0] <= 11
    # Rows go in batches, each a statement.
    assert counts[1] <= counts[0] + 10


def test_a_removed_learner_keeps_what_they_remember_and_may_come_back(
    database: Database, world: World
) -> None:
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="one")
    kept = read_rows(database, ["memory", "review", "account"])
    with database.writing() as session:
        remove_learner(session, world.tess, world.course_id, world.alice.id, MORNING)
        session.commit()
    assert list(list_roster(database, world)) == ["bob@example.org"]
    assert read_rows(database, ["section_member"]) == {"section_member": []}
    assert read_rows(database, ["memory", "review", "account"]) == kept
    store(database, world, "alice@example.org")
    assert len(list_roster(database, world)) == 2


def test_the_export_says_who_was_active_and_is_read_by_the_import(
    database: Database, world: World
) -> None:
    later = MORNING + timedelta(days=1)
    with database.writing() as session:
        answer_next(session, world.alice, later, key="one")
        session.execute(
            update(AccountRow).where(AccountRow.name == "Bob").values(name="=1+1", email="+b@x.org")
        )
        session.commit()
    with database.reading() as session:
        title, table = write_roster(session, world.tess, world.course_id)
    assert title == "Astronomy"
    assert table.removeprefix("\ufeff").splitlines() == [
        "email,name,section,joined,last active",
        "'+b@x.org,'=1+1,,2026-03-02,",
        "alice@example.org,Alice,Monday,2026-03-02,2026-03-03",
    ]
    read = read_roster(table)
    assert [(each.email, each.name) for each in read.entries] == [
        ("+b@x.org", "=1+1"),
        ("alice@example.org", "Alice"),
    ]
    assert read.problems == ()


def test_the_roster_is_searched_and_shown_page_by_page(database: Database, world: World) -> None:
    text = "\n".join(f"s{number:03}@example.org,Student {number:03},Lab|B" for number in range(60))
    store(database, world, text)

    def look(search: str, page: int) -> tuple[list[str], int, int]:
        with database.reading() as session:
            found = look_at_roster(session, world.tess, world.course_id, search=search, page=page)
        return [line.name for line in found.learners], found.matches, found.pages

    assert look("", 1)[0][:3] == ["Alice", "Bob", "Student 000"]
    assert look("", 2) == ([f"Student {number:03}" for number in range(48, 60)], 62, 2)
    assert look("S01", 1)[1] == 10
    assert look("student 05", 1)[1] == 10
    assert look("%", 1) == ([], 0, 1)
    assert look("", 9)[0] == []
