"""A small site: people who are signed in already, a course, and what Alice has answered."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from argon2 import PasswordHasher
from flask import Flask

from quizapp.services.accounts import secrets
from quizapp.services.accounts.registering import issue_password_link
from quizapp.services.accounts.secrets import hash_password
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import submit
from quizapp.storage.accounts import Account, add_account, set_password_hash
from quizapp.storage.courses import enrol
from quizapp.storage.engine import Database
from quizapp.storage.ids import (
    AssignmentId,
    AttemptId,
    CourseId,
    DisputeId,
    FitId,
    ReviewId,
    SectionId,
    SetId,
    StudyId,
    VersionId,
)
from quizapp.storage.joining import set_join_code
from tests.factories.assignments import make_site_assignment
from tests.factories.courses import make_section
from tests.factories.desk import OWN_KEY, make_draft
from tests.factories.disputes import make_dispute
from tests.factories.fits import make_fitting, make_own_fitting
from tests.factories.people import MORNING, answer_next, make_world
from tests.support.apps import Apps, close
from tests.support.client import PASSWORD, Client, Clock, make_app
from tests.support.databases import copy_sqlite, lend_postgres, opened

FACTS = 25
CODE = "ABCDE23456"


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """What the site's pages are about; study session, review and both attempts are Alice's.

    The assignment takes any number of attempts; `attempt_id` goes on, `submitted_id` was submitted.
    `set_id` is a set that Tess still writes, with a question of her own and a picture; Kim may read
    it.
    """

    people: Mapping[str, Account]
    version_id: VersionId
    course_id: CourseId
    study_id: StudyId
    review_id: ReviewId
    link: str
    section_id: SectionId
    code: str
    assignment_id: AssignmentId
    attempt_id: AttemptId
    submitted_id: AttemptId
    dispute_id: DisputeId
    set_id: SetId
    question_key: str
    digest: str
    fit_id: FitId
    own_fit_id: FitId


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The application on a database of its own, at a time of its own."""

    app: Flask
    clock: Clock
    database: Database
    things: Things
    cookies: Mapping[str, str]

    def open(self, name: str | None = None) -> Client:
        """Return a browser in which that person is signed in; without a name nobody is."""
        client = Client(self.app)
        if name is not None:
            client.cookie = self.cookies[name]
        return client

    @property
    def study(self) -> str:
        """The address of Alice's study session."""
        return f"/review/{self.things.study_id}"

    def email(self, name: str) -> str:
        """Return a person's address."""
        return self.things.people[name].email


Furnished: TypeAlias = tuple[Path, Things, Mapping[str, str]]


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Let argon2 cost little: what it costs in earnest is not a matter of these tests."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "_hasher", hasher)
        patch.setattr(secrets, "_DUMMY", hasher.hash("nobody's"))
        yield


@pytest.fixture(scope="session")
def password_hash(cheap_passwords: None) -> str:
    """The hash of everybody's password, made once."""
    del cheap_passwords
    return hash_password(PASSWORD)


@pytest.fixture(scope="session")
def furnished(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, password_hash: str
) -> Furnished:
    """A database with people, course and history, and the cookies of their browsers."""
    folder = tmp_path_factory.mktemp("site")
    address = copy_sqlite(sqlite_template, folder)
    with opened(address) as database:
        things = furnish(database, password_hash)
    app = make_app(address, Clock(MORNING))
    cookies = sign_everybody_in(app, things)
    close(app)
    return Path(address.removeprefix("sqlite:///")), things, cookies


def sign_everybody_in(app: Flask, things: Things) -> dict[str, str]:
    """Return the cookie of each person's browser."""
    cookies = {}
    for name, person in things.people.items():
        client = Client(app)
        client.sign_in(person.email)
        assert client.cookie is not None
        cookies[name] = client.cookie
    return cookies


def furnish(database: Database, password_hash: str) -> Things:
    """Make the people and the course, and let Alice answer one question."""
    with database.writing() as session:
        world = make_world(session, facts=FACTS)
        kim, theo, ada = (
            add_account(
                session,
                email=f"{name.lower()}@example.org",
                name=name,
                role=role,
                timezone="UTC",
                now=MORNING,
            )
            for name, role in (("Kim", "instructor"), ("Theo", "instructor"), ("Ada", "admin"))
        )
        people = (world.alice, world.bob, world.charlie, world.tess, kim, theo, ada)
        for person in people:
            set_password_hash(session, person.id, password_hash)
        study_id, review_id = answer_next(session, world.alice, MORNING, key="first", right=False)
        link = issue_password_link(session, world.alice, MORNING)
        enrol(
            session,
            course_id=world.course_id,
            account_id=kim.id,
            role="assistant",
            now=MORNING,
        )
        section_id = make_section(session, world.course_id, "Monday", world.bob)
        set_join_code(session, world.course_id, code=CODE, until=None)
        assignment_id = make_site_assignment(session, world)
        submitted_id = start(session, world.alice, assignment_id, MORNING, key="site-1")
        submit(session, world.alice, submitted_id, MORNING)
        attempt_id = start(session, world.alice, assignment_id, MORNING, key="site-2")
        dispute_id = make_dispute(session, world.bob)
        set_id, digest = make_draft(session, world.tess, kim)
        fit_id = make_fitting(session, world.tess, world.course_id, MORNING)
        own_fit_id = make_own_fitting(session, world.alice, MORNING)
        session.commit()
    return Things(
        people={person.name.lower(): person for person in people},
        version_id=world.version_id,
        course_id=world.course_id,
        study_id=study_id,
        review_id=review_id,
        link=link,
        section_id=section_id,
        code=CODE,
        assignment_id=assignment_id,
        attempt_id=attempt_id,
        submitted_id=submitted_id,
        dispute_id=dispute_id,
        set_id=set_id,
        question_key=OWN_KEY,
        digest=digest,
        fit_id=fit_id,
        own_fit_id=own_fit_id,
    )


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Apps:
    """The applications that the tests of a process use one after another."""
    return Apps(tmp_path_factory.mktemp("apps"))


@contextmanager
def run_site(apps: Apps, furnished: Furnished) -> Iterator[Site]:
    """Give the site on a copy of the furnished database."""
    template, things, cookies = furnished
    with apps.lend(template) as seat, opened(seat.address) as database:
        yield Site(
            app=seat.app, clock=seat.clock, database=database, things=things, cookies=cookies
        )


@pytest.fixture
def site(apps: Apps, furnished: Furnished) -> Iterator[Site]:
    """The site, fresh."""
    with run_site(apps, furnished) as running:
        yield running


@pytest.fixture
def second_site(apps: Apps, furnished: Furnished) -> Iterator[Site]:
    """Another site, to compare."""
    with run_site(apps, furnished) as running:
        yield running


@pytest.fixture
def postgres_site(
    postgres_server: str, postgres_template: str, password_hash: str
) -> Iterator[Site]:
    """The site on PostgreSQL, which refuses texts and numbers that SQLite takes."""
    with lend_postgres(postgres_server, postgres_template) as address, opened(address) as database:
        things, clock = furnish(database, password_hash), Clock(MORNING)
        app = make_app(address, clock)
        cookies = sign_everybody_in(app, things)
        yield Site(app=app, clock=clock, database=database, things=things, cookies=cookies)
        close(app)


@pytest.fixture
def alice(site: Site) -> Client:
    """Alice's browser, signed in."""
    return site.open("alice")
