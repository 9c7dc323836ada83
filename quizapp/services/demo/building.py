"""Fills an empty database with the demonstration."""

import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.facts.model import Pack
from quizapp.services.accounts.registering import register
from quizapp.services.accounts.secrets import hash_password
from quizapp.services.demo.living import DAYS, live
from quizapp.services.demo.people import PEOPLE
from quizapp.services.demo.setting import form_sections, give_extra_time, set_term
from quizapp.services.publishing import publish_pack
from quizapp.storage.accounts import Account, set_password_hash
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.ids import CourseId

__all__ = ["PEOPLE", "DemoAccount", "build_demo"]
_SEED = 7
_TIMEZONE = "UTC"
_COURSE = "Demo course"
_TO_EXAM = timedelta(weeks=4)
# So many of `PEOPLE` can sign in: each password takes long to hash.
_SIGNING_IN = 8
# Which of `PEOPLE` has more time for the test, and is in the middle of it.
_SLOWER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """How to sign in to the demonstration."""

    role: str
    email: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """Somebody whose password is still being hashed, or who has none and cannot sign in."""

    account: Account
    sign_in: DemoAccount
    password_hash: Future[str] | None


def build_demo(
    session: Session,
    pack: Pack,
    *,
    now: datetime,
    progress: Callable[[], None],
    files: Mapping[str, bytes] | None = None,
) -> tuple[DemoAccount, ...]:
    """Make a course on the pack, an instructor, a new learner, and learners with a history.

    Returns who can sign in: the instructor, the new learner and the first few of `PEOPLE`.
    The course has an exam to come, two sections, and two assignments, one closed and one open.
    `files` are those that the pack was read from. `progress` is called after each of `PEOPLE`.
    Passwords are random; the history is the same for the same `now`.
    """
    # Hashing takes long on purpose; meanwhile the learners live their weeks.
    with ThreadPoolExecutor(max_workers=1) as hashing:
        people = _fill(session, pack, files, hashing, now, progress)
        named: list[DemoAccount] = []
        for person in people:
            if person.password_hash is not None:
                set_password_hash(session, person.account.id, person.password_hash.result())
                named.append(person.sign_in)
    return tuple(named)


def _fill(
    session: Session,
    pack: Pack,
    files: Mapping[str, bytes] | None,
    hashing: ThreadPoolExecutor,
    now: datetime,
    progress: Callable[[], None],
) -> list[_Person]:
    first = now - timedelta(days=DAYS)
    teacher = _add_person(
        session, hashing, "Maria Diallo", "instructor", "teacher@example.org", first
    )
    owner = teacher.account
    version_id = publish_pack(session, pack, owner_id=owner.id, seed=0, now=first, files=files)
    course_id = add_course(
        session, title=_COURSE, timezone=_TIMEZONE, exam_on=(now + _TO_EXAM).date(), now=first
    )
    teach(session, course_id=course_id, version_id=version_id)
    enrol(session, course_id=course_id, account_id=owner.id, role="instructor", now=first)
    newcomer = _add_learner(session, hashing, course_id, "Sam Rivera", "student@example.org", now)
    learners = [
        _add_learner(session, hashing, course_id, name, email, first, signs_in=number < _SIGNING_IN)
        for number, (name, email) in enumerate(PEOPLE)
    ]
    accounts = [person.account for person in learners]
    form_sections(session, owner, course_id, accounts, first)
    term = set_term(session, owner, course_id, version_id, now)
    give_extra_time(session, owner, term, accounts[_SLOWER], term.quiz_opens)
    for number, account in enumerate(accounts):
        in_test = number == _SLOWER
        live(session, account, term, f"{_SEED}:{number}", now, in_test=in_test)
        progress()
    return [teacher, newcomer, *learners]


def _add_learner(
    session: Session,
    hashing: ThreadPoolExecutor,
    course_id: CourseId,
    name: str,
    email: str,
    now: datetime,
    *,
    signs_in: bool = True,
) -> _Person:
    person = _add_person(session, hashing, name, "learner", email, now, signs_in=signs_in)
    enrol(session, course_id=course_id, account_id=person.account.id, role="learner", now=now)
    return person


def _add_person(
    session: Session,
    hashing: ThreadPoolExecutor,
    name: str,
    role: str,
    email: str,
    now: datetime,
    *,
    signs_in: bool = True,
) -> _Person:
    account = register(session, email=email, name=name, role=role, timezone=_TIMEZONE, now=now)
    password = secrets.token_urlsafe(9)
    return _Person(
        account=account,
        sign_in=DemoAccount(role=role, email=email, password=password),
        password_hash=hashing.submit(hash_password, password) if signs_in else None,
    )
