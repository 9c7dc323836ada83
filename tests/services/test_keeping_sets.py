"""Whole sets: shared, tagged, copied, archived, compared, restored, and who changed what."""

from pathlib import Path

import pytest
from sqlalchemy import text

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.facts.packs import load_pack
from quizapp.services.accounts.registering import register
from quizapp.services.authoring.comparing import compare, compare_versions
from quizapp.services.authoring.drafting import get_draft, rename_draft
from quizapp.services.authoring.folder_import import import_folder
from quizapp.services.authoring.items import list_items
from quizapp.services.authoring.keeping import (
    archive_set,
    duplicate_set,
    export_set,
    read_tags,
    restore_version,
    tag_set,
)
from quizapp.services.authoring.listing import find_sets, look_at_changes
from quizapp.services.authoring.questions import decide_questions, put_question
from quizapp.services.authoring.releasing import publish_draft
from quizapp.services.authoring.sharing import share_set, unshare_set
from quizapp.services.publishing import publish_pack
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from quizapp.storage.ids import VersionId
from tests.factories.desk import (
    DeskWorld,
    accept_made_questions,
    build_desk,
    read_files,
    write_own_question,
)
from tests.factories.people import MORNING, build_world


def add_colleague(database: Database) -> Account:
    with database.writing() as session:
        made = register(
            session,
            email="theo@example.org",
            name="Theo",
            role="instructor",
            timezone="UTC",
            now=MORNING,
        )
        session.commit()
    return made


def publish_two(database: Database, desk: DeskWorld) -> tuple[VersionId, VersionId]:
    """Publish twice: then the first question is gone, and one written by hand is there."""
    with database.writing() as session:
        keys = accept_made_questions(session, desk.tess, desk.set_id)
        first = publish_draft(session, desk.tess, desk.set_id, note="first", now=MORNING)
        decide_questions(session, desk.tess, desk.set_id, keys[:1], "dropped", now=MORNING)
        put_question(session, desk.tess, desk.set_id, write_own_question(), now=MORNING)
        second = publish_draft(session, desk.tess, desk.set_id, note="second", now=MORNING)
        session.commit()
    return first, second


def test_a_set_is_shared_to_read_then_to_edit_then_not_at_all(database: Database) -> None:
    desk, theo = build_desk(database), add_colleague(database)
    with database.writing() as session:
        share_set(session, desk.tess, desk.set_id, email=theo.email, may="read", now=MORNING)
        with pytest.raises(ForbiddenError):
            tag_set(session, theo, desk.set_id, ["mine"], now=MORNING)
        share_set(session, desk.tess, desk.set_id, email=theo.email, may="edit", now=MORNING)
        tag_set(session, theo, desk.set_id, ["ours"], now=MORNING)
        assert [one.may for one in find_sets(session, theo).sets] == ["edit"]
        with pytest.raises(ForbiddenError):
            share_set(session, theo, desk.set_id, email=theo.email, may="read", now=MORNING)
        with pytest.raises(ForbiddenError):
            archive_set(session, theo, desk.set_id, archived=True, now=MORNING)
        unshare_set(session, desk.tess, desk.set_id, theo.id, now=MORNING)
        with pytest.raises(NotFoundError):
            get_draft(session, theo, desk.set_id)
        with pytest.raises(NotFoundError):
            unshare_set(session, desk.tess, desk.set_id, theo.id, now=MORNING)


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org", "tess@example.org"])
def test_a_set_is_shared_with_colleagues_only(database: Database, email: str) -> None:
    desk = build_desk(database)
    with database.writing() as session, pytest.raises(InvalidError):
        share_set(session, desk.tess, desk.set_id, email=email, may="read", now=MORNING)


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("", ()),
        (" a , B b,a,,A ", ("a", "B b")),
        ("Ünder, under", ("Ünder",)),
    ],
)
def test_tags_are_each_there_once(written: str, tags: tuple[str, ...]) -> None:
    assert read_tags(written) == tags


@pytest.mark.parametrize("written", [",".join(map(str, range(21))), "x" * 41])
def test_too_many_and_too_long_tags_are_refused(written: str) -> None:
    with pytest.raises(InvalidError, match="tag"):
        read_tags(written)


@pytest.mark.parametrize(
    ("search", "tag", "found"),
    [("", "", 1), ("TESS", "", 1), ("water", "", 1), ("water sky", "", 0), ("", "Water", 1)],
)
def test_sets_are_found_by_words_and_tags(
    database: Database, search: str, tag: str, found: int
) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        tag_set(session, desk.tess, desk.set_id, ["water"], now=MORNING)
        sets = find_sets(session, desk.tess, search=search, tag=tag)
    assert [one.id for one in sets.sets].count(desk.set_id) == found
    assert sets.tags == ("water",)


