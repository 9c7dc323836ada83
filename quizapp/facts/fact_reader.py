"""Reading the facts of a pack, each checked against predicate, other facts and article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

from quizapp.facts.article import Article, Locator
from quizapp.facts.model import Entity, Fact, FactId, Predicate, PredicateName, Status
from quizapp.facts.schema import Reader, suggest
from quizapp.facts.templates import Slot, split_template
from quizapp.facts.value_reader import ValueReader, read_date
from quizapp.facts.values import EntityId, PartialDate, Quantity
from quizapp.facts.yaml_reader import Fields, Items, Node, Scalar

STATUSES: tuple[Status, ...] = get_args(Status)
FACT_KEYS = (
    "id",
    "s",
    "p",
    "v",
    "set",
    "as_of",
    "from",
    "to",
    "said",
    "status",
    "conflicts",
    "supersedes",
    "importance",
    "note",
    "at",
)
FACT_NEEDS = ("id", "s", "p", "v", "at")
PLACE_KEYS = ("section", "para", "quote", "hash")
PLACE_NEEDS = ("section", "para", "quote")
SETS: Mapping[str, bool] = {"open": False, "closed": True}
IMPORTANCES: Mapping[str, int] = {"1": 1, "2": 2, "3": 3}
MOST_PARAGRAPH_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _Draft:
    """A fact with the place of its fields, for the checks that need all facts."""

    fact: Fact
    fields: Fields


class FactReader:
    """Reads the facts of one pack; `located` tells that their quotes have been found already."""

    def __init__(
        self,
        reader: Reader,
        *,
        entities: Mapping[EntityId, Entity],
        predicates: Mapping[PredicateName, Predicate],
        article: Article,
        located: bool = False,
    ) -> None:
        self.reader = reader
        self.located = located
        self.values = ValueReader(reader, entities)
        self.predicates = predicates
        self.article = article

    def read(self, node: Node | None) -> tuple[Fact, ...]:
        """Return the facts of a list; faults go to the reader, a faulty fact is left out."""
        if not isinstance(node, Items):
            if node is not None:
                self.reader.report(node, "facts must be a list; begin each with `- id:`")
            return ()
        found = [self._read_fact(item, order) for order, item in enumerate(node.items)]
        drafts = [draft for draft in found if draft is not None]
        self._check_ids(drafts)
        facts = {draft.fact.id: draft.fact for draft in drafts}
        for draft in drafts:
            self.reader.fact = draft.fact.id
            self._check_links(draft, facts)
        self.reader.fact = None
        return tuple(draft.fact for draft in drafts)

    def _read_fact(self, node: Node, order: int) -> _Draft | None:
        self.reader.fact = _find_id(node)
        fields = self.reader.fields(node, "fact", FACT_KEYS, FACT_NEEDS)
        predicate = self._find_predicate(fields)
        subject = self._find_subject(fields, predicate)
        locator = self._read_locator(fields)
        identity = self.reader.text(fields, "id")
        rest = self._read_rest(fields)
        if predicate is None or "v" not in fields.entries:
            return None
        value = self.values.read(fields.entries["v"], predicate)
        if subject is None or locator is None or identity is None or value is None:
            return None
        fact = rest(
            id=FactId(identity),
            subject=subject.id,
            predicate=predicate.name,
            value=value,
            at=locator,
            order=order,
            line=fields.line,
        )
        draft = _Draft(fact, fields)
        self._check_needs(draft, predicate)
        return draft

    def _read_rest(self, fields: Fields) -> partial[Fact]:
        """Read what every fact may have, so that its faults are told even if the value is lost."""
        dates = {name: read_date(self.reader, fields, name) for name in ("as_of", "from", "to")}
        self._check_period(fields, dates)
        set_word = self.reader.choice(fields, "set", SETS)
        importance = self.reader.choice(fields, "importance", IMPORTANCES)
        return partial(
            Fact,
            closed=None if set_word is None else SETS[set_word],
            as_of=dates["as_of"],
            start=dates["from"],
            end=dates["to"],
            said=self._read_said(fields),
            status=self.reader.choice(fields, "status", STATUSES) or "stated",
            conflicts=self._read_ids(fields, "conflicts"),
            supersedes=self._read_ids(fields, "supersedes"),
            importance=IMPORTANCES.get(importance or "", 2),
            note=self.reader.text(fields, "note"),
        )

    def _find_predicate(self, fields: Fields) -> Predicate | None:
        name = self.reader.text(fields, "p")
        predicate = None if name is None else self.predicates.get(PredicateName(name))
        if name is not None and predicate is None:
            text = f"p: unknown predicate {name!r}; {suggest(name, self.predicates)}"
            self.reader.report(fields.entries["p"], text)
        return predicate

    def _find_subject(self, fields: Fields, predicate: Predicate | None) -> Entity | None:
        node = fields.entries.get("s")
        subject = None if node is None else self.values.find_entity(node, "s")
        if node is None or subject is None or predicate is None:
            return None
        if not {subject.type, "entity"} & set(predicate.domain):
            allowed = ", ".join(predicate.domain)
            text = f"s: {subject.id!r} is a {subject.type}; {predicate.name} is said of {allowed}"
            self.reader.report(node, text)
        return subject

    def _read_said(self, fields: Fields) -> tuple[EntityId, ...]:
        nodes = self.reader.nodes(fields, "said")
        found = [self.values.find_entity(node, "said") for node in nodes]
        return tuple(entity.id for entity in found if entity is not None)

    def _read_ids(self, fields: Fields, name: str) -> tuple[FactId, ...]:
        return tuple(FactId(text) for text in self.reader.texts(fields, name))

    def _read_locator(self, fields: Fields) -> Locator | None:
        node = fields.entries.get("at")
        if node is None:
            return None
        at = self.reader.fields(node, "at", PLACE_KEYS, PLACE_NEEDS)
        section, para, quote = (self.reader.text(at, key) for key in PLACE_NEEDS)
        if para is not None and not _is_number(para):
            self.reader.report(at.entries["para"], f"para: {para!r} is no number from 1; count it")
            return None
        if section is None or para is None or quote is None:
            return None
        digest = self.reader.text(at, "hash")
        locator = Locator(section=section, paragraph=int(para), quote=quote, digest=digest)
        if not self.located:
            self._check_locator(at, locator)
        return locator

    def _check_locator(self, at: Fields, locator: Locator) -> None:
        section = self.article.find_section(locator.section)
        if section is None:
            titles = [section.title for section in self.article.sections]
            text = f"section: no heading {locator.section!r}; {suggest(locator.section, titles)}"
            self.reader.report(at.entries["section"], text, rule="lost-quote")
            return
        span = self.article.locate(locator)
        if span is None:
            text = self._describe_lost_quote(locator)
            self.reader.report(at.entries["quote"], text, rule="lost-quote")
        elif locator.digest is None:
            text = f"hash: missing; add `hash: {span.paragraph.digest}`"
            self.reader.report(at, text, rule="wrong-hash")
        elif locator.digest != span.paragraph.digest:
            text = (
                f"hash: the paragraph has changed since the fact was read from it; read it again "
                f"and write {span.paragraph.digest}"
            )
            self.reader.report(at.entries["hash"], text, rule="wrong-hash")

    def _describe_lost_quote(self, locator: Locator) -> str:
        found = self.article.find_quote(locator.quote)
        where = f"{locator.section!r} paragraph {locator.paragraph}"
        if found is None:
            return f"quote: not found in {where}; copy the exact words"
        section, paragraph = found
        return (
            f"quote: not in {where} but in {section.title!r} paragraph {paragraph.number}; "
            f"write that section and para, hash {paragraph.digest}"
        )

    def _check_period(self, fields: Fields, dates: Mapping[str, PartialDate | None]) -> None:
        start, end = dates["from"], dates["to"]
        if start is not None and end is not None and end.last < start.first:
            text = "to: the period ends before it begins; exchange from and to"
            self.reader.report(fields.entries["to"], text)

    def _check_needs(self, draft: _Draft, predicate: Predicate) -> None:
        used = _list_slots(predicate)
        fact = draft.fact
        if fact.status == "claim" and not fact.said:
            text = "status: a claim without a claimant; add `said: [id of who claims it]`"
            self.reader.report(draft.fields.entries["status"], text, rule="claim-without-claimant")
        if "said" in used and not fact.said:
            text = f"{predicate.name} needs to know who says so; add `said: [id]`"
            self.reader.report(draft.fields, text, rule="claim-without-claimant")
        if "of" in used and isinstance(fact.value, Quantity) and fact.value.of is None:
            text = f"v: {predicate.name} needs `of`, the id of what it is measured against"
            self.reader.report(draft.fields.entries["v"], text)

    def _check_ids(self, drafts: Sequence[_Draft]) -> None:
        seen: dict[FactId, _Draft] = {}
        for draft in drafts:
            earlier = seen.setdefault(draft.fact.id, draft)
            if earlier is not draft:
                text = (
                    f"id: {draft.fact.id!r} stands already in line {earlier.fact.line}; rename one"
                )
                self.reader.report(draft.fields.entries["id"], text, rule="same-id")

    def _check_links(self, draft: _Draft, facts: Mapping[FactId, Fact]) -> None:
        fact = draft.fact
        for name, links in (("conflicts", fact.conflicts), ("supersedes", fact.supersedes)):
            for other in links:
                if other not in facts or other == fact.id:
                    text = f"{name}: no other fact {other!r}; {_hint_id(other, facts)}"
                    self.reader.report(draft.fields.entries[name], text, rule="dangling-id")
                elif name == "conflicts" and fact.id not in facts[other].conflicts:
                    text = f"conflicts: {other} does not name {fact.id} in turn; add it there"
                    self.reader.report(draft.fields.entries[name], text, rule="one-sided-conflict")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_PARAGRAPH_DIGITS


def _find_id(node: Node) -> str | None:
    """The id of the fact, if it is told; whether it is as it must be is asked elsewhere."""
    found = node.entries.get("id") if isinstance(node, Fields) else None
    return found.text.strip() if isinstance(found, Scalar) else None


def _hint_id(identity: FactId, facts: Mapping[FactId, Fact]) -> str:
    hint = suggest(identity, facts)
    return hint if hint.startswith("did") else "add it or mend the id"


def _list_slots(predicate: Predicate) -> set[str]:
    templates = [predicate.statement, predicate.member, *(ask.stem for ask in predicate.asks)]
    pieces = [piece for text in templates if text for piece in split_template(text)]
    return {piece.name for piece in pieces if isinstance(piece, Slot)}
