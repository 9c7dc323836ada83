"""The sets of an instructor, and one of them with all that belongs to it."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.facts.folding import fold
from quizapp.services.authoring.access import get_set
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft, find_draft
from quizapp.storage.following import Behind, list_behind
from quizapp.storage.ids import SetId
from quizapp.storage.set_lists import (
    SetChange,
    SetLine,
    VersionLine,
    list_changes,
    list_set_versions,
    list_sets,
)
from quizapp.storage.set_shares import Share, list_shares
from quizapp.storage.sets import SetDetails

CHANGES_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SetList:
    """The sets that match, all tags there are, and how many sets are archived."""

    sets: tuple[SetLine, ...]
    tags: tuple[str, ...]
    archived: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCounts:
    """How far a draft is: facts by state, and questions that were written by hand."""

    proposed: int
    accepted: int
    dropped: int
    written: int
    decided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSheet:
    """A set with its versions, the newest first, its draft and with whom it is shared.

    `behind` are courses of the person that teach another version than the newest.
    """

    details: SetDetails
    versions: tuple[VersionLine, ...]
    draft: Draft | None
    counts: DraftCounts | None
    shares: tuple[Share, ...]
    behind: tuple[Behind, ...]


def find_sets(
    session: Session, person: Account, *, search: str = "", tag: str = "", archived: bool = False
) -> SetList:
    """Return a person's sets whose title, owner or tags hold the words searched for.

    One statement; `tag` keeps those with that tag, `archived` the archived ones.
    """
    found = list_sets(session, person.id)
    kept = [one for one in found if (one.archived_at is not None) == archived]
    matching = [
        one
        for one in kept
        if _matches(one, fold(search)) and (not tag or fold(tag) in map(fold, one.tags))
    ]
    tags = sorted({name for one in kept for name in one.tags}, key=fold)
    return SetList(
        sets=tuple(matching),
        tags=tuple(tags),
        archived=sum(one.archived_at is not None for one in found),
        total=len(kept),
    )


def look_at_set(session: Session, person: Account, set_id: SetId) -> SetSheet:
    """Return a set with all that belongs to it: up to eight statements.

    Raises:
        NotFoundError: no such set for this person.
    """
    details = get_set(session, person, set_id)
    draft = find_draft(session, set_id)
    return SetSheet(
        details=details,
        versions=list_set_versions(session, set_id),
        draft=draft,
        counts=None if draft is None else _count(draft),
        shares=list_shares(session, set_id),
        behind=list_behind(session, person.id, set_id),
    )


def look_at_changes(
    session: Session, person: Account, set_id: SetId, page: int
) -> tuple[SetDetails, tuple[SetChange, ...], int]:
    """Return a page of who changed what in a set, and the number of pages: two statements.

    Raises:
        NotFoundError: no such set for this person.
    """
    details = get_set(session, person, set_id)
    offset = (page - 1) * CHANGES_A_PAGE
    changes, total = list_changes(session, set_id, offset=offset, most=CHANGES_A_PAGE)
    return details, changes, max(1, -(-total // CHANGES_A_PAGE))


def _matches(line: SetLine, search: str) -> bool:
    words = fold(" ".join((line.title, line.owner or "", *line.tags)))
    return all(word in words for word in search.split())


def _count(draft: Draft) -> DraftCounts:
    states = Counter(fact.state for fact in draft.facts)
    return DraftCounts(
        proposed=states["proposed"],
        accepted=states["accepted"],
        dropped=states["dropped"],
        written=sum(one.origin == "written" for one in draft.questions),
        decided=sum(one.origin != "written" for one in draft.questions),
    )