def test_an_archived_set_is_listed_apart_and_comes_back(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        archive_set(session, desk.tess, desk.set_id, archived=True, now=MORNING)
        with pytest.raises(ConflictError):
            archive_set(session, desk.tess, desk.set_id, archived=True, now=MORNING)
        with pytest.raises(ConflictError, match="archived"):
            rename_draft(session, desk.tess, desk.set_id, title="New", now=MORNING)
        assert desk.set_id not in [one.id for one in find_sets(session, desk.tess).sets]
        kept = find_sets(session, desk.tess, archived=True)
        assert [one.id for one in kept.sets] == [desk.set_id]
        archive_set(session, desk.tess, desk.set_id, archived=False, now=MORNING)
        rename_draft(session, desk.tess, desk.set_id, title="New", now=MORNING)


def test_a_copy_is_ones_own_and_leaves_the_original(database: Database) -> None:
    desk, theo = build_desk(database), add_colleague(database)
    with database.writing() as session:
        accept_made_questions(session, desk.tess, desk.set_id)
        share_set(session, desk.tess, desk.set_id, email=theo.email, may="read", now=MORNING)
        copy_id = duplicate_set(session, theo, desk.set_id, now=MORNING)
        details, copied = get_draft(session, theo, copy_id)
        _, original = get_draft(session, desk.tess, desk.set_id)
        assert details.may == "own"
        assert details.title.endswith("(copy)")
        assert [one.body for one in copied.facts] == [one.body for one in original.facts]
        with pytest.raises(NotFoundError):
            get_draft(session, desk.tess, copy_id)


def test_two_versions_differ_by_what_was_done_between_them(database: Database) -> None:
    desk = build_desk(database)
    first, second = publish_two(database, desk)
    with database.reading() as session:
        found = compare_versions(session, desk.tess, desk.set_id, first, second)
        assert len(found.questions.removed) == 1
        assert [one.id for one in found.questions.added] == ["own-1"]
        assert found.questions.changed == ()
        assert (found.former.note, found.latter.note) == ("first", "second")
        with pytest.raises(NotFoundError):
            compare_versions(session, desk.tess, desk.set_id, first, desk.world.version_id)


def test_what_changed_stands_in_pairs() -> None:
    found = compare({"a": 1, "b": 2, "c": 3}, {"c": 3, "b": 5, "d": 4})
    assert (found.added, found.removed, found.changed, found.unchanged) == (
        (4,),
        (1,),
        ((2, 5),),
        1,
    )


def test_a_version_is_restored_and_published_anew(database: Database) -> None:
    desk = build_desk(database)
    first, _ = publish_two(database, desk)
    with database.writing() as session:
        former = export_set(session, desk.tess, desk.set_id, first)
        assert restore_version(session, desk.tess, desk.set_id, first, now=MORNING) == 1
        third = publish_draft(session, desk.tess, desk.set_id, note="", now=MORNING)
        assert export_set(session, desk.tess, desk.set_id, third) == former
        other = desk.world.version_id
        with pytest.raises(NotFoundError):
            restore_version(session, desk.tess, desk.set_id, other, now=MORNING)


def test_a_folder_comes_back_to_the_byte_and_makes_one_version(database: Database) -> None:
    desk = build_desk(database)
    files = {**read_files(), "LICENSE": b"Free to use.\n"}
    with database.writing() as session:
        made = import_folder(session, desk.tess, files, note="", now=MORNING)
        again = import_folder(session, desk.tess, files, note="", now=MORNING)
        assert (made.is_new, again.is_new) == (True, False)
        assert again.version_id == made.version_id
        assert export_set(session, desk.tess, made.set_id) == files
        items = list_items(session, desk.tess, made.set_id)
        assert {item.state for item in items.items} == {"accepted"}
        assert items.total == made.questions


def test_a_folder_throws_nothing_away_that_stands_in_the_draft_alone(database: Database) -> None:
    desk = build_desk(database)
    own = [write_own_question("own-1"), write_own_question("own-2")]
    with database.writing() as session:
        made = import_folder(session, desk.tess, read_files(), note="", now=MORNING)
        files = export_set(session, desk.tess, made.set_id)
        for question in own:
            put_question(session, desk.tess, made.set_id, question, now=MORNING)
        rename_draft(session, desk.tess, made.set_id, title="Renamed", now=MORNING)
        before = get_draft(session, desk.tess, made.set_id)
        for wanted in (files, {**files, "LICENSE": b"Free to use.\n"}):
            with pytest.raises(
                ConflictError, match=r": title, question own-1, question own-2\."
            ) as no:
                import_folder(session, desk.tess, wanted, note="", now=MORNING)
            assert f"set {made.set_id}, Renamed," in str(no.value)
            assert f"make version {made.number} the draft; or throw these changes away" in str(
                no.value
            )
            assert get_draft(session, desk.tess, made.set_id) == before


def test_a_draft_is_replaced_on_request_and_its_history_says_so(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        made = import_folder(session, desk.tess, read_files(), note="", now=MORNING)
        put_question(session, desk.tess, made.set_id, write_own_question(), now=MORNING)
        again = import_folder(
            session, desk.tess, read_files(), note="", now=MORNING, replace_draft=True
        )
        assert (again.is_new, again.number, again.thrown_away) == (
            False,
            made.number,
            ("question own-1",),
        )
        assert get_draft(session, desk.tess, made.set_id)[1].questions == ()
        _, changes, _ = look_at_changes(session, desk.tess, made.set_id, 1)
        assert (changes[0].action, changes[0].detail) == (
            "replaced draft",
            {"lost": ["question own-1"]},
        )


def test_a_folder_takes_in_what_its_own_set_published(database: Database) -> None:
    """Decisions that the version or the folder has are no loss, nor is what was dropped."""
    desk = build_desk(database)
    with database.writing() as session:
        made = import_folder(session, desk.tess, read_files(), note="", now=MORNING)
        keys = accept_made_questions(session, desk.tess, made.set_id)
        decide_questions(session, desk.tess, made.set_id, keys[:1], "dropped", now=MORNING)
        put_question(session, desk.tess, made.set_id, write_own_question(), now=MORNING)
        publish_draft(session, desk.tess, made.set_id, note="", now=MORNING)
        put_question(session, desk.tess, made.set_id, write_own_question("own-2"), now=MORNING)
        decide_questions(session, desk.tess, made.set_id, ["own-2"], "dropped", now=MORNING)
        files = export_set(session, desk.tess, made.set_id)
        before = get_draft(session, desk.tess, made.set_id)
        again = import_folder(session, desk.tess, files, note="", now=MORNING)
        assert (again.is_new, again.number, again.thrown_away) == (False, made.number + 1, ())
        assert get_draft(session, desk.tess, made.set_id) == before
        third = {**files, **read_files()}
        third["facts.yaml"] = third["facts.yaml"].replace(b"importance: 3", b"importance: 1", 1)
        assert import_folder(session, desk.tess, third, note="", now=MORNING).is_new


@pytest.mark.parametrize("key", ["own-1", ""])
def test_what_the_draft_asks_no_more_is_a_change_too(database: Database, key: str) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        made = import_folder(session, desk.tess, read_files(), note="", now=MORNING)
        put_question(session, desk.tess, made.set_id, write_own_question(), now=MORNING)
        publish_draft(session, desk.tess, made.set_id, note="", now=MORNING)
        files = export_set(session, desk.tess, made.set_id)
        asked = [str(one.question.id) for one in list_items(session, desk.tess, made.set_id).items]
        wanted = key or asked[0]
        decide_questions(session, desk.tess, made.set_id, [wanted], "dropped", now=MORNING)
        with pytest.raises(ConflictError, match=f"question {wanted}"):
            import_folder(session, desk.tess, files, note="", now=MORNING)


def test_every_change_names_who_made_it(database: Database) -> None:
    desk = build_desk(database)
    publish_two(database, desk)
    with database.reading() as session:
        _, changes, pages = look_at_changes(session, desk.tess, desk.set_id, 1)
        total = session.scalar(text("SELECT count(*) FROM set_change"))
    assert {change.name for change in changes} == {"Tess"}
    assert changes[0].action == "published"
    assert "wrote question" in {change.action for change in changes}
    assert pages == -(-(total or 0) // 50)


def test_a_folder_that_was_published_as_a_pack_says_nothing_new(
    database: Database, tmp_path: Path
) -> None:
    files, world = read_files(), build_world(database)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    pack = load_pack(tmp_path)
    with database.writing() as session:
        version = publish_pack(
            session, pack, owner_id=world.tess.id, seed=0, now=MORNING, files=files
        )
        made = import_folder(session, world.tess, files, note="", now=MORNING)
    assert (made.version_id, made.is_new) == (version, False)
