"""A site whose only assignment asks one question of each kind, and those who sit it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from quizapp.attempts.rules import AssignmentRules
from quizapp.services.accounts.secrets import hash_password
from quizapp.storage.accounts import set_password_hash
from quizapp.storage.engine import Database
from quizapp.storage.tables import AttemptRow, ResponseSaveRow
from tests.factories.assignments import MARKED, RIGHT, RULES, WRONG, Exam, make_exam
from tests.support.apps import Apps
from tests.support.client import PASSWORD, Client, Clock, Page
from tests.support.databases import opened

SECRET = "of the moon"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamSite:
    """The application with the exam, at a time of its own; Alice and Bob may sit it."""

    app: Flask
    clock: Clock
    database: Database
    exam: Exam

    @property
    def address(self) -> str:
        """The address of the assignment."""
        return f"/assigned/{self.exam.assignment_id}"

    def open(self, name: str = "alice") -> Client:
        """Return a browser in which that learner is signed in."""
        client = Client(self.app)
        assert client.sign_in(f"{name}@example.org").status == 303
        return client

    def begin(self, client: Client) -> str:
        """Start an attempt and return its address."""
        sent = client.post_form(f"{self.address}/start", client.get(self.address))
        assert sent.status == 303, sent.words
        return sent.location

    def submit(self, client: Client, attempt: str) -> Page:
        """Submit and return the result."""
        return client.follow(client.post_form(f"{attempt}/submit", client.get(f"{attempt}/check")))


@contextmanager
def run_exam_site(
    apps: Apps,
    template: Path,
    *,
    rules: AssignmentRules = RULES,
    password: str = "",
    change: Callable[[Database], None] = lambda _: None,
) -> Iterator[ExamSite]:
    """Make such a site; `change` does something to its database before anybody comes."""
    with apps.lend(template) as seat, opened(seat.address) as database:
        with database.writing() as session:
            secret = hash_password(password) if password else None
            exam = make_exam(session, rules=rules, password_hash=secret)
            for person in (exam.world.alice, exam.world.bob, exam.world.tess):
                set_password_hash(session, person.id, hash_password(PASSWORD))
            session.commit()
        change(database)
        yield ExamSite(app=seat.app, clock=seat.clock, database=database, exam=exam)


def write_answer(kind: str, number: int, *, right: bool) -> dict[str, str]:
    """Return the fields in which a question of the exam is answered."""
    value = (RIGHT if right else WRONG)[kind]  # type: ignore[index] # a kind by its name
    prefix = f"q{number}-"
    if kind == "ordering":
        return {f"{prefix}place_{item}": str(place) for place, item in enumerate(value.split(), 1)}
    if kind == "matching":
        return {f"{prefix}match_{prompt}": word for prompt, word in enumerate(value.split())}
    return {f"{prefix}answer": value}


def with_rules(rules: AssignmentRules) -> pytest.MarkDecorator:
    """Let a test have a site with these rules."""
    return pytest.mark.parametrize("site", [rules], indirect=True)


def send(client: Client, page: Page, attempt: str, go: str = "next", **fields: str) -> Page:
    """Send the form of a page as its button does."""
    return client.post_form(f"{attempt}/answers", page, go=go, **fields)


def answer(
    client: Client, attempt: str, number: int, *, right: bool = True, go: str = "next"
) -> Page:
    """Answer a question by a button, by default the one that leads on."""
    page = client.get(f"{attempt}/questions/{number}")
    fields = write_answer(MARKED[number - 1], number, right=right)
    return send(client, page, attempt, go=go, **fields)


def count(site: ExamSite, row: type[AttemptRow | ResponseSaveRow]) -> int:
    """Count rows."""
    with site.database.reading() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def read_field(page: Page, attempt: str, name: str) -> str:
    """Return what stands in a field of the attempt's form."""
    return page.get_form(f"{attempt}/answers").fields[name]


def autosave(
    client: Client, page: Page, attempt: str, **fields: str
) -> tuple[int, dict[str, object]]:
    """Send what the script sends, and return status and reply."""
    form = page.get_form(f"{attempt}/answers")
    reply = client.post_json(form.action, {**form.fields, "go": "stay", **fields})
    return reply.status, json.loads(reply.text)
