"""A fact pack to begin with: the proposals that are whole, each one still to be reviewed."""

import yaml

from quizapp.extraction.proposals import Proposal
from quizapp.extraction.proposing import Extraction, are_rivals
from quizapp.extraction.rendering import Entry, Naming, Plain, list_facts
from quizapp.extraction.typing import fits_types
from quizapp.facts.folding import fold
from quizapp.facts.model import PredicateName
from quizapp.facts.origin_reader import ARTICLE_FILE, FORMAT
from quizapp.facts.predicates import list_shipped_predicates

_HEAD = """# Proposed by `quizapp facts read`; nobody has reviewed it. Compare each fact with its
# quote, and take the note that begins with "Review" away when it is settled. Then run
# `quizapp facts check`.
"""
_UNSTATED = "not stated"
_WIDTH = 110
_GONE = frozenset({"died_on", "died_in", "dissolved_on"})
"""Predicates after which their subject is no more, and is told of in the past."""
_KEPT = ("set", "as_of", "from", "to", "said")


def write_skeleton(found: Extraction) -> str:
    """Return a facts.yaml that stands beside the article's text in `article.md`.

    Proposals without a subject, or with a name of the wrong sort, are told in comments at the end.
    """
    naming = Naming(found)
    facts = list_facts(found, naming)
    predicates = list_shipped_predicates()
    kept = [
        position
        for position, one in enumerate(found.proposals)
        if one.subject is not None and fits_types(one, predicates, found.types)
    ]
    entries = [_write_whole(found, facts, position, kept) for position in kept]
    title = found.document.article.title
    document: dict[str, Plain] = {
        "format": FORMAT,
        "title": title,
        "source": {
            "id": naming.id_of(title),
            "title": title,
            "publisher": _UNSTATED,
            "licence": _UNSTATED,
            "article": ARTICLE_FILE,
        },
        "entities": _write_entities(naming, entries),
        "facts": list(entries),
    }
    left = [facts[position] for position in range(len(facts)) if position not in kept]
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return _HEAD + text + "".join(map(_write_comment, left))


def write_fact(found: Extraction, fact: dict[str, Plain], one: Proposal) -> dict[str, Plain]:
    """Return a proposal as its entry in facts.yaml; what it does not tell is left out."""
    entry = {key: fact[key] for key in ("id", "s", "p", "v") if fact[key] is not None}
    entry |= {key: fact[key] for key in _KEPT if fact[key]}
    if one.status != "stated":
        entry["status"] = one.status
    paragraph = found.document.article.find_paragraph(one.sentence.section, one.sentence.paragraph)
    assert paragraph is not None
    entry["at"] = {
        "section": one.sentence.section,
        "para": str(one.sentence.paragraph),
        "quote": one.quote,
        "hash": paragraph.digest,
    }
    return entry


def _write_whole(
    found: Extraction, facts: list[dict[str, Plain]], position: int, kept: list[int]
) -> dict[str, Plain]:
    fact, one = facts[position], found.proposals[position]
    entry = write_fact(found, fact, one)
    place = entry.pop("at")
    rivals: list[Plain] = [
        facts[other]["id"]
        for other in kept
        if _share_slot(one, found.proposals[other]) and are_rivals(one, found.proposals[other])
    ]
    if rivals:
        entry["conflicts"] = rivals
    if one.review:
        entry["note"] = f"Review: {fact['review']}"
    entry["at"] = place
    return entry


def _share_slot(one: Proposal, other: Proposal) -> bool:
    functional = list_shipped_predicates()[PredicateName(one.predicate)].functional
    same = one.predicate == other.predicate and fold(one.subject or "") == fold(other.subject or "")
    return functional and same


def _list_used(entries: list[dict[str, Plain]]) -> set[Plain]:
    """Every string that may be the id of an entity in a fact."""
    used: set[Plain] = set()
    for entry in entries:
        for key in ("s", "v", "said"):
            value = entry.get(key)
            members = value if isinstance(value, list) else [value]
            used |= {member for member in members if isinstance(member, str)}
    return used


def _write_entities(naming: Naming, facts: list[dict[str, Plain]]) -> dict[str, Plain]:
    used = _list_used(facts)
    gone = list_gone(facts)
    return {
        entry.id: write_entity(entry, past=entry.id in gone)
        for entry in naming.entries.values()
        if entry.id in used
    }


def list_gone(facts: list[dict[str, Plain]]) -> set[Plain]:
    """Return the ids of those of whom the facts tell that they are no more."""
    return {
        fact["s"] for fact in facts if "s" in fact and fact["p"] in _GONE and "said" not in fact
    }


def write_entity(entry: Entry, *, past: bool) -> dict[str, Plain]:
    """Return a name as its entry in facts.yaml; `past` tells that what it names is no more."""
    event = entry.type == "event" and entry.the  # which carries its article in its name
    fields: dict[str, Plain] = {"type": entry.type, "name": entry.name}
    if event:
        fields |= {"name": f"the {entry.name}", "aliases": [entry.name, *entry.aliases]}
    elif entry.aliases:
        fields["aliases"] = list(entry.aliases)
    if entry.the and not event:
        fields["the"] = "yes"
    if past:
        fields["past"] = "yes"
    if entry.type == "place":
        fields["place"] = "place"
    return fields


def _write_comment(fact: dict[str, Plain]) -> str:
    return f"# left out {fact['id']}: {fact['p']}, {fact['v']}; {fact['review']}\n"
