"""The question editor's services on both databases: saved by itself, stored, pictures kept once."""

import hashlib

import pytest

from quizapp.errors import InvalidError, NotFoundError
from quizapp.services.authoring.editing import (
    discard_sheet,
    keep_sheet,
    open_editor,
    save_question,
)
from quizapp.services.authoring.images import add_picture, get_picture
from quizapp.services.authoring.sheets import Sheet
from quizapp.storage.engine import Database
from quizapp.storage.images import count_bytes, list_digests
from tests.factories.desk import build_desk, make_picture
from tests.factories.people import MORNING

LATER = MORNING.replace(hour=9)
SHEET = Sheet(kind="flashcard", stem="Who found it?", answer="Herschel", feedback="Herschel did.")


def test_what_was_left_in_the_editor_is_stored_once_and_forgotten(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        assert not keep_sheet(
            session, desk.tess, desk.set_id, "", Sheet(kind="date"), seen=None, now=MORNING
        )
        assert not keep_sheet(session, desk.tess, desk.set_id, "", SHEET, seen=MORNING, now=LATER)
        session.commit()
    with database.writing() as session:
        editor = open_editor(session, desk.tess, desk.set_id, "")
        assert editor.recall() == SHEET
        assert editor.kept is not None
        assert editor.kept.saved_at == LATER
        question = editor.read(SHEET).question
        assert question is not None
        key = save_question(session, desk.tess, editor, question, LATER)
        session.commit()
    with database.reading() as session:
        assert open_editor(session, desk.tess, desk.set_id, "").kept is None
        editor = open_editor(session, desk.tess, desk.set_id, key)
        assert editor.question is not None
        assert [str(fact) for fact in editor.question.facts] == [key]
        assert [one.id for one in editor.others] == [key]


def test_what_was_left_in_the_editor_is_discarded(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        keep_sheet(session, desk.tess, desk.set_id, "", SHEET, seen=None, now=MORNING)
        discard_sheet(session, desk.tess, desk.set_id, "")
        session.commit()
    with database.reading() as session:
        assert open_editor(session, desk.tess, desk.set_id, "").recall() is None


def test_a_stranger_finds_no_editor_and_keeps_nothing(database: Database) -> None:
    desk = build_desk(database)
    stranger = desk.world.alice
    with database.writing() as session:
        with pytest.raises(NotFoundError):
            open_editor(session, stranger, desk.set_id, "")
        with pytest.raises(NotFoundError):
            keep_sheet(session, stranger, desk.set_id, "", SHEET, seen=None, now=MORNING)
        with pytest.raises(NotFoundError):
            add_picture(session, stranger, desk.set_id, make_picture(), MORNING)
        with pytest.raises(NotFoundError, match="no such question"):
            open_editor(session, desk.tess, desk.set_id, "nothing")


def test_a_picture_is_kept_once_under_the_digest_of_its_bytes(database: Database) -> None:
    desk, content = build_desk(database), make_picture(7)
    with database.writing() as session:
        digest = add_picture(session, desk.tess, desk.set_id, content, MORNING)
        assert add_picture(session, desk.tess, desk.set_id, content, LATER) == digest
        with pytest.raises(InvalidError):
            add_picture(session, desk.tess, desk.set_id, b"RIFF....WAVE", MORNING)
        session.commit()
    assert digest == hashlib.sha256(content).hexdigest()
    with database.reading() as session:
        assert list_digests(session, desk.set_id) == {digest}
        assert count_bytes(session, desk.set_id) == len(content)
        assert get_picture(session, desk.tess, digest).content == content
        with pytest.raises(NotFoundError):
            get_picture(session, desk.world.alice, digest)


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"GIF89a rest", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPrest", "image/webp"),
    ],
)
def test_pictures_are_told_by_their_bytes(
    sqlite_database: Database, content: bytes, mime: str
) -> None:
    desk = build_desk(sqlite_database)
    with sqlite_database.writing() as session:
        digest = add_picture(session, desk.tess, desk.set_id, content, MORNING)
        assert get_picture(session, desk.tess, digest).mime == mime
