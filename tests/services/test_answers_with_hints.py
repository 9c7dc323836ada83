"""A hint while reviewing: in the log, in the memory, and in the feedback."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from quizapp.kinds.question import KindName
from quizapp.services.checking import check_database
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.feedback import Feedback, look_back
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.publishing import publish
from quizapp.storage.scopes import Scope
from quizapp.storage.tables import ReviewRow
from tests.factories.kinds import ALL, make_kind_version
from tests.factories.people import MORNING, World, build_world, right_value, submit


def answer_one(
    database: Database, world: World, kind: KindName, *, hinted: bool
) -> tuple[Feedback, float, int]:
    """Let somebody who meets one kind alone answer rightly; return guess and hints of the log."""
    learner = world.alice if hinted else world.bob
    with database.writing() as session:
        version_id = publish(session, make_kind_version(kind), owner_id=None, now=MORNING)
        course_id = add_course(session, title=kind, timezone="UTC", now=MORNING)
        teach(session, course_id=course_id, version_id=version_id)
        enrol(session, course_id=course_id, account_id=learner.id, role="learner", now=MORNING)
        study_id = start_study(session, learner, MORNING, Scope(course_id=course_id))
        asking = ask_next(session, learner, study_id, MORNING)
        assert asking is not None
        form = submit(asking, key=f"{kind}-{hinted}", value=right_value(asking), shown_at=MORNING)
        form = replace(form, hinted=hinted)
        review_id = answer(session, learner, study_id, form, MORNING)
        session.commit()
        row = session.execute(
            select(ReviewRow.guess, ReviewRow.hints).where(ReviewRow.id == review_id)
        ).one()
        return look_back(session, learner, study_id, review_id, MORNING), row.guess, row.hints


@pytest.mark.parametrize("kind", ALL)
def test_a_hint_is_logged_and_takes_off_what_the_answer_counts(
    database: Database, kind: KindName
) -> None:
    world = build_world(database)
    alone, guess, none = answer_one(database, world, kind, hinted=False)
    helped, raised, hints = answer_one(database, world, kind, hinted=True)
    assert (alone.hinted, none) == (False, 0)
    assert alone.right
    assert helped.right
    assert alone.memory is not None
    assert helped.memory is not None
    if kind == "true_false":
        assert (helped.hinted, hints, raised) == (False, 0, guess)
    else:
        assert (helped.hinted, hints) == (True, 1)
        assert raised > guess
        assert helped.memory.stability < alone.memory.stability
    if kind == "choice":
        assert (len(alone.order), len(helped.order)) == (4, 3)
    assert check_database(database).clean
