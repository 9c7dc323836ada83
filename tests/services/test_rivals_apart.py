"""Facts that would give each other away are not asked soon after each other."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.resources import find_folder
from quizapp.services.publishing import publish_pack
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.studies import finish_study, start_study
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.courses import teach
from quizapp.storage.engine import Database
from quizapp.storage.publishing import publish
from quizapp.storage.tables import CourseSetRow, FactRivalRow
from tests.factories.fact_packs import get_pack
from tests.factories.people import MORNING, World, build_world, right_value, submit
from tests.factories.questions import make_version

MINUTE = timedelta(minutes=1)
RIVALS = (("f1", "f2"), ("f1", "f3"))


def teach_rivals(session: Session, world: World, facts: int) -> None:
    """Let the course teach facts of which the first is a rival of the second and third."""
    both = frozenset((*RIVALS, *((other, one) for one, other in RIVALS)))
    version = replace(make_version(facts), rivals=both, digest="rivals")
    version_id = publish(session, version, owner_id=None, now=MORNING)
    session.query(CourseSetRow).delete()
    teach(session, course_id=world.course_id, version_id=version_id)


def study(session: Session, world: World, count: int) -> list[str]:
    """Let Alice answer so many questions, and return the facts in the order they came."""
    study_id, asked = start_study(session, world.alice, MORNING), []
    for number in range(count):
        asking = ask_next(session, world.alice, study_id, MORNING)
        assert asking is not None
        form = submit(asking, key=f"k{number}", value=right_value(asking), shown_at=MORNING)
        answer(session, world.alice, study_id, form, MORNING)
        asked.append(asking.question.facts[0])
    return [str(fact) for fact in asked]


def test_three_answers_lie_between_rivals_where_others_wait(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        teach_rivals(session, world, 7)
        assert study(session, world, 7) == ["f1", "f4", "f5", "f6", "f2", "f3", "f7"]


def test_where_nothing_else_waits_a_rival_is_asked_before_a_step_that_has_not_ended(
    database: Database,
) -> None:
    world = build_world(database)
    with database.writing() as session:
        teach_rivals(session, world, 4)
        assert study(session, world, 4) == ["f1", "f4", "f2", "f3"]


def test_an_answer_that_was_undone_or_of_another_session_keeps_nothing_apart(
    database: Database,
) -> None:
    world = build_world(database)
    with database.writing() as session:
        teach_rivals(session, world, 5)
        study(session, world, 1)
        study_id = start_study(session, world.alice, MORNING)
        finish_study(session, world.alice, study_id, left_open=False, now=MORNING)
        again = start_study(session, world.alice, MORNING + MINUTE)
        asking = ask_next(session, world.alice, again, MORNING + MINUTE)
        assert asking is not None
        assert asking.question.facts == ("f2",)
        form = submit(asking, key="f2", value=right_value(asking), shown_at=MORNING)
        review_id = answer(session, world.alice, again, form, MORNING + MINUTE)
        undo(session, world.alice, review_id, MORNING + MINUTE)
        asking = ask_next(session, world.alice, again, MORNING + MINUTE)
        assert asking is not None
        assert asking.question.facts == ("f2",)


def test_publishing_a_pack_stores_its_rivals_both_ways_round(sqlite_database: Database) -> None:
    pack = get_pack(find_folder("questions") / "jnim")
    with sqlite_database.writing() as session:
        publish_pack(session, pack, owner_id=None, seed=1, now=MORNING)
        pairs = {(row.fact_id, row.rival_id) for row in session.query(FactRivalRow)}
        count = session.scalar(select(func.count()).select_from(FactRivalRow))
    assert len(pairs) == count
    assert 50 < len(pairs) < 1000
    assert {(rival, fact) for fact, rival in pairs} == pairs
