"""People decide on the facts of a draft: accept, change, drop, or add their own."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.facts.article import Article, read_article
from quizapp.services.authoring.checking_facts import FieldProblem, check_entry, list_predicates
from quizapp.services.authoring.conflicting import list_changed, relink, swap_fact, unlink
from quizapp.services.authoring.decisions import (
    ACCEPTED,
    ADDED,
    DROPPED,
    EDITED,
    keep_decision,
)
from quizapp.services.authoring.drafting import open_draft
from quizapp.services.authoring.entries import Entered, Entry, read_entry
from quizapp.services.authoring.marking import list_doubts
from quizapp.services.authoring.naming import NameBook, list_mentioned
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import (
    Draft,
    DraftFact,
    change_draft,
    put_entities,
    put_facts,
)
from quizapp.storage.ids import SetId
from quizapp.storage.sets import add_change

_NO_FACT = "There is no such fact in this draft."


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What came of a form: the key of the fact, and the problems for which nothing was stored."""

    key: str
    problems: tuple[FieldProblem, ...] = ()


def find_fact(draft: Draft, key: str) -> DraftFact:
    """Return a fact of a draft.

    Raises:
        NotFoundError: it has none with this key.
    """
    found = next((one for one in draft.facts if one.key == key), None)
    if found is None:
        raise NotFoundError(_NO_FACT)
    return found


def enter(draft: Draft, fact: DraftFact, entry: Entry) -> tuple[Draft, DraftFact, Entered]:
    """Return the draft and the fact as a form would make them, and what it makes of them.

    Both as if the fact were accepted: it names its rivals, and they name it.
    """
    book = NameBook(draft.entities, draft.article, _list_settled(draft, fact.key))
    digest = find_digest(read_article(draft.article), entry)
    entered = read_entry(entry, fact.body, book, list_predicates(draft), digest)
    changed = {one.key: one for one in entered.entities}
    kept = [changed.pop(one.key, one) for one in draft.entities]
    entities = (*kept, *changed.values())
    accepted = replace(fact, state="accepted", body=entered.body)
    linked = relink(draft, swap_fact(replace(draft, entities=entities), accepted), [fact.key])
    return linked, replace(fact, body=find_fact(linked, fact.key).body), entered


def _list_settled(draft: Draft, but: str) -> frozenset[str]:
    """The keys that stand in accepted facts other than one."""
    accepted = [one for one in draft.facts if one.state == "accepted" and one.key != but]
    return frozenset(key for fact in accepted for key in list_mentioned(fact.body))


def find_digest(article: Article, entry: Entry) -> str:
    """Return the hash of the paragraph that an entry quotes; empty if there is none."""
    number = int(entry.paragraph) if entry.paragraph.isdecimal() else 0
    paragraph = article.find_paragraph(entry.section, number)
    return "" if paragraph is None else paragraph.digest


def save_fact(
    session: Session,
    person: Account,
    set_id: SetId,
    key: str,
    entry: Entry,
    *,
    accept: bool,
    now: datetime,
) -> Saved:
    """Store a fact as a form gives it, and accept it if that is wanted and nothing is wrong.

    What is only saved may be incomplete, and goes on as it was decided, unless it cannot be
    accepted any more.

    Raises:
        NotFoundError: there is no such fact; and as `open_draft`.
        ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    former = find_fact(draft, key)
    entered_draft, fact, entered = enter(draft, former, entry)
    if accept or former.state == "accepted":
        problems = check_entry(entered_draft, fact, entry)
        if problems:
            return Saved(key=key, problems=problems)
        decided = replace(fact, state="accepted", decided_at=now) if accept else fact
        after = swap_fact(entered_draft, decided)
    else:
        decided = replace(former, body=entered.body)
        after = swap_fact(draft, decided)
    put_entities(session, set_id, entered.entities)
    put_facts(session, set_id, list_changed(draft, after), person.id)
    change_draft(session, set_id, person.id, now)
    detail = keep_decision(draft, former, decided, entered.entities)
    add_change(session, set_id, person.id, now, ACCEPTED if accept else EDITED, key, detail)
    return Saved(key=key)


def drop_fact(session: Session, person: Account, set_id: SetId, key: str, now: datetime) -> None:
    """Drop a fact; those that named it do so no more.

    Raises:
        NotFoundError: there is no such fact; and as `open_draft`.
        ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    fact = find_fact(draft, key)
    dropped = replace(fact, state="dropped", decided_at=now)
    freed = replace(draft, facts=tuple(unlink(one, key) for one in draft.facts))
    after = relink(draft, swap_fact(freed, dropped), [key])
    put_facts(session, set_id, list_changed(draft, after), person.id)
    change_draft(session, set_id, person.id, now)
    detail = keep_decision(draft, fact, find_fact(after, key))
    add_change(session, set_id, person.id, now, DROPPED, key, detail)


def add_fact(
    session: Session, person: Account, set_id: SetId, entry: Entry, now: datetime
) -> Saved:
    """Store a fact that somebody read from the article; it is accepted by that.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    blank = make_blank(draft, entry)
    entered_draft, fact, entered = enter(draft, blank, entry)
    problems = check_entry(entered_draft, fact, entry)
    if problems:
        return Saved(key="", problems=problems)
    added = replace(fact, state="accepted", decided_at=now)
    put_entities(session, set_id, entered.entities)
    changed = list_changed(draft, swap_fact(entered_draft, added))
    put_facts(session, set_id, changed, person.id)
    change_draft(session, set_id, person.id, now)
    detail = keep_decision(draft, replace(blank, body=entered.body), added)
    add_change(session, set_id, person.id, now, ADDED, fact.key, detail)
    return Saved(key=fact.key)


def make_blank(draft: Draft, entry: Entry) -> DraftFact:
    """Return an empty fact with a key of its own, in its place among those of the article."""
    taken = {one.key for one in draft.facts}
    number = len(taken) + 1
    while f"f{number:03}" in taken:
        number += 1
    article = read_article(draft.article)
    here = _place_of(article, entry.section, entry.paragraph, entry.quote)
    before = [one.position for one in draft.facts if _place_of_fact(article, one) <= here]
    position = max(before, default=0)
    return DraftFact(
        key=f"f{number:03}",
        position=position,
        state="proposed",
        body={},
        origin="hand",
        reasons=list_doubts(draft, entry),
    )


def _place_of(article: Article, section: str, paragraph: str, quote: str) -> tuple[int, int, int]:
    titles = [one.title for one in article.sections]
    number = int(paragraph) if paragraph.isdecimal() else 0
    found = article.find_paragraph(section, number)
    start = found.text.find(quote) if found else 0
    return (titles.index(section) if section in titles else len(titles), number, start)


def _place_of_fact(article: Article, fact: DraftFact) -> tuple[int, int, int]:
    at = fact.body.get("at")
    place = at if isinstance(at, dict) else {}
    texts = (str(place.get(key) or "") for key in ("section", "para", "quote"))
    return _place_of(article, *texts)
