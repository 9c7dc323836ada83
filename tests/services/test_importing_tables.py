"""A table becomes questions or facts of a draft: shown first, stored whole or not at all, once."""

import dataclasses

import pytest

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.facts.pictures import digest_picture
from quizapp.formats.table_files import TableFile
from quizapp.formats.table_templates import QUESTIONS, write_csv_template
from quizapp.kinds.question import Question
from quizapp.services.authoring.drafting import get_draft
from quizapp.services.authoring.images import add_picture
from quizapp.services.authoring.import_plans import CHANGED, NEW, SAME, ImportPlan
from quizapp.services.authoring.import_undoing import LastImport, find_undoable, undo_import
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
from tests.factories.desk import DeskWorld, build_desk, make_picture
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


def test_a_question_shows_pictures_of_its_set_alone(database: Database) -> None:
    desk, digest = build_desk(database), digest_picture(make_picture())
    file = table("card,What is it?,A square,", f"card,And it? ![A](image:{digest}),A dot,")
    for plan in (look(database, desk, file), plan_new(file)):
        assert [(each.line, each.text[:26]) for each in plan.problems] == [
            (3, "question: its picture is n")
        ]
    with pytest.raises(InvalidError, match="nothing was stored"):
        store(database, desk, file)
    with database.writing() as session:
        add_picture(session, desk.tess, desk.set_id, make_picture(), MORNING)
        session.commit()
    assert look(database, desk, file).problems == ()
    assert count(store(database, desk, file), NEW) == 2


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
    changes = read_rows(database, ["set_change"])["set_change"]
    assert sum("imported table" in row for row in changes) == 1


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


FACTS = "subject,predicate,value,unit,as of,quote,id\n"
MOONS = 'Neptune,moons,17,moons,2023,"As of 2023, 16 moons of Neptune were known",neptune-moons\n'
FINDER = "Ceres,discovered by,Giuseppe Piazzi,,,Giuseppe Piazzi found Ceres,\n"


def test_facts_are_shown_as_statements_and_come_into_the_draft(database: Database) -> None:
    desk = build_desk(database)
    former = {one.key: one for one in load(database, desk).facts}
    file = TableFile(text=FACTS + FINDER + MOONS)
    plan = look(database, desk, file)
    assert plan.problems == ()
    assert [(each.key, each.what) for each in plan.facts] == [
        ("ceres_discovered_by", NEW),
        ("neptune-moons", NEW),
    ]
    assert plan.facts[1].statement == "As of 2023, 17 moons of Neptune were known."
    assert store(database, desk, file) == plan
    draft = load(database, desk)
    assert len(draft.facts) == len(former) + 2
    assert inspect_draft(draft).faults == ()
    added = {one.key: one for one in draft.facts if one.key not in former}
    assert {(one.state, one.origin) for one in added.values()} == {("accepted", "file")}
    assert count(look(database, desk, file), SAME) == 2
    changed = TableFile(text=FACTS + MOONS.replace("17", "16"))
    assert [each.what for each in store(database, desk, changed, edits=1).facts] == [CHANGED]
    assert len(load(database, desk).facts) == len(former) + 2


def test_a_fact_brings_the_names_that_it_needs(database: Database) -> None:
    desk = build_desk(database)
    row = "Uranus,discovered by,Caroline Herschel,,,William Herschel noticed Uranus,u\n"
    plan = store(database, desk, TableFile(text=FACTS + row))
    assert plan.names == ("Caroline Herschel",)
    draft = load(database, desk)
    assert draft.entities[-1].body == {"type": "person", "name": "Caroline Herschel"}


def test_a_fact_and_its_rival_in_the_draft_name_each_other(database: Database) -> None:
    desk = build_desk(database)
    former = load(database, desk)
    row = "Uranus,discovered by,Johann Galle,,,William Herschel noticed Uranus,rival\n"
    plan = store(database, desk, TableFile(text=FACTS + row))
    assert [each.key for each in plan.facts] == ["rival"]
    links = {one.key: one.body.get("conflicts") for one in load(database, desk).facts}
    assert (links["rival"], links["u2"]) == (["u2"], ["rival"])
    assert count(look(database, desk, TableFile(text=FACTS + row)), SAME) == 1
    undo(database, desk)
    assert load(database, desk).facts == former.facts


def test_a_fact_whose_quote_is_lost_is_a_problem_of_its_cell(database: Database) -> None:
    desk = build_desk(database)
    before = read_rows(database)
    bad = TableFile(text=FACTS + "Ceres,discovered by,Giuseppe Piazzi,,,Piazzi saw Ceres,\n")
    with pytest.raises(InvalidError) as refused:
        store(database, desk, bad)
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (2, 6)
    assert problem.text == "quote: not found in the article; copy the exact words"
    assert read_rows(database) == before


def undo(database: Database, desk: DeskWorld) -> None:
    with database.writing() as session:
        undo_import(session, desk.tess, desk.set_id, LATER)
        session.commit()


def find(database: Database, desk: DeskWorld) -> LastImport | None:
    with database.reading() as session:
        return find_undoable(session, open_import(session, desk.tess, desk.set_id))


@pytest.mark.parametrize(
    ("file", "made"),
    [
        (table("card,One?,eins,one", "card,Three?,3,three"), 2),
        (TableFile(text=FACTS + "Uranus,discovered by,Caroline H.,,,William Herschel,u2\n"), 1),
    ],
    ids=["questions", "facts"],
)
def test_an_import_is_undone_to_the_row_and_only_once(
    database: Database, file: TableFile, made: int
) -> None:
    desk = build_desk(database)
    store(database, desk, table("card,One?,1,one", "card,Two?,2,two"))
    before = load(database, desk)
    store(database, desk, file, edits=1)
    found = find(database, desk)
    assert found is not None
    assert (found.new + found.replaced, found.replaced, found.at) == (made, 1, LATER)
    undo(database, desk)
    after = load(database, desk)
    assert after == dataclasses.replace(before, edits=after.edits, changed_at=after.changed_at)
    assert find(database, desk) is None
    with pytest.raises(ConflictError, match="can no longer be undone"):
        undo(database, desk)


def test_an_import_is_not_undone_after_another_change(database: Database) -> None:
    desk = build_desk(database)
    store(database, desk, TEMPLATE)
    with database.writing() as session:
        decide_questions(session, desk.tess, desk.set_id, ["nearest-planet"], "dropped", now=LATER)
        session.commit()
    assert find(database, desk) is None
    with pytest.raises(ConflictError):
        undo(database, desk)
