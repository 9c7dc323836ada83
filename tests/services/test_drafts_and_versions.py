"""A topic folder becomes a draft, the draft a version, and the version the folder again."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import text

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.kinds.question import QuestionKey
from quizapp.services.authoring.drafting import begin_from_folder, begin_set, get_draft, open_draft
from quizapp.services.authoring.folder import read_folder, write_folder
from quizapp.services.authoring.questions import (
    decide_questions,
    delete_question,
    put_question,
)
from quizapp.services.authoring.releasing import publish_draft
from quizapp.storage.content import find_version, list_passages
from quizapp.storage.drafts import put_facts
from quizapp.storage.engine import Database
from quizapp.storage.ids import SetId, VersionId
from quizapp.storage.version_files import list_question_keys, load_files
from tests.factories.desk import (
    DeskWorld,
    accept_made_questions,
    build_desk,
    read_files,
    write_own_question,
)
from tests.factories.people import MORNING

LATER = MORNING.replace(hour=9)


def publish(database: Database, desk: DeskWorld, note: str = "") -> VersionId:
    with database.writing() as session:
        version_id = publish_draft(session, desk.tess, desk.set_id, note=note, now=LATER)
        session.commit()
    return version_id


def keys_of(database: Database, version_id: VersionId) -> frozenset[str]:
    with database.reading() as session:
        return list_question_keys(session, version_id)


def files_of(database: Database, version_id: VersionId) -> Mapping[str, bytes]:
    with database.reading() as session:
        return load_files(session, version_id)


def test_only_what_was_accepted_is_asked(database: Database) -> None:
    desk = build_desk(database)
    with pytest.raises(InvalidError, match="at least one question"):
        publish(database, desk)
    with database.writing() as session:
        keys = accept_made_questions(session, desk.tess, desk.set_id)
        decide_questions(session, desk.tess, desk.set_id, keys[:1], "dropped", now=MORNING)
        decide_questions(session, desk.tess, desk.set_id, keys[1:2], "proposed", now=MORNING)
        session.commit()
    assert keys_of(database, publish(database, desk)) == set(keys[2:])


def test_a_version_gives_its_folder_back_to_the_byte(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        keys = accept_made_questions(session, desk.tess, desk.set_id)
        decide_questions(session, desk.tess, desk.set_id, keys[:2], "dropped", now=MORNING)
        put_question(session, desk.tess, desk.set_id, write_own_question(), now=MORNING)
        session.commit()
    version_id = publish(database, desk)
    files = files_of(database, version_id)
    with database.writing() as session:
        again = begin_from_folder(session, desk.tess, files, MORNING)
        accept_made_questions(session, desk.tess, again)
        decide_questions(session, desk.tess, again, keys[:2], "dropped", now=MORNING)
        second = publish_draft(session, desk.tess, again, note="", now=LATER)
        session.commit()
    assert files_of(database, second) == files
    assert keys_of(database, second) == keys_of(database, version_id)
    draft = read_folder(files, SetId(1), MORNING)
    assert write_folder(draft) == files
    assert {one.key for one in draft.questions if one.state == "dropped"} == set(keys[:2])


def test_what_is_published_again_unchanged_makes_no_version(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        accept_made_questions(session, desk.tess, desk.set_id)
        session.commit()
    assert publish(database, desk) == publish(database, desk)


def test_a_question_of_ones_own_brings_its_fact_and_its_passage(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        put_question(session, desk.tess, desk.set_id, write_own_question(), now=MORNING)
        session.commit()
    version_id = publish(database, desk)
    with database.reading() as session:
        version = find_version(session, desk.tess.id, version_id, role="instructor")
        passages = list_passages(session, version_id)
    assert version is not None
    assert (version.facts, version.questions) == (1, 1)
    assert passages[-1].section == "Notes of the instructor"
    assert passages[-1].text == "Words of the instructor."


def test_an_edited_question_takes_the_place_of_the_made_one(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        keys = accept_made_questions(session, desk.tess, desk.set_id)
        edited = replace(write_own_question(), id=QuestionKey(keys[0]))
        put_question(session, desk.tess, desk.set_id, edited, origin="edited", now=MORNING)
        session.commit()
    version_id = publish(database, desk)
    assert keys_of(database, version_id) == set(keys)
    stems = "SELECT count(*) FROM question WHERE version_id = :v AND key = :k AND guess = 0.25"
    with database.reading() as session:
        assert session.scalar(text(stems), {"v": version_id, "k": keys[0]}) == 1
    with database.writing() as session:
        delete_question(session, desk.tess, desk.set_id, keys[0], now=LATER)
        with pytest.raises(NotFoundError):
            delete_question(session, desk.tess, desk.set_id, keys[0], now=LATER)


def test_a_fact_that_says_something_else_waits_until_somebody_decided(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        accept_made_questions(session, desk.tess, desk.set_id)
        session.commit()
    former = publish(database, desk)
    with database.writing() as session:
        draft = open_draft(session, desk.tess, desk.set_id, LATER)
        fact = next(one for one in draft.facts if isinstance(one.body["v"], str))
        others = [one for one in draft.facts if one.body["p"] == fact.body["p"] and one != fact]
        changed = replace(fact, body={**fact.body, "v": others[0].body["v"]}, decided_at=MORNING)
        put_facts(session, desk.set_id, [changed], desk.tess.id)
        session.commit()
        with database.reading() as reading:
            _, seen = get_draft(reading, desk.tess, desk.set_id)
        assert seen.base_version_id == former
    version_id = publish(database, desk)
    asked = "SELECT count(*) FROM version_fact v JOIN fact f ON f.id = v.fact_id WHERE key = :k"
    with database.reading() as session:
        where = f"{asked} AND version_id = :v"
        assert session.scalar(text(where), {"k": fact.key, "v": version_id}) == 0
        assert session.scalar(text(where), {"k": fact.key, "v": former}) == 1


def test_a_faulty_fact_is_named_and_nothing_is_published(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        accept_made_questions(session, desk.tess, desk.set_id)
        draft = open_draft(session, desk.tess, desk.set_id, LATER)
        broken = replace(draft.facts[0], body={**draft.facts[0].body, "s": "nobody"})
        put_facts(session, desk.set_id, [broken], desk.tess.id)
        session.commit()
    with pytest.raises(InvalidError) as refused:
        publish(database, desk)
    assert [getattr(each, "fact", "") for each in refused.value.problems] == [broken.key]


def test_a_stale_form_is_refused(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        edits = open_draft(session, desk.tess, desk.set_id, LATER).edits
        put_question(session, desk.tess, desk.set_id, write_own_question(), now=LATER, edits=edits)
        with pytest.raises(ConflictError, match="meanwhile"):
            open_draft(session, desk.tess, desk.set_id, LATER, edits=edits)


def test_others_find_no_set_until_it_is_shared(database: Database) -> None:
    desk = build_desk(database)
    share = "INSERT INTO set_share VALUES (:s, :a, :m, '2026-03-02 08:00:00', NULL)"
    bob = desk.world.bob
    with database.writing() as session:
        with pytest.raises(NotFoundError):
            get_draft(session, bob, desk.set_id)
        session.execute(text(share), {"s": desk.set_id, "a": bob.id, "m": "read"})
        assert get_draft(session, bob, desk.set_id)[0].may == "read"
        with pytest.raises(ForbiddenError):
            open_draft(session, bob, desk.set_id, LATER)
        session.execute(text("UPDATE set_share SET may = 'edit'"))
        open_draft(session, bob, desk.set_id, LATER)
        session.execute(text("UPDATE question_set SET archived_at = '2026-03-02 08:00:00'"))
        with pytest.raises(ConflictError, match="archived"):
            open_draft(session, bob, desk.set_id, LATER)


def test_two_sets_of_one_title_have_keys_of_their_own(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        ids = {begin_set(session, desk.tess, title="Rivers", now=MORNING) for _ in range(3)}
        keys = session.scalars(text("SELECT key FROM question_set WHERE title = 'Rivers'"))
        assert (len(ids), sorted(keys)) == (3, ["rivers", "rivers-2", "rivers-3"])
        with pytest.raises(InvalidError, match="title"):
            begin_set(session, desk.tess, title=" ", now=MORNING)


@pytest.mark.parametrize("lost", ["article.md", "facts.yaml"])
def test_a_folder_without_a_file_is_refused(database: Database, lost: str) -> None:
    desk = build_desk(database)
    files = {name: content for name, content in read_files().items() if name != lost}
    with database.writing() as session, pytest.raises(InvalidError, match=lost):
        begin_from_folder(session, desk.tess, files, MORNING)
