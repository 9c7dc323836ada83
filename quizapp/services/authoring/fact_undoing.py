"""The last decision on a fact is taken back: its text, its state and the names it made."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError
from quizapp.services.authoring.checking_facts import inspect_fact
from quizapp.services.authoring.conflicting import list_changed, relink, swap_fact, unlink
from quizapp.services.authoring.decisions import (
    ACCEPTED,
    ADDED,
    DROPPED,
    EDITED,
    UNDONE,
    list_newer,
    read_before,
    supersede,
)
from quizapp.services.authoring.drafting import open_draft
from quizapp.services.authoring.naming import list_mentioned
from quizapp.services.authoring.reviewing import find_fact
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import (
    Draft,
    DraftEntity,
    DraftFact,
    change_draft,
    delete_entities,
    put_entities,
    put_facts,
)
from quizapp.storage.fact_decisions import Decision, find_last_decision
from quizapp.storage.ids import SetId
from quizapp.storage.sets import add_change
from quizapp.storage.tables.content import JsonObject

_DECIDING = (ACCEPTED, EDITED, ADDED, DROPPED)
_UNDOING = (UNDONE, "proposed fact")


def undo_decision(session: Session, person: Account, set_id: SetId, key: str, now: datetime) -> str:
    """Take the last decision on a fact back, or if there is none the latest of all; return its key.

    The fact is again as it was before. One that was changed since by other means, or that nobody
    decided on, is to be reviewed again as it is.

    Raises:
        NotFoundError: there is no such fact.
        ConflictError: nothing is decided.
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    fact = find_fact(draft, key)
    found = _find(session, set_id, [key])
    if found is None and fact.state == "proposed":
        found = _find(session, set_id, [one.key for one in draft.facts])
        if found is None:
            raise ConflictError("Nothing is decided yet that could be taken back.")
        fact = find_fact(draft, found.key)
    detail: JsonObject = {} if found is None else found.detail
    reverted = _revert_names(draft, fact.key, detail)
    restored = _restore(reverted, fact, detail)
    put_facts(session, set_id, list_changed(draft, restored), person.id)
    kept = {one.key for one in restored.entities}
    delete_entities(session, set_id, [one.key for one in draft.entities if one.key not in kept])
    put_entities(session, set_id, [one for one in restored.entities if one not in draft.entities])
    change_draft(session, set_id, person.id, now)
    add_change(session, set_id, person.id, now, UNDONE, fact.key)
    return fact.key


def _find(session: Session, set_id: SetId, keys: list[str]) -> Decision | None:
    return find_last_decision(session, set_id, keys, actions=_DECIDING, undoing=_UNDOING)


def _restore(draft: Draft, fact: DraftFact, detail: JsonObject) -> Draft:
    """Return the draft with the fact as it was; accepted only if nothing is wrong with it now."""
    open_again = replace(fact, state="proposed", decided_at=None)
    before = read_before(fact, detail) or open_again
    linked = _link(draft, before, detail)
    if before.state != "accepted":
        return linked
    faults = inspect_fact(linked, find_fact(linked, fact.key)).faults
    if any(getattr(fault, "fact", None) == fact.key for fault in faults):
        return _link(draft, replace(before, state="proposed", decided_at=None), detail)
    return linked


def _link(draft: Draft, fact: DraftFact, detail: JsonObject) -> Draft:
    if fact.state == "accepted":
        newer = list_newer(detail)
        again = (one.state == "accepted" and one.key in newer for one in draft.facts)
        pairs = zip(draft.facts, again, strict=True)
        facts = [supersede(one, fact.key) if named else one for one, named in pairs]
    else:
        facts = [unlink(one, fact.key) for one in draft.facts]
    return relink(draft, swap_fact(replace(draft, facts=tuple(facts)), fact), [fact.key])


def _revert_names(draft: Draft, key: str, detail: JsonObject) -> Draft:
    """Return the draft with the names as they were that the decision made or changed.

    A name that was changed since, or that other facts need as it is, stays.
    """
    names = detail.get("names")
    others = [one for one in draft.facts if one.key != key]
    used = _list_used(others)
    settled = _list_used(one for one in others if one.state == "accepted")
    entities: list[DraftEntity] = []
    for one in draft.entities:
        touched = names.get(one.key) if isinstance(names, dict) else None
        before = touched.get("before") if isinstance(touched, dict) else None
        if not isinstance(touched, dict) or touched.get("after") != one.body:
            entities.append(one)
        elif isinstance(before, dict):
            entities.append(one if one.key in settled else replace(one, body=before))
        elif one.key in used:
            entities.append(one)
    return replace(draft, entities=tuple(entities))


def _list_used(facts: Iterable[DraftFact]) -> set[str]:
    return {key for fact in facts for key in list_mentioned(fact.body)}
