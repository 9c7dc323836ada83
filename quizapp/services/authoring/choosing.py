"""People look at the questions of a draft, and at what publishing it would ask."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError
from quizapp.facts.model import Pack
from quizapp.facts.packs import Inspection
from quizapp.services.authoring.drafting import get_draft, open_draft
from quizapp.services.authoring.packing import inspect_draft
from quizapp.services.authoring.questions import decide_questions
from quizapp.services.authoring.releasing import Release, prepare_release
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft, DraftQuestion
from quizapp.storage.ids import SetId
from quizapp.storage.sets import SetDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDesk:
    """The questions of a draft with their facts, and what is wrong with the facts."""

    details: SetDetails
    draft: Draft
    found: Inspection
    release: Release

    @property
    def pack(self) -> Pack:
        """The accepted facts."""
        return self.found.pack


def look_at_questions(session: Session, person: Account, set_id: SetId) -> QuestionDesk:
    """Return what a draft would ask: up to ten statements.

    Raises:
        NotFoundError: no such set for this person.
    """
    details, draft = get_draft(session, person, set_id)
    found = inspect_draft(draft)
    release = prepare_release(session, draft, details.key, found.pack)
    return QuestionDesk(details=details, draft=draft, found=found, release=release)


def undo_choice(
    session: Session, person: Account, set_id: SetId, key: str, now: datetime
) -> tuple[str, ...]:
    """Take the decision on a question back, or if there is none the latest; return the keys.

    What was decided at once is taken back at once.

    Raises:
        ConflictError: nothing is decided.
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    decided = [one for one in draft.questions if one.state != "proposed" and one.body is None]
    keys = tuple(one.key for one in decided if one.key == key) or _list_latest(decided)
    if not keys:
        raise ConflictError("Nothing is decided yet that could be taken back.")
    decide_questions(session, person, set_id, keys, "proposed", now=now)
    return keys


def _list_latest(decided: list[DraftQuestion]) -> tuple[str, ...]:
    instants = [one.decided_at for one in decided if one.decided_at is not None]
    latest = max(instants, default=None)
    return tuple(one.key for one in decided if one.decided_at == latest)
