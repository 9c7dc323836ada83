"""A table becomes questions or facts of a draft: shown first, stored whole or not at all, once."""

import dataclasses

import pytest

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.formats.table_files import TableFile
from quizapp.formats.table_templates import QUESTIONS, write_csv_template
from quizapp.kinds.question import Question
from quizapp.services.authoring.drafting import get_draft
from quizapp.services.authoring.import_plans import CHANGED, NEW, SAME, ImportPlan
from quizapp.services.authoring.importing import (
    count,
    import_new,
    import_table,
    open_import,
    plan_import,
    plan_new,
)
from quizapp.services.authoring.packing import gather_questions, inspect_draft
from quizapp.services.authoring.questions import decide_questions
from quizapp.services.authoring.releasing import publish_draft
from quizapp.storage.drafts import Draft
from quizapp.storage.engine import Database
from quizapp.storage.ids import SetId
from tests.factories.desk import DeskWorld, build_desk
from tests.factories.people import MORNING
from tests.support.rows import read_rows
from tests.support.statements import counting

LATER = MORNING.replace(hour=9)
TEMPLATE = TableFile(text=write_csv_template(QUESTIONS))
HEAD = "kind,question,answer,id\n"


def table(*rows: str) -> TableFile:
    """Return a table of cards."""
    return TableFile(text=HEAD + "\n".join(rows))


def look(database: Database, desk: DeskWorld, file: TableFile) -> ImportPlan:
    with database.reading() as session:
        return plan_import(session, desk.tess, desk.set_id, file)


def store(database: Database, desk: DeskWorld, file: TableFile, edits: int = 0) -> ImportPlan:
    with database.writing() as session:
        plan = import_table(session, desk.tess, desk.set_id, file, edits, LATER)
        session.commit()
    return plan


def load(database: Database, desk: DeskWorld) -> Draft:
    with database.reading() as session:
        return get_draft(session, desk.tess, desk.set_id)[1]


def list_made(draft: Draft) -> list[Question]:
    found = gather_questions(draft, inspect_draft(draft).pack, frozenset())
    return [each.question for each in found.items if each.origin == "made"]


def test_a_preview_says_what_will_be_made_and_stores_nothing(database: Database) -> None:
    desk = build_desk(database)
    before = read_rows(database)
    plan = look(database, desk, TEMPLATE)
    assert (count(plan, NEW), plan.problems, plan.edits) == (9, (), 0)
    assert [each.line for each in plan.questions] == list(range(2, 11))
    assert read_rows(database) == before


def test_a_confirmed_table_is_in_the_draft_and_can_be_published(database: Database) -> None:
    desk = build_desk(database)
    plan = store(database, desk, TEMPLATE)
    draft = load(database, desk)
    assert {one.key for one in draft.questions} == {each.question.id for each in plan.questions}
    assert {(one.state, one.origin) for one in draft.questions} == {("accepted", "written")}
    assert draft.edits == 1
    with database.writing() as session:
        publish_draft(session, desk.tess, desk.set_id, note="", now=LATER)
        session.commit()
    (change,) = [
        row for row in read_rows(database, ["set_change"])["set_change"] if "imported table" in row
    ]
    assert '{"new": 9, "replaced": 0}' in map(str, change) or {"new": 9, "replaced": 0} in change


def test_a_repeat_changes_nothing_even_with_the_old_count_of_edits(database: Database) -> None:
    desk = build_desk(database)
    store(database, desk, TEMPLATE)
    before = read_rows(database)
    plan = store(database, desk, TEMPLATE, edits=0)
    assert (count(plan, SAME), count(plan, NEW), count(plan, CHANGED)) == (9, 0, 0)
    assert read_rows(database) == before


def test_a_question_replaces_the_one_with_its_key_in_its_place(database: Database) -> None:
    desk = build_desk(database)
    store(database, desk, table("card,One?,1,one", "card,Two?,2,two"))
    plan = store(database, desk, table("card,One?,eins,one", "card,Three?,3,three"), edits=1)
    assert [(each.question.id, each.what) for each in plan.questions] == [
        ("one", CHANGED),
        ("three", NEW),
    ]
    questions = load(database, desk).questions
    assert [one.key for one in questions] == ["one", "two", "three"]
    assert questions[0].body is not None
    assert questions[0].body["answer"] == "eins"


