"""Templates to sentences: every slot becomes words of one fact, framed and capitalised."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from quizapp.facts.model import Entity, Fact, Pack, PlaceKind
from quizapp.facts.templates import Slot, split_template
from quizapp.facts.values import Entities, Grain, PartialDate, Period, Quantity, Words
from quizapp.generation.frames import is_past, write_counted_time, write_frame, write_time
from quizapp.generation.wording import (
    HEDGES,
    LANGUAGES,
    add_possessive,
    ask_how_many,
    ask_when,
    capitalise,
    count_units,
    end_sentence,
    is_singular,
    join_words,
    name_entity,
    write_date,
    write_figure,
    write_hedged,
    write_when,
)
from quizapp.kinds.cloze import BLANK

_AT: frozenset[PlaceKind] = frozenset({"camp"})
_ON: frozenset[PlaceKind] = frozenset({"river"})
_NOUNS = {
    "person": ("person", "people"),
    "group": ("group", "groups"),
    "state_body": ("state body", "state bodies"),
    "state": ("country", "countries"),
    "publisher": ("publisher", "publishers"),
    "event": ("event", "events"),
    "conflict": ("conflict", "conflicts"),
    "people": ("people", "peoples"),
    "thing": ("thing", "things"),
    "term": ("term", "terms"),
    "role": ("role", "roles"),
    "publication": ("document", "documents"),
    "country": ("country", "countries"),
    "city": ("city", "cities"),
    "province": ("province", "provinces"),
    "region": ("region", "regions"),
    "river": ("river", "rivers"),
    "camp": ("camp", "camps"),
    "village": ("village", "villages"),
    "continent": ("continent", "continents"),
    "place": ("place", "places"),
}
_GRAINS: dict[Grain, str] = {
    "day": "day, month and year",
    "month": "month and year",
    "year": "year",
}
_VERBS = {
    "be": (("is", "are"), ("was", "were")),
    "do": (("does", "do"), ("did", "did")),
    "have": (("has", "have"), ("had", "had")),
}


_WITH_PAST = 3
_ARTICLE = re.compile(r"^(?:the|an?) (?=\w)")
_ROLE = re.compile(r"\b(?:role|position|capacity|office)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Realiser:
    """Writes about one fact of a pack.

    `offered` tells that the answers stand beside the stem; `name_section` puts the section of the
    article into the frame, where nothing else names the version of a fact with rivals. `blank` puts
    a blank where the value stands, with what sort of answer fills it.
    """

    pack: Pack
    fact: Fact
    offered: bool = False
    name_section: bool = False
    blank: bool = False

    @property
    def subject(self) -> Entity:
        """The entity that the fact is about."""
        return self.pack.entities[self.fact.subject]

    def write_statement(self, template: str) -> str:
        """Return the fact as a sentence with its frame and a full stop."""
        return self._frame(template, ".")

    def write_question(self, template: str) -> str:
        """Return a question with its frame and a question mark."""
        return self._frame(template, "?")

    def write_clause(self, template: str) -> str:
        """Return the template filled, without frame, capital and mark."""
        pieces = split_template(template)
        words = []
        for place, piece in enumerate(pieces):
            first = place == 1 and not pieces[0]
            words.append(piece if isinstance(piece, str) else self._fill(piece, first=first))
        return "".join(words)

    def write_answer(self) -> str:
        """Return the value as an answer by itself, capitalised: "Gao", "2 March 2017", "50"."""
        value = self.fact.value
        text = write_figure(value) if isinstance(value, Quantity) else self.write_value()
        if _ROLE.search(self.pack.predicates[self.fact.predicate].slot):
            text = _ARTICLE.sub("", text)
        return capitalise(text)

    def write_value(self) -> str:
        """Return the value, or the blank for it, as it stands within a sentence."""
        value = self.fact.value
        if self.blank:
            return self._write_blank()
        if isinstance(value, Entities):
            return join_words([name_entity(self.pack.entities[one]) for one in value.ids])
        if isinstance(value, Quantity):
            return self._write_amount()
        return value.text if isinstance(value, Words) else write_date(value)

    def _frame(self, template: str, mark: str) -> str:
        frame = write_frame(self.pack, self.fact, template)
        counted = write_counted_time(self.pack, self.fact)
        if self.name_section:
            section = f"in the section \u201c{self.fact.at.section}\u201d of the article"
            frame = f"{frame}, {section}" if frame else section
        clause = f"{self.write_clause(template)} {counted}".rstrip()
        return end_sentence(f"{frame}, {clause}" if frame else clause, mark)

    def _fill(self, slot: Slot, *, first: bool) -> str:
        if slot.forms:
            return self._choose_form(slot)
        if slot.name.startswith(("which", "in which")):
            return self._ask_which(slot.name, first=first)
        writers: dict[str, Callable[[], str]] = {
            "s": self._name_subject,
            "s's": lambda: add_possessive(self._name_subject(), plural=self.subject.plural),
            "s.long": lambda: self.subject.long or name_entity(self.subject),
            "v": self.write_value,
            "v's": lambda: add_possessive(self.write_value(), plural=self._is_value_plural()),
            "on v": self._write_when,
            "in v": lambda: f"{self._choose_preposition()} {self.write_value()}",
            "noun s": lambda: _name_sort(self.subject),
            "noun v": lambda: _name_sort(self._get_first_entity()),
            "when": lambda: ask_when(self._get_date()),
            "amount": self._write_amount,
            "figure": self._write_hedged_figure,
            "howmany": lambda: ask_how_many(self._get_counted()),
            "whom": lambda: self._get_counted().unit,
            "of": self._write_of,
            "lang": self._write_language,
            "said": self._write_claimants,
            "be s": lambda: self._conjugate("be", plural=self.subject.plural),
            "be v": lambda: self._conjugate("be", plural=self._is_value_plural()),
            "do s": lambda: self._conjugate("do", plural=self.subject.plural),
            "do said": lambda: self._conjugate("do", plural=self._are_claimants_plural()),
            "have s": lambda: self._conjugate("have", plural=self.subject.plural),
            "have v": lambda: self._conjugate("have", plural=self._is_value_plural()),
        }
        return writers[slot.name]()

    def _name_subject(self) -> str:
        """The subject, an event with its year unless the date is asked or told beside it."""
        asked = isinstance(self.fact.value, (PartialDate, Period))
        told = asked or bool(write_time(self.pack, self.fact))
        return name_entity(self.subject, dated=not told)

    def _conjugate(self, verb: str, *, plural: bool) -> str:
        present, past = _VERBS[verb]
        return (past if is_past(self.pack, self.fact) else present)[plural]

    def _choose_form(self, slot: Slot) -> str:
        """The form for the past where there is one, else that for the number or the time."""
        if len(slot.forms) == _WITH_PAST and is_past(self.pack, self.fact):
            return slot.forms[-1]
        return slot.forms[self._choose_second(slot.name)]

    def _choose_second(self, name: str) -> int:
        second: dict[str, Callable[[], bool]] = {
            "s": lambda: self.subject.plural,
            "v": self._is_value_plural,
            "said": self._are_claimants_plural,
            "t": lambda: is_past(self.pack, self.fact),
            "e": lambda: self.subject.type not in ("event", "conflict"),
        }
        return int(second[name]())

    def _is_value_plural(self) -> bool:
        value = self.fact.value
        if isinstance(value, Entities):
            return len(value.ids) > 1 or self.pack.entities[value.ids[0]].plural
        return isinstance(value, Quantity) and (self.blank or not is_singular(value))

    def _are_claimants_plural(self) -> bool:
        claimants = [self.pack.entities[one] for one in self.fact.said]
        return len(claimants) > 1 or any(claimant.plural for claimant in claimants)

    def _get_date(self) -> PartialDate | Period:
        assert isinstance(self.fact.value, (PartialDate, Period))
        return self.fact.value

    def _get_quantity(self) -> Quantity:
        assert isinstance(self.fact.value, Quantity)
        return self.fact.value

    def _get_counted(self) -> Quantity:
        """The quantity, its unit named by whom it counts if it counts persons of one people.

        Persons without a unit are people: "how many people", never "how many did it have".
        """
        value = self._get_quantity()
        measure = self.pack.predicates[self.fact.predicate].measure
        if not value.unit and value.of is None and measure == "persons":
            return replace(value, unit="people")
        people = value.of is not None and self.pack.entities[value.of].type == "people"
        if value.of is None or not people or value.unit not in ("", "persons", "people"):
            return value
        return replace(value, unit=self.pack.entities[value.of].name)

    def _write_amount(self) -> str:
        counted = self._get_counted()
        if self.blank:
            return f"{HEDGES[counted.comparison]} {BLANK} {counted.unit}".strip()
        return f"{write_hedged(counted)} {count_units(counted)}".strip()

    def _write_hedged_figure(self) -> str:
        value = self._get_quantity()
        if self.blank:
            return f"{HEDGES[value.comparison]} {BLANK}".strip()
        return write_hedged(value)

    def _write_when(self) -> str:
        date = self._get_date()
        if not self.blank:
            return write_when(date)
        assert isinstance(date, PartialDate)
        return f"{'on' if date.grain == 'day' else 'in'} {self._write_blank()}"

    def _write_blank(self) -> str:
        """The blank, the sort of place before or the grain after it, for one right filling.

        Without them a year would be right, too, where somebody was born in a town.
        """
        value = self.fact.value
        if isinstance(value, PartialDate):
            return f"{BLANK} ({_GRAINS[value.grain]})"
        if isinstance(value, Entities):
            first = self._get_first_entity()
            if first.type == "place" and first.place in (None, "place"):
                return f"{BLANK} (place)"
            return BLANK if first.place is None else f"the {_NOUNS[first.place][0]} of {BLANK}"
        return BLANK

    def _write_of(self) -> str:
        value = self._get_quantity()
        return "" if value.of is None else name_entity(self.pack.entities[value.of])

    def _write_language(self) -> str:
        value = self.fact.value
        lang = value.lang if isinstance(value, Words) else None
        return LANGUAGES.get(lang or "", "native")

    def _write_claimants(self) -> str:
        return join_words([name_entity(self.pack.entities[one]) for one in self.fact.said])

    def _choose_preposition(self) -> str:
        value = self.fact.value
        kinds = {self.pack.entities[one].place for one in getattr(value, "ids", ())}
        if kinds <= _AT:
            return "at"
        return "on" if kinds <= _ON else "in"

    def _ask_which(self, name: str, *, first: bool) -> str:
        entity = self.subject if name.endswith("s") else self._get_first_entity()
        if first and entity.type == "person" and not self.offered:
            return "who"
        one, many = _NOUNS[entity.place or entity.type]
        words = f"which of these {many}" if self.offered else f"which {one}"
        return f"{self._choose_preposition()} {words}" if name.startswith("in") else words

    def _get_first_entity(self) -> Entity:
        assert isinstance(self.fact.value, Entities)
        return self.pack.entities[self.fact.value.ids[0]]


def _name_sort(entity: Entity) -> str:
    return _NOUNS[entity.place or entity.type][0]
