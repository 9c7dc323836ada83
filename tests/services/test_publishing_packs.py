"""A fact pack becomes a version: the same pack makes none anew, a changed one the next."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.errors import InvalidError
from quizapp.facts.model import Pack
from quizapp.facts.values import EntityId
from quizapp.generation.bank import generate
from quizapp.kinds.bank import Bank
from quizapp.kinds.question import FactKey
from quizapp.services.publishing import list_held_back, make_version, publish_pack
from quizapp.storage.content import find_version, list_facts, list_passages
from quizapp.storage.engine import Database
from quizapp.storage.ids import VersionId
from tests.factories.fact_packs import get_pack, list_pack_folders, make_tiny_pack
from tests.factories.people import MORNING, build_world

LEADERS = {"ash": "ann", "elm": "bob", "fir": "cid", "oak": "dan"}
UNASKED = """
  odd:
    domain: [group]
    range: [person]
    functional: no
    slot: what is odd about {s}
    statement: "{s} {s:was|were} odd to {v}"
"""
PACKS = {folder.name: folder for folder in list_pack_folders()}


def publish(
    database: Database, pack: Pack, *, seed: int = 0, looked_at: Collection[str] = ()
) -> VersionId:
    with database.writing() as session:
        version_id = publish_pack(
            session, pack, owner_id=None, seed=seed, now=MORNING, looked_at=looked_at
        )
        session.commit()
    return version_id


def keys_of(database: Database, version_id: VersionId) -> dict[str, int]:
    with database.reading() as session:
        facts, _ = list_facts(session, version_id, search="", kind="", offset=0, most=10_000)
    return {fact.key: fact.id for fact in facts}


def test_why_others_were_not_made_is_no_part_of_what_a_version_says() -> None:
    pack = get_pack(PACKS["planets"])
    bank = generate(pack, seed=0)
    told = Bank(questions=bank.questions, unused=((FactKey("u1"), "nothing to ask"),))
    assert make_version(pack, told, 0).digest == make_version(pack, bank, 0).digest


def test_the_same_pack_makes_one_version_however_often(database: Database) -> None:
    pack = get_pack(PACKS["planets"])
    assert publish(database, pack) == publish(database, pack) == publish(database, pack)


def test_another_seed_makes_the_next_version_of_the_same_facts(database: Database) -> None:
    pack = get_pack(PACKS["planets"])
    first, second = publish(database, pack), publish(database, pack, seed=1)
    assert first != second
    assert keys_of(database, first) == keys_of(database, second)


def lead(folder: Path, *more: str, **changes: str) -> Pack:
    """Return a pack of groups and their leaders."""
    who = LEADERS | changes
    facts = [f"id: {group}, s: {group}, p: leader, v: {name}" for group, name in who.items()]
    return make_tiny_pack(folder, *facts, *more)


def test_a_changed_fact_is_held_back_until_an_instructor_has_looked(
    database: Database, tmp_path: Path
) -> None:
    former, latter = lead(tmp_path / "one"), lead(tmp_path / "two", oak="eve")
    first, second = publish(database, former), publish(database, latter)
    with database.reading() as session:
        held = list_held_back(session, latter)
    third = publish(database, latter, looked_at=["oak"])
    assert [each.key for each in held] == ["oak"]
    assert set(keys_of(database, first)) == set(LEADERS)
    assert set(keys_of(database, second)) == set(LEADERS) - {"oak"}
    assert keys_of(database, third) == keys_of(database, first)


def test_a_fact_stays_held_back_however_often_the_pack_is_published(
    database: Database, tmp_path: Path
) -> None:
    publish(database, lead(tmp_path / "one"))
    latter = lead(tmp_path / "two", oak="eve")
    assert publish(database, latter) == publish(database, latter)
    with database.reading() as session:
        assert [each.key for each in list_held_back(session, latter)] == ["oak"]


def test_a_looked_at_fact_is_not_held_back_again(database: Database, tmp_path: Path) -> None:
    publish(database, lead(tmp_path / "one"))
    latter = lead(tmp_path / "two", oak="eve")
    publish(database, latter, looked_at=["oak"])
    with database.reading() as session:
        assert list_held_back(session, latter) == ()


def test_a_new_rival_holds_back_the_fact_that_it_contradicts(
    database: Database, tmp_path: Path
) -> None:
    publish(database, lead(tmp_path / "one"))
    rival = "id: rival, s: oak, p: leader, v: eve, said: [ann], status: claim"
    latter = lead(tmp_path / "two", rival)
    with database.reading() as session:
        assert [each.key for each in list_held_back(session, latter)] == ["oak"]


def test_other_words_hold_nothing_back(database: Database, tmp_path: Path) -> None:
    former = lead(tmp_path / "one")
    publish(database, former)
    ann = former.entities[EntityId("ann")]
    renamed = {**former.entities, EntityId("ann"): replace(ann, name="Ann the Archer")}
    with database.reading() as session:
        assert list_held_back(session, replace(former, entities=renamed)) == ()


def test_a_version_holds_the_whole_article_and_facts_with_questions(database: Database) -> None:
    world = build_world(database)
    pack = get_pack(PACKS["planets"])
    with database.writing() as session:
        version_id = publish_pack(session, pack, owner_id=world.tess.id, seed=0, now=MORNING)
        version = find_version(session, world.tess.id, version_id, role="instructor")
        passages = list_passages(session, version_id)
        facts, matches = list_facts(session, version_id, search="", kind="", offset=0, most=1000)
    assert version is not None
    assert version.facts == matches == len(facts) > 5
    assert all(fact.questions for fact in facts)
    assert version.questions >= len(facts)
    assert [passage.text for passage in passages] == [
        paragraph.text for section in pack.article.sections for paragraph in section.paragraphs
    ]


def test_a_pack_that_makes_no_question_is_refused_with_the_reasons(
    database: Database, tmp_path: Path
) -> None:
    pack = make_tiny_pack(tmp_path / "pack", "id: odd, s: ash, p: odd, v: ann", predicates=UNASKED)
    with database.writing() as session, pytest.raises(InvalidError, match=r"No question.*odd: "):
        publish_pack(session, pack, owner_id=None, seed=0, now=MORNING)
