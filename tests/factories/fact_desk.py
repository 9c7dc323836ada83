"""Tess before the facts of a draft, in a transaction that nobody commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from quizapp.services.authoring.checking_facts import list_predicates
from quizapp.services.authoring.drafting import begin_from_folder, get_draft
from quizapp.services.authoring.entries import Entry, show_entry
from quizapp.services.authoring.fact_undoing import undo_decision
from quizapp.services.authoring.naming import NameBook
from quizapp.services.authoring.reviewing import add_fact, drop_fact, find_fact, save_fact
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft, DraftFact
from quizapp.storage.engine import Database
from quizapp.storage.ids import SetId
from tests.factories.desk import read_files
from tests.factories.people import MORNING, build_world

LATER = MORNING + timedelta(minutes=1)


class Desk:
    """Tess before the draft of a folder."""

    def __init__(self, session: Session, tess: Account, set_id: SetId) -> None:
        self.session, self.tess, self.set_id = session, tess, set_id

    @property
    def draft(self) -> Draft:
        """The draft as it stands."""
        return get_draft(self.session, self.tess, self.set_id)[1]

    def fact(self, key: str) -> DraftFact:
        """Return a fact."""
        return find_fact(self.draft, key)

    def entry(self, key: str) -> Entry:
        """Return what the form of a fact holds."""
        draft = self.draft
        book = NameBook(draft.entities)
        return show_entry(find_fact(draft, key).body, book, list_predicates(draft))

    def save(self, key: str, entry: Entry, *, accept: bool = True) -> list[str]:
        """Store a fact, and return the fields that are wrong."""
        ids = self.session, self.tess, self.set_id
        saved = save_fact(*ids, key, entry, accept=accept, now=LATER)
        return [problem.field for problem in saved.problems]

    def change(self, key: str, *, accept: bool = True, **fields: str) -> list[str]:
        """Store a fact with other fields than it has, and return the fields that are wrong."""
        return self.save(key, replace(self.entry(key), **fields), accept=accept)

    def add(self, like: str, **fields: str) -> str:
        """Add a fact like another one, and return its key."""
        entry = replace(self.entry(like), **fields)
        saved = add_fact(self.session, self.tess, self.set_id, entry, LATER)
        assert saved.problems == ()
        return saved.key

    def drop(self, key: str) -> None:
        """Drop a fact."""
        drop_fact(self.session, self.tess, self.set_id, key, LATER)

    def undo(self, key: str) -> str:
        """Take the last decision back, and return the fact that it was on."""
        return undo_decision(self.session, self.tess, self.set_id, key, LATER)


@contextmanager
def open_desk(database: Database) -> Iterator[Desk]:
    """Give the desk before the draft of a folder."""
    world = build_world(database)
    with database.writing() as session:
        set_id = begin_from_folder(session, world.tess, read_files(), MORNING)
        yield Desk(session, world.tess, set_id)
