"""A school whose only course asks one question of each kind of the shipped topic."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quizapp.generation.bank import generate
from quizapp.kinds.bank import Bank
from quizapp.kinds.question import FactKey, KindName, Question
from quizapp.resources import find_folder
from quizapp.services import publishing
from quizapp.services.accounts.registering import register, set_password
from quizapp.services.publishing import publish_pack
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from tests.factories.fact_packs import get_pack
from tests.factories.kinds import ALL
from tests.factories.people import MORNING
from tests.journeys.conftest import SAM, School, run_school
from tests.support.client import PASSWORD
from tests.support.databases import copy_sqlite, opened


def choose_one_of_each() -> tuple[Question, ...]:
    """Return one question of each kind of the shipped topic, no fact asked by two of them."""
    pack = get_pack(find_folder("questions") / "jnim")
    chosen: dict[KindName, Question] = {}
    taken: set[FactKey] = set()
    questions = sorted(generate(pack, seed=0).questions, key=lambda each: -len(each.facts))
    for question in questions:
        if question.kind not in chosen and taken.isdisjoint(question.facts):
            chosen[question.kind] = question
            taken |= set(question.facts)
    assert set(chosen) == set(ALL)
    return tuple(chosen.values())


def furnish(database: Database) -> None:
    """Make a course that asks one question of each kind, and a learner."""
    pack = get_pack(find_folder("questions") / "jnim")
    bank = Bank(questions=choose_one_of_each(), unused=())
    with pytest.MonkeyPatch.context() as patch, database.writing() as session:
        patch.setattr(publishing, "generate", lambda *_, **__: bank)
        version = publish_pack(session, pack, owner_id=None, seed=0, now=MORNING)
        course = add_course(session, title="Every kind", timezone="UTC", now=MORNING)
        teach(session, course_id=course, version_id=version)
        sam = register(session, email=SAM, name="Sam", role="learner", timezone="UTC", now=MORNING)
        set_password(session, sam, PASSWORD)
        enrol(session, course_id=course, account_id=sam.id, role="learner", now=MORNING)
        session.commit()


@contextmanager
def run_kinds_school(sqlite_template: Path, folder: Path) -> Iterator[School]:
    """Make such a school and serve it."""
    address = copy_sqlite(sqlite_template, folder)
    with opened(address) as database:
        furnish(database)
    with run_school(Path(address.removeprefix("sqlite:///")), {SAM: PASSWORD}) as running:
        yield running
