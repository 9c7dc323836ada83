"""An exam that learners sit over the network, at the real server."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ
from threading import Barrier

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from quizapp.attempts.rules import AssignmentRules
from quizapp.services.accounts.secrets import hash_token, make_token
from quizapp.services.assigning.creating import create, publish
from quizapp.services.assigning.planning import Plan
from quizapp.storage.accounts import add_account, add_sign_in
from quizapp.storage.assignments import Content
from quizapp.storage.courses import enrol
from quizapp.storage.engine import Database
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId
from quizapp.storage.tables import AttemptRow
from quizapp.web.access import TOKEN
from quizapp.web.settings import read_clock
from tests.factories.assignments import Exam, build_exam
from tests.support.databases import opened
from tests.support.serving import PATIENCE, SECRET, Browser, Reply, Server, serving

Request = tuple[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitter:
    """A learner at a browser, signed in."""

    account_id: AccountId
    browser: Browser

    def open_window(self) -> Browser:
        """Return one more window of the same browser."""
        return Browser(self.browser.port, self.browser.cookies)

    def read_start(self, assignment_id: AssignmentId) -> Request:
        """Return where an attempt is begun, and the form that begins it."""
        page = self.browser.insist("GET", f"/assigned/{assignment_id}")
        fields = {name: page.fields[name] for name in ("csrf_token", "key")}
        return f"/assigned/{assignment_id}/start", fields

    def begin(self, assignment_id: AssignmentId) -> AttemptId:
        """Begin an attempt."""
        reply = self.browser.insist("POST", *self.read_start(assignment_id))
        assert reply.status == 303, reply.text
        return read_attempt_id(reply)

    def read_token(self) -> dict[str, str]:
        """Return what every form of this learner holds."""
        return {"csrf_token": self.browser.insist("GET", "/").fields["csrf_token"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """The server, its database, and a course whose version has a question of every kind."""

    server: Server
    database: Database
    address: str
    exam: Exam

    def set_exam(self, rules: AssignmentRules) -> AssignmentId:
        """Set and publish one more assignment on all questions of the version."""
        content = Content(version_id=self.exam.version_id)
        plan = Plan(title="Another exam", content=content, rules=rules)
        course_id, tess = self.exam.world.course_id, self.exam.tess
        with self.database.writing() as session:
            assignment_id = create(session, tess, course_id, plan, read_clock())
            publish(session, tess, assignment_id)
            session.commit()
        return assignment_id

    def admit(self, name: str, many: int) -> list[Sitter]:
        """Enrol new learners of that name and a number, signed in as if by their passwords."""
        course_id, now = self.exam.world.course_id, read_clock()
        found: list[Sitter] = []
        with self.database.writing() as session:
            for number in range(many):
                email, token = f"{name}-{number}@example.org", make_token()
                account = add_account(
                    session, email=email, name=name, role="learner", timezone="UTC", now=now
                )
                enrol(session, course_id=course_id, account_id=account.id, role="learner", now=now)
                add_sign_in(session, token_hash=hash_token(token), account_id=account.id, now=now)
                browser = Browser(self.server.port, write_cookie(token))
                found.append(Sitter(account_id=account.id, browser=browser))
            session.commit()
        return found

    def list_attempts(self, assignment_id: AssignmentId) -> list[AttemptRow]:
        """Return all attempts at an assignment."""
        statement = select(AttemptRow).where(AttemptRow.assignment_id == assignment_id)
        with self.database.reading() as session:
            return list(session.scalars(statement.order_by(AttemptRow.id)))

    def check(self) -> list[object]:
        """Return what `quizapp db check` finds wrong with the database."""
        run = subprocess.run(
            [sys.executable, "-m", "quizapp", "db", "check", "--json"],
            env={**environ, "QUIZAPP_DATABASE_URL": self.address},
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        found = json.loads(run.stdout)
        problems: list[object] = [*found["mismatches"]]
        if found["database"] != "ok":
            problems.append(found["database"])
        assert run.returncode == (1 if problems else 0), run.stderr
        return problems


@contextmanager
def opening_hall(address: str) -> Iterator[Hall]:
    """Serve the exam from a migrated database."""
    with opened(address) as database:
        exam = build_exam(database)
        with serving(address) as server:
            yield Hall(server=server, database=database, address=address, exam=exam)


def write_cookie(token: str) -> dict[str, str]:
    """Return the cookie of a signed-in browser, so that no test waits for passwords."""
    app = Flask(__name__)
    app.secret_key = SECRET
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer
    return {"session": str(serializer.dumps({TOKEN: token}))}


def send_at_once(requests: Sequence[tuple[Sitter, Request]]) -> list[Reply]:
    """Post all forms in one moment, each from a window of its own, once."""
    ready = Barrier(len(requests))

    def send(request: tuple[Sitter, Request]) -> Reply:
        sitter, (path, fields) = request
        window = sitter.open_window()
        ready.wait(PATIENCE)
        return window.send("POST", path, fields)

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def read_attempt_id(reply: Reply) -> AttemptId:
    """Return the attempt that a reply leads to."""
    return AttemptId(int(reply.location.removeprefix("/attempts/")))


def write_save(number: int, key: str, saves: int, answer: str) -> dict[str, str]:
    """Return the form that saves the answer to a question which was saved so often."""
    return {
        "number": str(number),
        f"key-{number}": key,
        f"saves-{number}": str(saves),
        f"q{number}-answer": answer,
        "go": "stay",
    }
