"""The questions of a draft, as a list that can be searched."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.facts.folding import fold
from quizapp.services.authoring.drafting import get_draft
from quizapp.services.authoring.packing import NOT_DROPPED, DraftItem, inspect_draft
from quizapp.services.authoring.releasing import prepare_release
from quizapp.storage.accounts import Account
from quizapp.storage.ids import SetId
from quizapp.storage.sets import SetDetails

ITEMS_A_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """A page of a draft's questions that match; `matches` counts all that do, `total` all."""

    details: SetDetails
    title: str
    items: tuple[DraftItem, ...]
    page: int
    pages: int
    matches: int
    total: int


def list_items(
    session: Session,
    person: Account,
    set_id: SetId,
    *,
    search: str = "",
    kind: str = "",
    state: str = "",
    page: int = 1,
) -> ItemList:
    """Return a page of a draft's questions, those from facts first: up to nine statements.

    `search` is looked for in stem, answers and tags, `kind` and `state` keep those of one kind or
    state (empty: any).

    Raises:
        NotFoundError: no such set for this person.
    """
    details, draft = get_draft(session, person, set_id)
    pack = inspect_draft(draft, NOT_DROPPED).pack
    found = prepare_release(session, draft, details.key, pack).questions.items
    matching = [
        item
        for item in found
        if _matches(item, fold(search).split())
        and kind in ("", item.question.kind)
        and state in ("", item.state)
    ]
    start = (page - 1) * ITEMS_A_PAGE
    return ItemList(
        details=details,
        title=draft.title,
        items=tuple(matching[start : start + ITEMS_A_PAGE]),
        page=page,
        pages=max(1, -(-len(matching) // ITEMS_A_PAGE)),
        matches=len(matching),
        total=len(found),
    )


def _matches(item: DraftItem, words: Iterable[str]) -> bool:
    question = item.question
    text = fold(" ".join((question.stem, question.answer, *question.accept, *question.tags)))
    return all(word in text for word in words)
