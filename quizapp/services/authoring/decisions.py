"""What a decision on a fact leaves in the log of its set, so that it can be taken back."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from quizapp.services.authoring.conflicting import LINKS, list_links, part_rivals
from quizapp.storage.drafts import Draft, DraftEntity, DraftFact, State
from quizapp.storage.tables.content import JsonObject

ACCEPTED, EDITED, ADDED, DROPPED = "accepted fact", "edited fact", "added fact", "dropped fact"
UNDONE = "undid fact"
_STATES: tuple[State, ...] = ("proposed", "accepted", "dropped")


def keep_decision(
    draft: Draft, former: DraftFact, fact: DraftFact, entities: Iterable[DraftEntity] = ()
) -> JsonObject:
    """Return what is needed to take a decision back: the fact before it, the names it touched.

    `draft` is that before the decision, `fact` what came of it, `entities` those made or changed.
    """
    known = {one.key: one.body for one in draft.entities}
    return {
        "before": {
            "state": former.state,
            "body": part_rivals(draft, former).body,
            "decided_at": former.decided_at.isoformat() if former.decided_at else None,
        },
        "after": digest_fact(fact),
        "newer": [one.key for one in draft.facts if former.key in list_links(one, "supersedes")],
        "names": {one.key: {"before": known.get(one.key), "after": one.body} for one in entities},
    }


def digest_fact(fact: DraftFact) -> str:
    """Return a digest of what a fact says and was decided, whatever other facts it names."""
    body = {name: part for name, part in fact.body.items() if name not in LINKS}
    content = json.dumps([fact.state, body], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def read_before(fact: DraftFact, detail: JsonObject) -> DraftFact | None:
    """Return the fact as it was before a decision; None if it changed since."""
    before = detail.get("before")
    if not isinstance(before, dict) or detail.get("after") != digest_fact(fact):
        return None
    state, body, decided = (before.get(name) for name in ("state", "body", "decided_at"))
    if state not in _STATES or not isinstance(body, dict):
        return None
    at = datetime.fromisoformat(decided) if isinstance(decided, str) else None
    return replace(fact, state=state, body=body, decided_at=at)


def list_newer(detail: JsonObject) -> list[str]:
    """Return the facts that superseded the one that was decided on."""
    newer = detail.get("newer")
    return [str(one) for one in newer] if isinstance(newer, list) else []


def supersede(fact: DraftFact, key: str) -> DraftFact:
    """Return a fact that supersedes another, besides those that it does already."""
    links = list_links(fact, "supersedes")
    return fact if key in links else replace(fact, body={**fact.body, "supersedes": [*links, key]})
