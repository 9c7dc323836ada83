"""A draft becomes the next version of its set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError
from quizapp.facts.model import Pack
from quizapp.kinds.bank import Bank
from quizapp.services.authoring.access import get_set
from quizapp.services.authoring.drafting import open_draft
from quizapp.services.authoring.folder import write_folder
from quizapp.services.authoring.packing import (
    DraftBank,
    gather_questions,
    inspect_draft,
    make_bank,
)
from quizapp.services.publishing import HeldBack, list_held_back, make_version
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft, change_draft
from quizapp.storage.ids import SetId, VersionId
from quizapp.storage.publishing import find_newest, publish
from quizapp.storage.sets import add_change
from quizapp.storage.version_files import add_files, find_published_at, list_question_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What publishing a draft would ask: its questions, and the facts that wait for a look."""

    questions: DraftBank
    held_back: tuple[HeldBack, ...]

    @property
    def bank(self) -> Bank:
        """The accepted questions on facts that nobody has to look at."""
        held = {each.key for each in self.held_back}
        bank = make_bank(self.questions)
        kept = tuple(one for one in bank.questions if held.isdisjoint(map(str, one.facts)))
        return Bank(questions=kept, unused=bank.unused)


def prepare_release(session: Session, draft: Draft, set_key: str, pack: Pack) -> Release:
    """Return what publishing the draft would ask: up to three statements.

    `pack` is the draft's own. A fact that says something else than in the version before waits
    until somebody has decided on it since.
    """
    base = draft.base_version_id
    published = frozenset() if base is None else list_question_keys(session, base)
    since = None if base is None else find_published_at(session, base)
    looked_at = {
        fact.key
        for fact in draft.facts
        if fact.decided_at is not None and (since is None or fact.decided_at > since)
    }
    held = tuple(
        each for each in list_held_back(session, pack, set_key) if each.key not in looked_at
    )
    questions = gather_questions(draft, pack, published)
    return Release(questions=questions, held_back=held)


def publish_draft(
    session: Session,
    person: Account,
    set_id: SetId,
    *,
    note: str,
    now: datetime,
    edits: int | None = None,
) -> VersionId:
    """Publish the accepted facts and questions of a draft as the next version of its set.

    Where nothing is new since the newest version, that one is returned. What is not decided stays
    in the draft, which goes on from the new version.

    Raises:
        InvalidError: a fact cannot be used, with the problems; or no question was accepted.
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now, edits=edits)
    found = inspect_draft(draft)
    if found.faults:
        raise InvalidError("Some facts cannot be used yet; mend them first.", found.faults)
    details = get_set(session, person, set_id)
    release = prepare_release(session, draft, details.key, found.pack)
    if not release.bank.questions:
        raise InvalidError("Accept at least one question before you publish the set.")
    version_id, _ = store_release(
        session, person, draft, release, found.pack, set_key=details.key, note=note, now=now
    )
    return version_id


def store_release(
    session: Session,
    person: Account,
    draft: Draft,
    release: Release,
    pack: Pack,
    *,
    set_key: str,
    note: str,
    now: datetime,
    files: Mapping[str, bytes] | None = None,
) -> tuple[VersionId, bool]:
    """Store what `prepare_release` found as the next version; return it, and whether it is new.

    Where nothing is new since the newest version, that one is returned. `files` are kept in place
    of those that are written from the draft.

    Raises:
        InvalidError: it has no question.
    """
    bank = release.bank
    if not bank.questions:
        raise InvalidError("No question can be made of these facts.")
    version = make_version(pack, bank, draft.seed, set_key)
    newest = find_newest(session, set_key)
    if newest is not None and newest[1] == version.digest:
        return newest[0], False
    version_id = publish(
        session, version, owner_id=person.id, by=person.id, note=note.strip(), now=now
    )
    if files is None:
        asked = {question.id for question in bank.questions}
        made = {each.question.id for each in release.questions.items if each.origin != "written"}
        files = write_folder(draft, frozenset(made - asked))
    add_files(session, version_id, files)
    change_draft(session, draft.set_id, person.id, now, base_version_id=version_id)
    add_change(session, draft.set_id, person.id, now, "published", str(version_id))
    return version_id, True
