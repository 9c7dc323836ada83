"""A topic folder that is kept in version control becomes the next version of its set."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError
from quizapp.facts.model import Pack
from quizapp.facts.pictures import is_picture
from quizapp.services.authoring.access import lock_owned_set
from quizapp.services.authoring.drafting import add_keyed_set, check_title
from quizapp.services.authoring.folder import read_folder
from quizapp.services.authoring.folder_pictures import read_pictures, store_pictures
from quizapp.services.authoring.packing import inspect_draft
from quizapp.services.authoring.releasing import Release, prepare_release, store_release
from quizapp.services.authoring.unpublished import list_unpublished
from quizapp.services.publishing import HeldBack
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft, find_draft, put_draft
from quizapp.storage.ids import SetId, VersionId
from quizapp.storage.set_lists import list_set_versions
from quizapp.storage.sets import SetDetails, add_change, find_owned_set
from quizapp.storage.tables.content import JsonObject
from quizapp.storage.version_files import find_newest_version, list_question_keys, load_files

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import made; `is_new` is False where the newest version says the same already.

    `thrown_away` names what stood in the draft alone.
    """

    set_id: SetId
    version_id: VersionId
    number: int
    is_new: bool
    questions: int
    held_back: tuple[HeldBack, ...]
    thrown_away: tuple[str, ...] = ()


def import_folder(
    session: Session,
    owner: Account,
    files: Mapping[str, bytes],
    *,
    note: str,
    now: datetime,
    replace_draft: bool = False,
) -> Imported:
    """Publish a topic folder as it is, as the next version of the owner's set of that id.

    Its facts count as looked at, and all its questions as accepted that it does not drop. The
    version keeps the files to the byte, the set their pictures. A draft of the set goes on from the
    new version; where nothing is new, it stays as it is. `replace_draft` throws away what stands in
    the draft alone.

    Raises:
        InvalidError: a file is missing or faulty, with the problems; or no question can be made.
        ConflictError: something stands in the draft alone.
    """
    read = read_folder(files, SetId(0), now)
    found = inspect_draft(read)
    if found.faults:
        raise InvalidError("The folder's facts cannot be used.", found.faults)
    pictures = read_pictures(files, read)
    details = _find_or_add(session, owner, read, now)
    base, _ = find_newest_version(session, details.id) or (None, None)
    former = find_draft(session, details.id)
    lost = () if former is None else _list_lost(session, former, base, read)
    if lost and not replace_draft:
        raise ConflictError(_refuse(details, lost))
    store_pictures(session, owner, details.id, pictures, now)
    draft = replace(read, set_id=details.id, base_version_id=base)
    made = _publish(session, owner, details, draft, found.pack, files, note)
    if made.is_new or lost:
        _put(session, owner, replace(draft, base_version_id=made.version_id), former, lost)
    return replace(made, thrown_away=lost)


def _publish(
    session: Session,
    owner: Account,
    details: SetDetails,
    draft: Draft,
    pack: Pack,
    files: Mapping[str, bytes],
    note: str,
) -> Imported:
    release = _accept_all(prepare_release(session, draft, details.key, pack))
    version_id, is_new = store_release(
        session,
        owner,
        draft,
        release,
        pack,
        set_key=details.key,
        files={name: content for name, content in files.items() if not is_picture(name)},
        note=note,
        now=draft.changed_at,
    )
    return Imported(
        set_id=details.id,
        version_id=version_id,
        number=list_set_versions(session, details.id)[0].number,
        is_new=is_new,
        questions=len(release.bank.questions),
        held_back=release.held_back,
    )


def _find_or_add(session: Session, owner: Account, read: Draft, now: datetime) -> SetDetails:
    key = str(read.source.get("id") or "")
    set_id = find_owned_set(session, owner.id, key) if key else None
    if set_id is None:
        set_id = add_keyed_set(session, owner, check_title(read.title), key, now)
    return lock_owned_set(session, owner, set_id)


def _put(
    session: Session, owner: Account, draft: Draft, former: Draft | None, lost: tuple[str, ...]
) -> None:
    """Store the draft in place of the former one, and note what is thrown away by that."""
    edits = 0 if former is None else former.edits + 1
    put_draft(session, replace(draft, edits=edits), owner.id)
    if lost:
        detail: JsonObject = {"lost": list(lost)}
        now = draft.changed_at
        add_change(session, draft.set_id, owner.id, now, "replaced draft", detail=detail)


def _list_lost(
    session: Session, former: Draft, base: VersionId | None, read: Draft
) -> tuple[str, ...]:
    if base is None:
        return list_unpublished(former, None, read, frozenset())
    files = load_files(session, base)
    version = read_folder(files, former.set_id, former.changed_at) if files else None
    return list_unpublished(former, version, read, list_question_keys(session, base))


def _refuse(details: SetDetails, lost: tuple[str, ...]) -> str:
    more = f" and {len(lost) - _MOST_NAMED} more" if len(lost) > _MOST_NAMED else ""
    restore = f", or make version {details.versions} the draft" if details.versions else ""
    return (
        f"Nothing was imported: the draft of set {details.id}, {details.title}, has unpublished "
        f"changes that are not in this folder: {', '.join(lost[:_MOST_NAMED])}{more}. "
        f"Decide on them and publish the draft first{restore}; "
        "or throw these changes away by --replace-draft."
    )


def _accept_all(release: Release) -> Release:
    items = tuple(
        replace(item, state="accepted") if item.state == "proposed" else item
        for item in release.questions.items
    )
    return replace(release, questions=replace(release.questions, items=items))
