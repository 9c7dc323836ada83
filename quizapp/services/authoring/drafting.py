"""A set gets a draft: an empty one, that of a topic folder, or that of its newest version."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.facts.folding import fold
from quizapp.services.authoring.access import get_set, lock_editable_set
from quizapp.services.authoring.folder import read_folder
from quizapp.services.authoring.folder_pictures import read_pictures, store_pictures
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft, change_draft, find_draft, put_draft
from quizapp.storage.ids import SetId
from quizapp.storage.sets import SetDetails, add_change, add_set, change_set, has_key
from quizapp.storage.version_files import find_newest_version, load_files

LONGEST_TITLE = 200
_UNSTATED = "not stated"
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_LONGEST_KEY = 60


def begin_set(session: Session, person: Account, *, title: str, now: datetime) -> SetId:
    """Make a set with an empty draft.

    Raises:
        InvalidError: the title is empty or too long.
    """
    name = check_title(title)
    set_id = add_keyed_set(session, person, name, "", now)
    source = {"title": name, "publisher": _UNSTATED, "licence": _UNSTATED}
    draft = Draft(
        set_id=set_id,
        title=name,
        source={"id": _make_key(name), **source},
        article=f"# {name}\n",
        predicates={},
        files={},
        seed=0,
        changed_at=now,
    )
    put_draft(session, draft, person.id)
    add_change(session, set_id, person.id, now, "begun")
    return set_id


def begin_from_folder(
    session: Session, person: Account, files: Mapping[str, bytes], now: datetime
) -> SetId:
    """Make a set with the draft of a topic folder.

    Raises:
        InvalidError: a file is missing or cannot be read.
    """
    read = read_folder(files, SetId(0), now)
    pictures = read_pictures(files, read)
    set_id = add_keyed_set(session, person, check_title(read.title), "", now)
    put_draft(session, replace(read, set_id=set_id), person.id)
    store_pictures(session, person, set_id, pictures, now)
    add_change(session, set_id, person.id, now, "imported")
    return set_id


def get_draft(session: Session, person: Account, set_id: SetId) -> tuple[SetDetails, Draft]:
    """Return a set and its draft, or that of its newest version: up to seven statements.

    Raises:
        NotFoundError: no such set for this person, or one without a folder to go on from.
    """
    details = get_set(session, person, set_id)
    return details, find_draft(session, set_id) or _reopen(session, set_id)


def open_draft(
    session: Session, person: Account, set_id: SetId, now: datetime, *, edits: int | None = None
) -> Draft:
    """Return the draft of a set that the person may change; it is made if there is none.

    Nobody else changes it until the transaction ends. `edits` are those that a form was shown with;
    None takes any.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `lock_editable_set`.
        ConflictError: the draft was changed since the form was shown.
    """
    lock_editable_set(session, person, set_id)
    draft = find_draft(session, set_id)
    if draft is None:
        draft = _reopen(session, set_id)
        put_draft(session, draft, person.id)
        add_change(session, set_id, person.id, now, "reopened")
    if edits is not None and edits != draft.edits:
        raise ConflictError("Somebody changed this draft meanwhile; look at it again.")
    return draft


def rename_draft(
    session: Session, person: Account, set_id: SetId, *, title: str, now: datetime
) -> None:
    """Give the set another title, which its next version has, too.

    Raises:
        InvalidError: the title is empty or too long; and as `open_draft`.
    """
    name = check_title(title)
    open_draft(session, person, set_id, now)
    change_draft(session, set_id, person.id, now, title=name)
    change_set(session, set_id, title=name)
    add_change(session, set_id, person.id, now, "renamed", detail={"title": name})


def check_title(title: str) -> str:
    """Return the title in plain form.

    Raises:
        InvalidError: it is empty or too long.
    """
    name = " ".join(title.split())
    if not name:
        raise InvalidError("Give the set a title.")
    if len(name) > LONGEST_TITLE:
        raise InvalidError(f"A title has at most {LONGEST_TITLE} characters.")
    return name


def _reopen(session: Session, set_id: SetId) -> Draft:
    newest = find_newest_version(session, set_id)
    if newest is None:
        raise NotFoundError("There is no such set.")
    version_id, published_at = newest
    files = load_files(session, version_id)
    if not files:
        raise NotFoundError(
            "This version was published without its files; import its topic folder as a new set."
        )
    return replace(read_folder(files, set_id, published_at), base_version_id=version_id)


def add_keyed_set(session: Session, person: Account, title: str, key: str, now: datetime) -> SetId:
    """Store a set without draft and version; its key is numbered if another set has it."""
    base = key = key or _make_key(title)
    for number in count(2):
        if not has_key(session, key):
            break
        key = f"{base}-{number}"
    return add_set(session, key=key, title=title, owner_id=person.id, now=now)


def _make_key(title: str) -> str:
    return _NOT_KEY.sub("-", fold(title)).strip("-")[:_LONGEST_KEY].strip("-") or "set"
