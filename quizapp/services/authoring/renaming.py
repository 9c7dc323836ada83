"""Names of a draft are merged, kept apart, written otherwise, or said to be something else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError, NotFoundError
from quizapp.facts.folding import fold
from quizapp.services.authoring.conflicting import list_changed, relink, swap_fact
from quizapp.services.authoring.drafting import open_draft
from quizapp.services.authoring.naming import ENTITY_TYPES, list_spellings, retype
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
from quizapp.storage.ids import SetId
from quizapp.storage.sets import add_change

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChange:
    """What an entity is to be called, what it is, and how else it is written."""

    name: str
    type: str
    aliases: tuple[str, ...]


def find_entity(draft: Draft, key: str) -> DraftEntity:
    """Return an entity of a draft.

    Raises:
        NotFoundError: it has none with this key.
    """
    found = next((one for one in draft.entities if one.key == key), None)
    if found is None:
        raise NotFoundError("There is no such name in this draft.")
    return found


def merge_names(
    session: Session, person: Account, set_id: SetId, keep: str, gone: str, now: datetime
) -> None:
    """Make two entities one, which is called as the first; all facts follow.

    Raises:
        InvalidError: both are the same already.
        NotFoundError: there is no such entity; and as `open_draft`.
        ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    first, second = find_entity(draft, keep), find_entity(draft, gone)
    if keep == gone:
        raise InvalidError("Choose two different names.")
    spellings = [*list_spellings(first.body), *list_spellings(second.body)][1:]
    merged = {**first.body, "aliases": _list_unlike(str(first.body["name"]), spellings)}
    hints = tuple({*first.suggestions, *second.suggestions} - {keep, gone})
    others = [one for one in draft.entities if one.key not in (keep, gone)]
    kept = replace(first, body=merged, suggestions=tuple(sorted(hints)))
    changed = [_point_elsewhere(one, gone, keep) for one in others]
    followed = _list_following(draft, gone, keep)
    after = replace(draft, entities=(kept, *changed))
    for fact in followed:
        after = swap_fact(after, fact)
    after = relink(draft, after, [fact.key for fact in followed])
    delete_entities(session, set_id, [gone])
    put_entities(session, set_id, [kept, *(new for new in changed if new not in others)])
    put_facts(session, set_id, list_changed(draft, after), person.id)
    change_draft(session, set_id, person.id, now)
    add_change(session, set_id, person.id, now, "merged names", keep, {"gone": gone})


def part_names(
    session: Session, person: Account, set_id: SetId, one: str, other: str, now: datetime
) -> None:
    """Suggest no more that two entities may be one.

    Raises:
        NotFoundError: there is no such entity; and as `open_draft`.
        ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    pairs = ((one, other), (other, one))
    put_entities(session, set_id, [_forget(find_entity(draft, a), b) for a, b in pairs])
    change_draft(session, set_id, person.id, now)
    add_change(session, set_id, person.id, now, "parted names", one, {"other": other})


def change_name(
    session: Session, person: Account, set_id: SetId, key: str, change: NameChange, now: datetime
) -> None:
    """Call an entity otherwise, or say that it is something else.

    Raises:
        InvalidError: there is no name, or another entity has it already.
        NotFoundError: there is no such entity; and as `open_draft`.
        ForbiddenError, ConflictError: as `open_draft`.
    """
    draft = open_draft(session, person, set_id, now)
    entity = find_entity(draft, key)
    name = _check_name(draft, entity, change.name)
    body = {**entity.body, "name": name}
    body.pop("aliases", None)
    aliases = _list_unlike(name, list(change.aliases))
    if aliases:
        body["aliases"] = aliases
    if change.type in ENTITY_TYPES and change.type != body.get("type"):
        body = retype(body, change.type)
    put_entities(session, set_id, [replace(entity, body=body)])
    change_draft(session, set_id, person.id, now)
    add_change(session, set_id, person.id, now, "changed name", key)


def list_suggestions(draft: Draft) -> Iterator[tuple[DraftEntity, DraftEntity]]:
    """Yield the pairs of entities that may be one, the fuller name first."""
    known = {one.key: one for one in draft.entities}
    for one in draft.entities:
        for other in one.suggestions:
            if other in known:
                yield one, known[other]


def _check_name(draft: Draft, entity: DraftEntity, name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise InvalidError("Give the name.")
    if len(plain) > _LONGEST_NAME:
        raise InvalidError(f"A name has at most {_LONGEST_NAME} characters.")
    others = (one for one in draft.entities if one.key != entity.key)
    if any(fold(str(one.body.get("name"))) == fold(plain) for one in others):
        raise InvalidError("Another entry has this name; merge the two instead.")
    return plain


def _list_unlike(name: str, spellings: list[str]) -> list[str]:
    """Return each spelling once, without those that fold to the name."""
    first = {fold(one): one for one in reversed(spellings)}
    return [one for one in dict.fromkeys(spellings) if first[fold(one)] == one and one != name]


def _forget(entity: DraftEntity, other: str) -> DraftEntity:
    return replace(entity, suggestions=tuple(one for one in entity.suggestions if one != other))


def _point_elsewhere(entity: DraftEntity, gone: str, keep: str) -> DraftEntity:
    """Let an entity that names the one that is gone name the other."""
    body = {
        key: _swap(value, gone, keep) if key in ("same_as", "differs_from") else value
        for key, value in entity.body.items()
    }
    hints = dict.fromkeys(keep if one == gone else one for one in entity.suggestions)
    return replace(entity, body=body, suggestions=tuple(one for one in hints if one != entity.key))


def _list_following(draft: Draft, gone: str, keep: str) -> list[DraftFact]:
    """The facts that named the one that is gone, which name the other now."""
    changed = []
    for fact in draft.facts:
        body = {
            key: _swap(value, gone, keep) if key in ("s", "v", "said") else value
            for key, value in fact.body.items()
        }
        if body != fact.body:
            changed.append(replace(fact, body=body))
    return changed


def _swap(value: object, gone: str, keep: str) -> object:
    if isinstance(value, list):
        return list(dict.fromkeys(keep if one == gone else one for one in value))
    if isinstance(value, Mapping):
        return {key: keep if key == "of" and one == gone else one for key, one in value.items()}
    return keep if value == gone else value
