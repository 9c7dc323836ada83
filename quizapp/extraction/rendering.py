"""What was found, as plain data: entities by id, and facts in the keys of a fact pack."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.extraction.names import fold_name, guess_type
from quizapp.extraction.proposals import Named, Proposal
from quizapp.extraction.proposing import Extraction
from quizapp.extraction.typing import list_named
from quizapp.facts.folding import fold
from quizapp.facts.values import PartialDate, Quantity, Words

_NOT_ID = re.compile(r"[^a-z0-9]+")
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entity as it would stand in a pack; `mentions` counts its name in the article."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    the: bool
    mentions: int


class Naming:
    """Gives every name of an extraction its id.

    Names that differ in case or accents share one, and so do those with and without "the": a title
    may be written with it, and the names of the text are not.
    """

    def __init__(self, found: Extraction) -> None:
        self.found = found
        self.entries: dict[str, Entry] = {}
        ids: set[str] = set()
        known = {fold_name(name.text): name for name in found.names}
        for written in dict.fromkeys(_list_names(found)):
            key = fold_name(written)
            if key in self.entries or written in found.explained:
                continue
            listed = known.get(key)
            name = written if listed is None or fold(written) == key else listed.text
            self.entries[key] = Entry(
                id=_make_id(name, ids),
                name=name,
                type=found.types.get(key) or guess_type(name) or "thing",
                aliases=tuple(
                    one for one, full in found.explained.items() if fold_name(full) == key
                ),
                the=listed is not None and listed.the,
                mentions=0 if listed is None else listed.count,
            )

    def id_of(self, name: str) -> str:
        """Return the id of a name."""
        return self.entries[fold_name(self.found.explained.get(name, name))].id

    def list_suggestions(self, entry: Entry) -> list[Plain]:
        """Return the other ways in which the entity is probably written, with the reasons."""
        key, explained = fold_name(entry.name), self.found.explained
        return [
            {"name": one.short, "entity": self.id_of(one.short), "reason": one.reason}
            for one in self.found.suggestions
            if fold_name(one.name) == key and one.short not in explained
        ]


def list_facts(found: Extraction, naming: Naming) -> list[dict[str, Plain]]:
    """Return the proposed facts with the keys of a pack; what is not told is None or empty."""
    return [
        {
            "id": f"f{number:03}",
            "s": None if one.subject is None else naming.id_of(one.subject),
            "p": one.predicate,
            "v": render_value(one, naming),
            "set": "open" if one.closed is False else None,
            "as_of": _write(one.as_of),
            "from": _write(one.since),
            "to": _write(one.until),
            "said": [naming.id_of(name) for name in one.said],
            "status": one.status,
            "quote": one.quote,
            "section": one.sentence.section,
            "paragraph": one.sentence.paragraph,
            "start": one.sentence.offset,
            "end": one.sentence.offset + len(one.quote),
            "rule": one.rule,
            "review": "; ".join(one.review) or None,
            "missing": list(one.missing),
        }
        for number, one in enumerate(found.proposals, start=1)
    ]


def render_value(proposal: Proposal, naming: Naming) -> Plain:
    """Return a value as it stands in a pack: every figure is a string of digits."""
    value = proposal.value
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Words):
        return value.text
    if isinstance(value, Quantity):
        return _render_quantity(value)
    if isinstance(value, Named):
        return naming.id_of(value.name)
    return [naming.id_of(one.name) for one in value]


def render_entities(naming: Naming) -> dict[str, Plain]:
    """Return every name of the article by its id, with what it may be another name of."""
    return {
        entry.id: {
            "type": entry.type,
            "name": entry.name,
            "aliases": list(entry.aliases),
            "the": entry.the,
            "mentions": entry.mentions,
            "suggestions": naming.list_suggestions(entry),
        }
        for entry in naming.entries.values()
    }


def render_article(found: Extraction) -> dict[str, Plain]:
    """Return the article's text, into which `start` and `end` of facts point, and its sections."""
    article = found.document.article
    return {
        "title": article.title,
        "text": found.document.text,
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "paragraphs": [
                    {"number": one.number, "start": one.start, "end": one.end}
                    for one in section.paragraphs
                ],
            }
            for section in article.sections
        ],
    }


def _render_quantity(value: Quantity) -> dict[str, Plain]:
    rendered: dict[str, Plain] = (
        {"range": [f"{value.low:f}", f"{value.high:f}"]}
        if value.is_range
        else {"n": f"{value.low:f}"}
    )
    if value.comparison != "=":
        rendered["cmp"] = value.comparison
    if value.unit:
        rendered["unit"] = value.unit
    return rendered


def _write(date: PartialDate | None) -> str | None:
    return None if date is None else date.iso


def _list_names(found: Extraction) -> Iterator[str]:
    yield found.document.article.title
    for proposal in found.proposals:
        yield from filter(None, (proposal.subject, *list_named(proposal), *proposal.said))
    yield from (name.text for name in found.names)


def _make_id(name: str, taken: set[str]) -> str:
    base = _NOT_ID.sub("_", fold(name)).strip("_")[:40] or "name"
    identity, number = base, 1
    while identity in taken:
        number += 1
        identity = f"{base}_{number}"
    taken.add(identity)
    return identity
