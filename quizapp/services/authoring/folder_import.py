"""A topic folder that is kept in version control becomes the next version of its set."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError
from quizapp.facts.pictures import is_picture
from quizapp.services.authoring.drafting import add_keyed_set, check_title
from quizapp.services.authoring.folder import read_folder
from quizapp.services.authoring.folder_pictures import read_pictures, store_pictures
from quizapp.services.authoring.packing import inspect_draft
from quizapp.services.authoring.releasing import Release, prepare_release, store_release
from quizapp.services.publishing import HeldBack
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft, find_draft, put_draft
from quizapp.storage.ids import SetId, VersionId
from quizapp.storage.sets import find_owned_set, get_key
from quizapp.storage.version_files import find_newest_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import made; `is_new` is False where the newest version says the same already."""

    set_id: SetId
    version_id: VersionId
    is_new: bool
    questions: int
    held_back: tuple[HeldBack, ...]


def import_folder(
    session: Session, owner: Account, files: Mapping[str, bytes], *, note: str, now: datetime
) -> Imported:
    """Publish a topic folder as it is, as the next version of the owner's set of that id.

    Its facts count as looked at, and all its questions as accepted that it does not drop. The
    version keeps the files to the byte, the set their pictures; a draft of the set is replaced.

    Raises:
        InvalidError: a file is missing or faulty, with the problems; or no question can be made.
    """
    read = read_folder(files, SetId(0), now)
    found = inspect_draft(read)
    if found.faults:
        raise InvalidError("The folder's facts cannot be used.", found.faults)
    pictures = read_pictures(files, read)
    draft = _put(session, owner, read, now)
    store_pictures(session, owner, draft.set_id, pictures, now)
    key = get_key(session, draft.set_id)
    kept = {name: content for name, content in files.items() if not is_picture(name)}
    release = _accept_all(prepare_release(session, draft, key, found.pack))
    version_id, is_new = store_release(
        session, owner, draft, release, found.pack, set_key=key, files=kept, note=note, now=now
    )
    return Imported(
        set_id=draft.set_id,
        version_id=version_id,
        is_new=is_new,
        questions=len(release.bank.questions),
        held_back=release.held_back,
    )


def _put(session: Session, owner: Account, read: Draft, now: datetime) -> Draft:
    key = str(read.source.get("id") or "")
    set_id = find_owned_set(session, owner.id, key) if key else None
    if set_id is None:
        set_id = add_keyed_set(session, owner, check_title(read.title), key, now)
    newest = find_newest_version(session, set_id)
    former = find_draft(session, set_id)
    draft = replace(
        read,
        set_id=set_id,
        base_version_id=None if newest is None else newest[0],
        edits=0 if former is None else former.edits + 1,
    )
    put_draft(session, draft, owner.id)
    return draft


def _accept_all(release: Release) -> Release:
    items = tuple(
        replace(item, state="accepted") if item.state == "proposed" else item
        for item in release.questions.items
    )
    return replace(release, questions=replace(release.questions, items=items))
