"""Published versions: numbered, never changed, and one identity of a fact through all of them."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.services.reviewing.today import look_at_today
from quizapp.storage.content import FactWithQuestions, find_version, list_facts, list_passages
from quizapp.storage.courses import teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import VersionId
from quizapp.storage.publishing import NewVersion, find_newest, publish
from quizapp.storage.tables import CourseSetRow, VersionRow
from tests.factories.people import MORNING, answer_next, build_world
from tests.factories.questions import make_version


def facts_of(session: Session, version_id: VersionId) -> tuple[FactWithQuestions, ...]:
    return list_facts(session, version_id, search="", kind="", offset=0, most=100)[0]


def reworded(version: NewVersion) -> NewVersion:
    """Return the version with other statements and another article."""
    return replace(
        version,
        title="The planets, again",
        digest="reworded",
        passages=tuple(replace(each, text="Other words.") for each in version.passages),
        facts=tuple(replace(each, statement=f"{each.key} anew.") for each in version.facts),
    )


def test_a_set_starts_with_version_one_and_counts_on(database: Database) -> None:
    with database.writing() as session:
        made = [
            publish(session, make_version(facts, key=key), owner_id=None, now=MORNING)
            for facts, key in ((2, "planets"), (1, "moons"), (3, "planets"), (4, "planets"))
        ]
        session.commit()
        numbers = dict(session.execute(select(VersionRow.id, VersionRow.number)).all())
    assert [numbers[version_id] for version_id in made] == [1, 1, 2, 3]


def test_the_newest_version_of_a_set_is_found_with_its_digest(database: Database) -> None:
    with database.writing() as session:
        assert find_newest(session, "planets") is None
        publish(session, make_version(2), owner_id=None, now=MORNING)
        second = publish(session, make_version(3), owner_id=None, now=MORNING)
        publish(session, make_version(9, key="moons"), owner_id=None, now=MORNING)
        assert find_newest(session, "planets") == (second, make_version(3).digest)


def test_a_later_version_changes_nothing_in_an_earlier_one(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        former = (
            find_version(session, world.tess.id, world.version_id, role="instructor"),
            facts_of(session, world.version_id),
            list_passages(session, world.version_id),
        )
        second = publish(session, reworded(make_version(2)), owner_id=world.tess.id, now=MORNING)
        session.commit()
    with database.reading() as session:
        assert former == (
            find_version(session, world.tess.id, world.version_id, role="instructor"),
            facts_of(session, world.version_id),
            list_passages(session, world.version_id),
        )
        assert [fact.statement for fact in facts_of(session, second)] == ["f1 anew.", "f2 anew."]
        assert list_passages(session, second)[0].text == "Other words."


def test_a_fact_keeps_its_identity_through_all_versions_of_its_set(database: Database) -> None:
    with database.writing() as session:
        first = publish(session, make_version(2), owner_id=None, now=MORNING)
        second = publish(session, reworded(make_version(3)), owner_id=None, now=MORNING)
        other = publish(session, make_version(2, key="moons"), owner_id=None, now=MORNING)
        ids = [
            {fact.key: fact.id for fact in facts_of(session, version)}
            for version in (first, second, other)
        ]
    assert ids[0] == {key: ids[1][key] for key in ("f1", "f2")}
    assert set(ids[1]) == {"f1", "f2", "f3"}
    assert not set(ids[0].values()) & set(ids[2].values())


def test_a_memory_outlives_the_version_in_which_it_was_made(database: Database) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="k")
        second = publish(session, reworded(make_version(1)), owner_id=world.tess.id, now=MORNING)
        teach(session, course_id=world.course_id, version_id=second)
        session.commit()
        today = look_at_today(session, world.alice, MORNING)
    assert (today.counts.new, today.counts.learning) == (0, 1)


def test_a_version_that_a_course_teaches_cannot_be_deleted(database: Database) -> None:
    world = build_world(database)
    versions = VersionRow.__table__
    with database.writing() as session, pytest.raises(IntegrityError):
        session.execute(versions.delete().where(versions.c.id == world.version_id))  # type: ignore[attr-defined]
    with database.reading() as session:
        assert session.scalars(select(CourseSetRow.version_id)).all() == [world.version_id]


def test_two_facts_of_one_key_are_no_version(database: Database) -> None:
    version = make_version(1)
    with database.writing() as session, pytest.raises(IntegrityError):
        publish(session, replace(version, facts=version.facts * 2), owner_id=None, now=MORNING)


def test_facts_are_searched_whatever_the_case_and_the_wildcards(database: Database) -> None:
    version = make_version(12)
    stated = replace(version.facts[0], statement="100% of Ä_B is known")
    with database.writing() as session:
        published = replace(version, facts=(stated, *version.facts[1:]))
        version_id = publish(session, published, owner_id=None, now=MORNING)

        def search(words: str) -> int:
            return list_facts(session, version_id, search=words, kind="", offset=0, most=5)[1]

        assert (search("OF"), search("100%"), search("_b"), search("%"), search("_")) == (1,) * 5
        assert (search(""), search("OPTION"), search("unheard")) == (12, 11, 0)


def test_a_page_of_facts_has_all_questions_of_each(database: Database) -> None:
    with database.writing() as session:
        version_id = publish(session, make_version(5), owner_id=None, now=MORNING)
        facts, matches = list_facts(session, version_id, search="", kind="", offset=2, most=2)
    assert matches == 5
    assert [fact.key for fact in facts] == ["f3", "f4"]
    assert [[body["id"] for body in fact.questions] for fact in facts] == [
        ["f3-choice", "f3-flashcard"],
        ["f4-choice", "f4-flashcard"],
    ]
