"""The demonstration: set up at the first start, served, and the same at the second."""

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from quizapp.services.checking import Check, check_database
from quizapp.storage.engine import open_database
from tests.cli.commands import run_in_shell
from tests.support.serving import Browser, Server, find_port


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What demo.json says."""

    url: str
    database: str
    accounts: list[dict[str, str]]


def start(folder: Path) -> Server:
    port = find_port()
    server = Server(["demo", "--no-browser", "--data", str(folder), "--port", str(port)], port, {})
    server.start()
    return server


def read_document(folder: Path) -> Document:
    return Document(**json.loads((folder / "demo.json").read_text("utf-8")))


def check(folder: Path) -> Check:
    database = open_database(f"sqlite:///{folder / 'quizapp.db'}")
    found = check_database(database)
    database.dispose()
    return found


def assert_served_as_documented(server: Server, document: Document, folder: Path) -> None:
    """Both people whom the command names can sign in where it says."""
    assert document.url == f"http://127.0.0.1:{server.port}"
    assert document.database == f"sqlite:///{folder / 'quizapp.db'}"
    assert {account["role"] for account in document.accounts} == {"instructor", "learner"}
    for account in document.accounts[:2]:
        assert account.keys() == {"role", "email", "password"}
        assert Browser(server.port).sign_in(account["email"], account["password"]).status == 303


def assert_private(folder: Path) -> None:
    """Sign-ins and secret are for their owner alone, and nothing half-written is left."""
    if os.name == "posix":
        for name in ("demo.json", "secret"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert not list(folder.glob("*.part"))


def test_the_demonstration_starts_lets_people_in_and_keeps_its_data(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    server = start(folder)
    first = read_document(folder)
    assert_served_as_documented(server, first, folder)
    assert_private(folder)
    server.kill()
    assert first.url in server.output
    assert first.accounts[0]["password"] in server.output
    before = check(folder)
    assert before.clean
    assert before.reviews > 100

    server = start(folder)
    second = read_document(folder)
    assert (second.accounts, second.database) == (first.accounts, first.database)
    assert_served_as_documented(server, second, folder)
    assert server.stop() == 0
    assert_private(folder)
    assert check(folder) == before

    (folder / "demo.json").unlink()
    done = run_in_shell("demo", "--no-browser", "--data", folder)
    assert (done.code, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "remove the folder" in done.stderr
