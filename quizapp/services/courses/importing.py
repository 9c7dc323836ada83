"""A roster is looked through, shown, and on confirmation stored: all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, Problem
from quizapp.services.accounts.registering import LINK_LIFE
from quizapp.services.accounts.secrets import hash_token, make_token
from quizapp.services.assigning.clocks import moving_between_sections
from quizapp.services.courses.access import get_led, lock_changeable, refuse_archived
from quizapp.services.courses.roster_file import RosterEntry, RosterFile, read_roster
from quizapp.storage.accounts import Account
from quizapp.storage.courses import CourseDetails
from quizapp.storage.ids import AccountId, CourseId
from quizapp.storage.roles import LEARNER
from quizapp.storage.rosters import (
    KnownAccount,
    NewAccount,
    add_learner_accounts,
    add_password_links,
    enrol_learners,
    load_known,
)
from quizapp.storage.sections import add_members, add_sections, list_sections

NEW, JOINS, ALREADY = "new", "joins", "already"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLearner:
    """What would happen to one line: a new account, one that joins, one that is in already."""

    line: int
    email: str
    name: str
    sections: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What a roster would do, and what is wrong with it; with any problem nothing is done."""

    course: CourseDetails
    learners: tuple[PlannedLearner, ...]
    new_sections: tuple[str, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """The token of a link by which the owner of a new account sets a password, shown once."""

    name: str
    email: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: links of the new accounts, and how many joined and were in already."""

    plan: ImportPlan
    links: tuple[NewLink, ...]


def count(plan: ImportPlan, what: str) -> int:
    """Count the lines of a plan to which that happens."""
    return sum(learner.what == what for learner in plan.learners)


def open_import(session: Session, instructor: Account, course_id: CourseId) -> CourseDetails:
    """Return a course to which learners may be added.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    return refuse_archived(get_led(session, instructor, course_id))


def plan_import(
    session: Session, instructor: Account, course_id: CourseId, text: str
) -> ImportPlan:
    """Return what a roster would do; nothing is stored.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    return _plan(session, open_import(session, instructor, course_id), read_roster(text))


def import_roster(
    session: Session, instructor: Account, course_id: CourseId, text: str, now: datetime
) -> Imported:
    """Add the learners of a roster: new accounts, enrolments and sections.

    A repeat changes nothing. Running clocks follow the overrides of the sections.

    Raises:
        InvalidError: there is a problem; nothing is stored.
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    course = lock_changeable(session, instructor, course_id)
    plan = _plan(session, course, read_roster(text))
    if plan.problems:
        raise InvalidError("The roster has problems; nothing was stored.", plan.problems)
    new = [
        NewAccount(email=learner.email, name=learner.name)
        for learner in plan.learners
        if learner.what == NEW
    ]
    made = add_learner_accounts(session, new, timezone=course.timezone, now=now)
    known = load_known(session, course_id, [learner.email for learner in plan.learners])
    if any(account.role != "learner" for account in known.values()):
        raise ConflictError("An account was made meanwhile; check the roster again.")
    learners = [account.id for account in known.values()]
    enrol_learners(session, course_id, learners, now)
    with moving_between_sections(session, course_id, learners, instructor, now):
        _fill_sections(session, course_id, plan, known)
    return Imported(plan=plan, links=_issue_links(session, made, known, now))


def _plan(session: Session, course: CourseDetails, file: RosterFile) -> ImportPlan:
    known = load_known(session, course.id, [entry.email for entry in file.entries])
    there = {section.title.casefold() for section in list_sections(session, course.id)}
    wanted = {title.casefold(): title for entry in file.entries for title in entry.sections}
    problems = [*file.problems, *_find_misfits(file.entries, known)]
    return ImportPlan(
        course=course,
        learners=tuple(_plan_one(entry, known.get(entry.email)) for entry in file.entries),
        new_sections=tuple(title for key, title in wanted.items() if key not in there),
        problems=tuple(sorted(problems, key=lambda problem: (problem.line, problem.column))),
        notes=file.notes,
    )


def _plan_one(entry: RosterEntry, account: KnownAccount | None) -> PlannedLearner:
    if account is None:
        # As `quizapp user add` names an account that comes without a name.
        what, name = NEW, entry.name or entry.email.partition("@")[0]
    else:
        what, name = ALREADY if account.enrolled == LEARNER else JOINS, account.name
    return PlannedLearner(
        line=entry.line, email=entry.email, name=name, sections=entry.sections, what=what
    )


def _find_misfits(entries: Sequence[RosterEntry], known: dict[str, KnownAccount]) -> list[Problem]:
    problems = []
    for entry in entries:
        account = known.get(entry.email)
        if account is not None and account.role != "learner":
            text = f"{entry.email} is no student's account; remove the line"
            problems.append(Problem(line=entry.line, column=1, text=text))
        elif account is not None and account.disabled:
            text = (
                f"the account {entry.email} is disabled; ask an administrator, or remove the line"
            )
            problems.append(Problem(line=entry.line, column=1, text=text))
    return problems


def _fill_sections(
    session: Session, course_id: CourseId, plan: ImportPlan, known: dict[str, KnownAccount]
) -> None:
    add_sections(session, course_id, plan.new_sections)
    sections = list_sections(session, course_id)
    ids = {section.title.casefold(): section.id for section in sections}
    members = [
        (ids[title.casefold()], known[learner.email].id)
        for learner in plan.learners
        for title in learner.sections
    ]
    add_members(session, course_id, members)


def _issue_links(
    session: Session, made: frozenset[AccountId], known: dict[str, KnownAccount], now: datetime
) -> tuple[NewLink, ...]:
    tokens = {account.id: make_token() for account in known.values() if account.id in made}
    hashes = {account_id: hash_token(token) for account_id, token in tokens.items()}
    add_password_links(session, hashes, now + LINK_LIFE)
    return tuple(
        NewLink(name=account.name, email=account.email, token=tokens[account.id])
        for account in known.values()
        if account.id in tokens
    )
