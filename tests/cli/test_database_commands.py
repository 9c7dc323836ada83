"""`quizapp db` and `quizapp user`: exit codes, messages, documents."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from quizapp.errors import NotFoundError
from quizapp.services.accounts.registering import get_linked_account, set_password
from quizapp.services.accounts.signing_in import sign_in
from quizapp.storage.accounts import find_credentials
from quizapp.storage.engine import Database
from quizapp.storage.sqlite import sqlite_version
from quizapp.storage.tables import AccountRow
from tests.cli.commands import run, run_in_shell
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.support.databases import opened

NEEDS_DATABASE = [
    ["db", "upgrade"],
    ["db", "check"],
    ["db", "check", "--json"],
    ["db", "backup", "some.db"],
    ["db", "restore", "some.db"],
    ["user", "add", "ada@example.org", "--role", "learner"],
]


@pytest.fixture
def new_address(tmp_path: Path) -> str:
    """Where no database is yet."""
    return f"sqlite:///{tmp_path / 'new' / 'quizapp.db'}"


@pytest.fixture
def lived_in(address: str) -> tuple[str, World]:
    """The address of a database in which Alice and Bob have answered."""
    with opened(address) as database:
        world = build_world(database)
        with database.writing() as session:
            answer_next(session, world.alice, MORNING, key="one")
            answer_next(session, world.bob, MORNING, key="two")
    return address, world


def lines_of(output: str) -> list[str]:
    return output.splitlines()


@pytest.mark.parametrize("arguments", NEEDS_DATABASE, ids=" ".join)
def test_without_an_address_a_command_says_so_in_one_line(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.stdout) == (2, "")
    (line,) = lines_of(done.stderr)
    assert line.startswith("quizapp: QUIZAPP_DATABASE_URL is not set; set it to ")


@pytest.mark.parametrize("arguments", NEEDS_DATABASE, ids=" ".join)
def test_an_address_that_is_none_is_refused_in_one_line(arguments: list[str]) -> None:
    done = run(*arguments, database="mysql://host/name")
    assert (done.code, done.stdout) == (2, "")
    (line,) = lines_of(done.stderr)
    assert "mysql://host/name" in line


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "QUIZAPP_SECRET_KEY"),
        ({"QUIZAPP_SECRET_KEY": "short"}, "QUIZAPP_SECRET_KEY"),
        ({"QUIZAPP_SECRET_KEY": "x" * 40}, "QUIZAPP_DATABASE_URL"),
    ],
)
def test_the_server_names_the_setting_that_is_missing(settings: dict[str, str], named: str) -> None:
    done = run("serve", settings=settings)
    assert (done.code, done.stdout) == (2, "")
    (line,) = lines_of(done.stderr)
    assert named in line


@pytest.mark.parametrize("arguments", [NEEDS_DATABASE[0], *NEEDS_DATABASE[1:3], NEEDS_DATABASE[5]])
def test_a_server_that_cannot_be_reached_is_one_line_and_no_traceback(
    arguments: list[str], tmp_path: Path
) -> None:
    done = run(*arguments, database=f"postgresql://nobody@/nothing?host={tmp_path}")
    assert (done.code, done.stdout) == (1, "")
    (line,) = lines_of(done.stderr)
    assert line.startswith("quizapp: the database cannot be used: ")


@pytest.mark.parametrize("arguments", [["serve"], NEEDS_DATABASE[5]], ids=" ".join)
def test_a_database_that_is_not_there_yet_is_not_made_in_passing(
    arguments: list[str], new_address: str, tmp_path: Path
) -> None:
    done = run(*arguments, database=new_address, settings={"QUIZAPP_SECRET_KEY": "x" * 40})
    assert (done.code, done.stdout) == (1, "")
    assert "quizapp db upgrade" in done.stderr
    assert not (tmp_path / "new" / "quizapp.db").exists()


def test_exit_codes_reach_the_shell(new_address: str) -> None:
    assert run_in_shell("db", "upgrade").code == 2
    assert run_in_shell("db", "check", database=new_address).code == 1
    assert run_in_shell("db", "upgrade", database=new_address).code == 0


def test_upgrade_makes_the_database_and_does_so_once(new_address: str) -> None:
    first, second = (run("db", "upgrade", database=new_address) for _ in range(2))
    assert (first.code, second.code) == (0, 0)
    assert re.fullmatch(r"The schema is at version \d{4}\.\n", first.stdout)
    assert second.stdout == first.stdout
    assert run("db", "check", database=new_address).code == 0


def test_check_prints_one_document_that_says_all_is_well(lived_in: tuple[str, World]) -> None:
    address, _ = lived_in
    done = run("db", "check", "--json", database=address)
    assert (done.code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "format": "quizapp-check/1",
        "database": "ok",
        "memories": 2,
        "reviews": 2,
        "mismatches": [],
        "sqlite": sqlite_version() if address.startswith("sqlite") else None,
    }


def test_check_names_a_row_that_was_edited_by_hand(lived_in: tuple[str, World]) -> None:
    address, world = lived_in
    with opened(address) as database, database.writing() as session:
        edit = text("UPDATE memory SET stability = 99 WHERE learner_id = :learner")
        session.execute(edit, {"learner": world.bob.id})
        session.commit()
    said = run("db", "check", database=address)
    assert said.code == 1
    assert lines_of(said.stdout)[-1] == (
        f"learner {world.bob.id}, fact 1: differs from the log in stability"
    )
    printed = run("db", "check", "--json", database=address)
    assert printed.code == 1
    assert json.loads(printed.stdout)["mismatches"] == [
        {"learner": world.bob.id, "fact": 1, "what": "differs from the log in stability"}
    ]


@pytest.mark.parametrize("content", [None, b"", b"no database " * 999])
def test_check_of_what_is_no_database_ends_with_one(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "some.db"
    if content is not None:
        file.write_bytes(content)
    done = run("db", "check", "--json", database=f"sqlite:///{file}")
    assert (done.code, done.stderr) == (1, "")
    assert json.loads(done.stdout)["database"] != "ok"
    assert file.exists() is (content is not None)


def test_a_backup_is_made_and_comes_back_elsewhere(
    sqlite_database: Database, tmp_path: Path, new_address: str
) -> None:
    world = build_world(sqlite_database)
    with sqlite_database.writing() as session:
        answer_next(session, world.alice, MORNING, key="k")
    address, file = str(sqlite_database.url), tmp_path / "backup.db"
    made = run("db", "backup", file, database=address)
    assert (made.code, made.stdout) == (0, f"The copy is in {file}.\n")
    back = run("db", "restore", file, database=new_address)
    assert (back.code, back.stdout) == (0, "The backup is in place.\n")
    found = json.loads(run("db", "check", "--json", database=new_address).stdout)
    assert (found["database"], found["reviews"], found["mismatches"]) == ("ok", 1, [])


def test_a_backup_that_cannot_be_used_ends_with_two_and_one_line(
    sqlite_database: Database, tmp_path: Path, new_address: str
) -> None:
    file = tmp_path / "backup.db"
    for done in (
        run("db", "restore", file, database=new_address),
        run("db", "backup", tmp_path / "no" / "backup.db", database=str(sqlite_database.url)),
    ):
        assert (done.code, done.stdout) == (2, "")
        assert len(lines_of(done.stderr)) == 1
    file.write_bytes(b"broken")
    done = run("db", "restore", file, database=new_address)
    assert (done.code, len(lines_of(done.stderr))) == (2, 1)
    assert not (tmp_path / "new" / "quizapp.db").exists()


def add_ada(address: str, *options: str) -> str:
    done = run("user", "add", "Ada@Example.org", "--role", "learner", *options, database=address)
    assert (done.code, done.stderr) == (0, "")
    (line,) = lines_of(done.stdout)
    return line


def test_a_new_account_gets_a_link_that_sets_its_password_once(address: str) -> None:
    link = add_ada(address, "--url", "https://quiz.example.org/", "--timezone", "Asia/Tokyo")
    site, _, token = link.rpartition("/set-password/")
    assert site == "https://quiz.example.org"
    now = datetime.now(UTC)
    with opened(address) as database, database.writing() as session:
        account = get_linked_account(session, token, now)
        assert (account.email, account.name, account.role, account.timezone) == (
            "ada@example.org",
            "Ada",
            "learner",
            "Asia/Tokyo",
        )
        set_password(session, account, "correct horse")
        session.commit()
        with pytest.raises(NotFoundError):
            get_linked_account(session, token, now)
        signed_in = sign_in(
            session, email="ada@example.org", password="correct horse", address="", now=now
        )
    assert signed_in is not None


def test_a_new_account_has_no_password_and_its_link_is_not_stored(address: str) -> None:
    token = add_ada(address).rpartition("/")[2]
    with opened(address) as database, database.reading() as session:
        found = find_credentials(session, "ada@example.org")
        stored = session.scalars(text("SELECT token_hash FROM password_link")).all()
    assert found is not None
    assert found.password_hash is None
    assert token not in stored
    assert len(stored) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["ada@example.org"], 1, "ada@example.org"),
        (["no address"], 2, "no address"),
        (["bob@example.org", "--timezone", "Mars/Base"], 2, "Mars/Base"),
    ],
)
def test_an_account_that_cannot_be_made_is_refused_in_one_line(
    sqlite_address: str, arguments: list[str], code: int, named: str
) -> None:
    add_ada(sqlite_address)
    done = run("user", "add", *arguments, "--role", "learner", database=sqlite_address)
    assert (done.code, done.stdout) == (code, "")
    (line,) = lines_of(done.stderr)
    assert named in line
    with opened(sqlite_address) as database, database.reading() as session:
        assert session.scalars(select(AccountRow.email)).all() == ["ada@example.org"]