def test_a_question_made_from_facts_keeps_them_when_a_row_replaces_it(database: Database) -> None:
    desk = build_desk(database)
    made = next(one for one in list_made(load(database, desk)) if one.kind == "flashcard")
    store(database, desk, table(f"card,Mine?,mine,{made.id}"))
    (row,) = load(database, desk).questions
    assert (row.origin, row.state) == ("edited", "accepted")
    assert row.body is not None
    assert row.body["facts"] == list(made.facts)
    assert row.body["template"] == made.template
    assert look(database, desk, table(f"card,Mine?,mine,{made.id}")).questions[0].what == SAME


def test_a_question_that_was_dropped_is_taken_up_again(database: Database) -> None:
    desk = build_desk(database)
    store(database, desk, table("card,One?,1,one"))
    with database.writing() as session:
        decide_questions(session, desk.tess, desk.set_id, ["one"], "dropped", now=LATER)
        session.commit()
    assert look(database, desk, table("card,One?,1,one")).questions[0].what == CHANGED


def test_one_bad_row_and_nothing_is_stored(database: Database) -> None:
    desk = build_desk(database)
    before = read_rows(database)
    with pytest.raises(InvalidError) as refused:
        store(database, desk, table("card,One?,1,one", "card,Two?,,two"))
    assert [(each.line, each.column) for each in refused.value.problems] == [(3, 3)]
    assert read_rows(database) == before


def test_a_draft_that_changed_since_the_preview_is_looked_at_again(database: Database) -> None:
    desk = build_desk(database)
    store(database, desk, table("card,One?,1,one"))
    before = read_rows(database)
    with pytest.raises(ConflictError):
        store(database, desk, table("card,Two?,2,two"), edits=0)
    assert read_rows(database) == before


def test_a_new_set_is_made_once_however_often_it_is_confirmed(database: Database) -> None:
    desk = build_desk(database)
    assert count(plan_new(TEMPLATE), NEW) == 9
    found: list[SetId] = []
    for _ in range(2):
        with database.writing() as session:
            args = (desk.tess, "0123456789abcdef", "Planets and moons", TEMPLATE, LATER)
            found.append(import_new(session, *args)[0])
            session.commit()
    assert len(set(found)) == 1
    moved = dataclasses.replace(desk, set_id=found[0])
    assert len(load(database, moved).questions) == 9
    with database.writing() as session:
        publish_draft(session, desk.tess, found[0], note="", now=LATER)
        session.commit()


def test_a_new_set_with_a_problem_is_not_made(database: Database) -> None:
    desk = build_desk(database)
    before = read_rows(database)
    for bad in (table("card,One?,,one"), TableFile(text="subject,predicate,value,quote\na,b,c,d")):
        with database.writing() as session, pytest.raises(InvalidError):
            import_new(session, desk.tess, "0123456789abcdef", "Title", bad, LATER)
    assert read_rows(database) == before


def test_only_who_may_change_a_set_imports_into_it(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        for person in (desk.world.alice, desk.world.bob):
            with pytest.raises(NotFoundError):
                open_import(session, person, desk.set_id)
            with pytest.raises((NotFoundError, ForbiddenError)):
                import_table(session, person, desk.set_id, TEMPLATE, 0, LATER)
        assert open_import(session, desk.tess, desk.set_id).id == desk.set_id


def test_many_rows_take_as_many_statements_as_few(database: Database) -> None:
    desk = build_desk(database)
    counts = []
    for edits, size in enumerate((10, 1000)):
        rows = [f"card,Question {size} {number}?,a," for number in range(size)]
        with counting(database) as statements:
            store(database, desk, table(*rows), edits=edits)
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 4
    assert len(load(database, desk).questions) == 1010
