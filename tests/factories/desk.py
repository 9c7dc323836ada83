"""A set that Tess writes: the draft of a small topic folder, and its publication."""

import struct
import zlib
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from quizapp.facts.model import Pack
from quizapp.kinds.question import FactKey, Question, QuestionKey, Source
from quizapp.services.authoring.drafting import begin_from_folder, get_draft
from quizapp.services.authoring.images import add_picture
from quizapp.services.authoring.packing import gather_questions, inspect_draft
from quizapp.services.authoring.questions import decide_questions, put_question
from quizapp.services.authoring.sharing import share_set
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from quizapp.storage.ids import SetId
from tests.factories.fact_packs import list_pack_folders
from tests.factories.people import MORNING, World, build_world
from tests.factories.questions import make_question

OWN_KEY = "own-1"
FOLDERS = {folder.name: folder for folder in list_pack_folders()}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWorld:
    """The world of `tests.factories.people`, with a set of Tess's that is still a draft."""

    world: World
    tess: Account
    set_id: SetId


def read_files(name: str = "planets") -> dict[str, bytes]:
    """Return the files of a topic folder of the tests."""
    return {
        file.name: file.read_bytes()
        for file in sorted(FOLDERS[name].iterdir())
        if file.is_file() and file.name in {"article.md", "facts.yaml"}
    }


def build_desk(database: Database, name: str = "planets") -> DeskWorld:
    """Make the world and Tess's draft, and commit it."""
    world = build_world(database)
    with database.writing() as session:
        set_id = begin_from_folder(session, world.tess, read_files(name), MORNING)
        session.commit()
    return DeskWorld(world=world, tess=world.tess, set_id=set_id)


def read_pack(session: Session, person: Account, set_id: SetId) -> Pack:
    """Return the pack of a draft."""
    return inspect_draft(get_draft(session, person, set_id)[1]).pack


def accept_made_questions(session: Session, person: Account, set_id: SetId) -> list[str]:
    """Accept every question that the facts of a draft give, and return their keys."""
    _, draft = get_draft(session, person, set_id)
    found = gather_questions(draft, inspect_draft(draft).pack, frozenset())
    keys = [str(each.question.id) for each in found.items]
    decide_questions(session, person, set_id, keys, "accepted", now=MORNING)
    return keys


def make_picture(width: int = 2) -> bytes:
    """Return a picture of one colour, two pixels high."""
    rows = (b"\x00" + b"\x3a\x3f\x9e" * width) * 2
    header = struct.pack(">IIBBBBB", width, 2, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def make_own_set(session: Session, person: Account) -> SetId:
    """Make a set that is still a draft, with accepted questions and one written by hand."""
    set_id = begin_from_folder(session, person, read_files(), MORNING)
    accept_made_questions(session, person, set_id)
    put_question(session, person, set_id, write_own_question(), now=MORNING)
    return set_id


def make_draft(session: Session, owner: Account, reader: Account) -> tuple[SetId, str]:
    """Make a set as `make_own_set` does, with a picture, and let somebody read it.

    Returns its id and the digest of the picture.
    """
    set_id = make_own_set(session, owner)
    share_set(session, owner, set_id, email=reader.email, may="read", now=MORNING)
    return set_id, add_picture(session, owner, set_id, make_picture(), MORNING)


def write_own_question(key: str = OWN_KEY) -> Question:
    """Return a question that was written by hand, with words of its own as its passage."""
    return replace(
        make_question("choice", key),
        id=QuestionKey(key),
        facts=(FactKey(key),),
        source=Source(section="", paragraph=0, quote="Words of the instructor."),
    )
