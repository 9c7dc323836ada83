"""What was found in an article, as the parts of a draft that people are to review."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from quizapp.extraction.proposals import Proposal
from quizapp.extraction.proposing import Extraction
from quizapp.extraction.rendering import Naming, list_facts
from quizapp.extraction.skeleton import list_gone, write_entity, write_fact
from quizapp.facts.folding import fold
from quizapp.storage.drafts import DraftEntity, DraftFact

_MISSING = {
    "s": "the sentence does not name whom or what it is about; name it",
    "said": "the sentence does not name who says so; name them",
}


def propose_parts(found: Extraction) -> tuple[tuple[DraftEntity, ...], tuple[DraftFact, ...]]:
    """Return every name of the article with those it may be, and every proposed fact.

    A fact may be incomplete: a subject that the sentence does not name is left out.
    """
    naming = Naming(found)
    shorts: dict[str, list[str]] = {}
    for one in found.suggestions:
        shorts.setdefault(fold(one.name), []).append(one.short)
    rendered = list_facts(found, naming)
    bodies = [
        write_fact(found, fact, one) for fact, one in zip(rendered, found.proposals, strict=True)
    ]
    gone = list_gone(bodies)
    entities = tuple(
        DraftEntity(
            key=entry.id,
            position=position,
            body={**write_entity(entry, past=entry.id in gone)},
            suggestions=_list_suggestions(found, naming, entry.name, shorts),
        )
        for position, entry in enumerate(naming.entries.values())
    )
    facts = tuple(
        DraftFact(
            key=str(body.pop("id")),
            position=position,
            state="proposed",
            body={**body},
            origin="rule" if one.provenance is None else "model",
            rule=one.rule,
            reasons=list_reasons(one),
            provenance=None if one.provenance is None else asdict(one.provenance),
        )
        for position, (body, one) in enumerate(zip(bodies, found.proposals, strict=True))
    )
    return entities, facts


def list_reasons(one: Proposal) -> tuple[str, ...]:
    """Return why a proposal is to be looked at, in words."""
    missing = tuple(_MISSING[key] for key in one.missing if key in _MISSING)
    return tuple(dict.fromkeys((*one.review, *missing)))


def _list_suggestions(
    found: Extraction, naming: Naming, name: str, shorts: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """`shorts` holds the other ways in which a folded name is probably written."""
    others = [short for short in shorts.get(fold(name), ()) if short not in found.explained]
    keys = [naming.id_of(short) for short in others]
    own = naming.id_of(name)
    return tuple(dict.fromkeys(key for key in keys if key != own))
