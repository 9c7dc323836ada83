"""How SQLite runs the queue: by index, so that it costs the same however many facts there are."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.engine import Database
from quizapp.storage.queue import find_study_queue, load_queue
from tests.factories.people import MORNING, World, build_world

TABLES = {
    *("memory", "version_fact", "newer", "next_fact", "review", "review_undo", "introduction"),
    "day_limit",
}
FACTS_BY_POSITION = "ix_version_fact_version_id_position_fact_id (version_id=? AND position>? AND"
MEMORIES_BY_DAY = (
    "memory USING INDEX ix_memory_learner_id_due_day_shuffle (learner_id=? AND due_day<?)"
)


def explain_last(engine: Engine, session: Session, world: World, *, alone: bool) -> list[str]:
    """Run the queue, and return the steps of its plan."""
    ran: list[tuple[str, Sequence[object]]] = []

    def note(
        _connection: object, _cursor: object, sql: str, values: Sequence[object], *_: object
    ) -> None:
        ran.append((sql, values))

    query = queue_query(world.alice, MORNING)
    study_id = start_study(session, world.alice, MORNING)
    event.listen(engine, "before_cursor_execute", note)
    if alone:
        load_queue(session, query)
    else:
        find_study_queue(session, query, study_id)
    event.remove(engine, "before_cursor_execute", note)
    ((sql, values),) = ran
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple(values))
    return [row.detail for row in plan]


@pytest.mark.parametrize("alone", [True, False])
def test_the_queue_is_found_by_index(
    sqlite_database: Database,
    alone: bool,
) -> None:
    world = build_world(sqlite_database)
    with sqlite_database.writing() as session:
        plan = explain_last(sqlite_database.write, session, world, alone=alone)
    scanned = {step.split()[1] for step in plan if step.startswith("SCAN")}
    assert "stretch" in scanned
    assert scanned.isdisjoint(TABLES)
    assert any(FACTS_BY_POSITION in step for step in plan)
    assert any(MEMORIES_BY_DAY in step for step in plan)
    # All else comes by index in its order: only the stretches of several versions are sorted, and,
    # three times, what is polished before an exam.
    assert plan.count("USE TEMP B-TREE FOR ORDER BY") == 4
