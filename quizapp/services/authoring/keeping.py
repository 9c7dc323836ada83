"""What is done with a whole set: its tags, a copy, the archive, the way back to a version."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.facts.folding import fold
from quizapp.services.authoring.access import get_set, lock_editable_set, lock_owned_set
from quizapp.services.authoring.drafting import begin_set, get_draft
from quizapp.services.authoring.folder import read_folder, write_folder
from quizapp.services.authoring.folder_pictures import add_used_pictures, copy_pictures
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import find_draft, put_draft
from quizapp.storage.ids import SetId, VersionId
from quizapp.storage.set_lists import list_set_versions
from quizapp.storage.sets import add_change, change_set
from quizapp.storage.version_files import load_files

MOST_TAGS = 20
LONGEST_TAG = 40


def read_tags(text: str) -> tuple[str, ...]:
    """Return the tags of a text that separates them by commas, each once, in their order.

    Raises:
        InvalidError: there are too many, or one is too long.
    """
    names = [" ".join(part.split()) for part in text.split(",")]
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(fold(name), name)
    tags = tuple(name for name in first.values() if name)
    if len(tags) > MOST_TAGS:
        raise InvalidError(f"A set has at most {MOST_TAGS} tags.")
    if any(len(tag) > LONGEST_TAG for tag in tags):
        raise InvalidError(f"A tag has at most {LONGEST_TAG} characters; separate tags by commas.")
    return tags


def tag_set(
    session: Session, person: Account, set_id: SetId, tags: Iterable[str], *, now: datetime
) -> None:
    """Replace the tags of a set.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `lock_editable_set`.
    """
    lock_editable_set(session, person, set_id)
    listed = list(tags)
    change_set(session, set_id, tags=listed)
    add_change(session, set_id, person.id, now, "tagged", detail={"tags": listed})


def archive_set(
    session: Session, owner: Account, set_id: SetId, *, archived: bool, now: datetime
) -> None:
    """Archive a set, or bring it back. Courses that teach it and assignments of it go on.

    Raises:
        NotFoundError, ForbiddenError: as `lock_owned_set`.
        ConflictError: it is as wished already.
    """
    details = lock_owned_set(session, owner, set_id)
    if (details.archived_at is not None) == archived:
        state = "archived already" if archived else "not archived"
        raise ConflictError(f"This set is {state}.")
    change_set(session, set_id, archived_at=now if archived else None)
    add_change(session, set_id, owner.id, now, "archived" if archived else "unarchived")


def duplicate_set(session: Session, person: Account, set_id: SetId, *, now: datetime) -> SetId:
    """Make a set of the person's own from the draft, or newest version, of one they may read.

    The copy has what was accepted and what was not yet decided, and no version.

    Raises:
        NotFoundError: no such set for this person, or one without a folder to copy.
    """
    details, draft = get_draft(session, person, set_id)
    title = f"{draft.title[:190]} (copy)"
    copy_id = begin_set(session, person, title=title, now=now)
    fresh = replace(draft, set_id=copy_id, title=title, base_version_id=None, edits=0)
    put_draft(session, replace(fresh, changed_at=now), person.id)
    copy_pictures(session, person, draft, copy_id, now)
    change_set(session, copy_id, tags=list(details.tags))
    add_change(session, copy_id, person.id, now, "copied", detail={"from": details.title})
    return copy_id


def restore_version(
    session: Session, person: Account, set_id: SetId, version_id: VersionId, *, now: datetime
) -> int:
    """Let the draft of a set be what a version was made of; return the version's number.

    Nothing is published by that; the draft as it was is gone.

    Raises:
        NotFoundError: the set has no such version, or it was published without its files; and
            ForbiddenError, ConflictError as `lock_editable_set`.
    """
    lock_editable_set(session, person, set_id)
    versions = {version.id: version for version in list_set_versions(session, set_id)}
    if version_id not in versions:
        raise NotFoundError("The set has no such version.")
    files = load_files(session, version_id)
    if not files:
        raise NotFoundError("This version was published without its files.")
    version = versions[version_id]
    former = find_draft(session, set_id)
    edits = 0 if former is None else former.edits + 1
    draft = read_folder(files, set_id, now)
    put_draft(session, replace(draft, base_version_id=version_id, edits=edits), person.id)
    change_set(session, set_id, title=draft.title)
    add_change(session, set_id, person.id, now, "restored", str(version.number))
    return version.number


def export_set(
    session: Session, person: Account, set_id: SetId, version_id: VersionId | None = None
) -> dict[str, bytes]:
    """Return the topic folder of a version, by default of the newest one; of the draft if none.

    It holds the pictures that its questions use.

    Raises:
        NotFoundError: no such set or version for this person, or it was published without files.
    """
    get_set(session, person, set_id)
    versions = [version.id for version in list_set_versions(session, set_id)]
    if not versions:
        draft = get_draft(session, person, set_id)[1]
        return add_used_pictures(session, set_id, write_folder(draft))
    wanted = versions[0] if version_id is None else version_id
    files = load_files(session, wanted) if wanted in versions else {}
    if not files:
        raise NotFoundError("There is no such version, or it was published without its files.")
    return add_used_pictures(session, set_id, files)
