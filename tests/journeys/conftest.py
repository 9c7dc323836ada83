"""A school as the demonstration makes it, served to a real browser, at a time that can be moved."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext

from quizapp.facts.folders import read_files
from quizapp.kinds.question import Question
from quizapp.resources import find_folder
from quizapp.services.demo.building import build_demo
from quizapp.storage.accounts import Account, find_credentials
from quizapp.storage.engine import Database, open_database
from quizapp.web.extensions import db
from tests.factories.answers import load_question
from tests.factories.fact_packs import get_pack
from tests.factories.people import MORNING
from tests.journeys.reader import Reader
from tests.support.browser import run_app, run_browser
from tests.support.client import Clock, make_app
from tests.support.databases import copy_sqlite, opened

SAM, AMINA, MARIA = "student@example.org", "amina@example.org", "teacher@example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A running server with its database, its clock, and everybody's password by address."""

    url: str
    clock: Clock
    database: Database
    passwords: Mapping[str, str]

    def get_account(self, email: str) -> Account:
        """Return a person."""
        with self.database.reading() as session:
            found = find_credentials(session, email)
        assert found is not None
        return found.account

    def get_question(self, question_id: int) -> Question:
        """Return a question."""
        return load_question(self.database, question_id)


Opener: TypeAlias = Callable[..., Reader]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every story as needing a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for all stories."""
    with run_browser() as running:
        yield running


@pytest.fixture(scope="session")
def school_template(
    browser: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Mapping[str, str]]:
    """The demonstration's database and passwords; made only where there is a browser."""
    del browser
    address = copy_sqlite(sqlite_template, tmp_path_factory.mktemp("school"))
    topic = find_folder("questions") / "jnim"
    pack, files = get_pack(topic), read_files(topic)
    with opened(address) as database, database.writing() as session:
        accounts = build_demo(session, pack, files=files, now=MORNING, progress=lambda: None)
        session.commit()
    passwords = {account.email: account.password for account in accounts}
    return Path(address.removeprefix("sqlite:///")), passwords


@pytest.fixture
def school(school_template: tuple[Path, Mapping[str, str]], tmp_path: Path) -> Iterator[School]:
    """The school on the morning of the demonstration, fresh."""
    template, passwords = school_template
    file = tmp_path / "school.db"
    shutil.copyfile(template, file)
    with run_school(file, passwords) as running:
        yield running


@contextmanager
def run_school(file: Path, passwords: Mapping[str, str]) -> Iterator[School]:
    """Serve the school of a database on the morning of the demonstration."""
    address, clock = f"sqlite:///{file}", Clock(MORNING)
    app, database = make_app(address, clock), open_database(address)
    with run_app(app) as url:
        yield School(url=url, clock=clock, database=database, passwords=passwords)
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    database.dispose()


@pytest.fixture
def open_reader(browser: Browser, school: School) -> Iterator[Opener]:
    """Open browsers of their own, closed afterwards; a complaint of any page fails the test."""
    readers: list[Reader] = []
    with ExitStack() as stack:

        def open_one(**settings: object) -> Reader:
            context: BrowserContext = browser.new_context(
                base_url=school.url,
                reduced_motion="reduce",
                **settings,  # type: ignore[arg-type] # as the library names them
            )
            context.set_default_timeout(10_000)
            stack.callback(context.close)
            readers.append(Reader(context.new_page(), school.clock))
            return readers[-1]

        yield open_one
        for reader in readers:
            assert reader.complaints.texts == []
