"""From the rows of a table to the nodes that the reader of facts takes.

Names become ids, quotes find their paragraph, the words of a qualifier become hedge, status and
list; all typing and checking is then the same as for a pack in YAML.
"""

import re
from collections.abc import Mapping

from quizapp.facts.article import Article
from quizapp.facts.fact_reader import SETS, STATUSES
from quizapp.facts.folding import fold
from quizapp.facts.model import Entity, Predicate, PredicateName
from quizapp.facts.predicates import VALUE_TYPES
from quizapp.facts.schema import suggest
from quizapp.facts.table_dates import read_period, read_table_date
from quizapp.facts.table_entities import Names, make_id, split_list
from quizapp.facts.table_reader import (
    FACT_COLUMNS,
    FACT_COLUMNS_NEEDED,
    Row,
    Sheet,
    TableReader,
)
from quizapp.facts.values import EntityId
from quizapp.facts.yaml_reader import Fields, Items, Node, Scalar

HEDGES: Mapping[str, str] = {
    "exactly": "=",
    "at least": ">=",
    "more than": ">",
    "over": ">",
    "at most": "<=",
    "up to": "<=",
    "as many as": "<=",
    "fewer than": "<",
    "less than": "<",
    "about": "~",
    "around": "~",
    "approximately": "~",
    "some": "~",
}
"""The words of a qualifier that hedge a figure; the signs themselves are read too."""

_SIGNS = frozenset(HEDGES.values())
_FIGURES = re.compile(r"([\d.,' ]*\d)(?:\s*(?:-|\u2013|\bto\b|\band\b)\s*([\d.,' ]*\d))?")
_GROUPING = re.compile(r"[,' ](?=\d{3}(?!\d))")
_VIA = re.compile(r"\s+via\s+|;")
_STRAIGHT = ("note", "importance")
_LISTS = ("conflicts", "supersedes")
_DATES = (("as of", "as_of"), ("from", "from"), ("to", "to"))


class TableFacts:
    """Turns the rows of one table into nodes; `entities` are those known and those inferred."""

    def __init__(
        self,
        reader: TableReader,
        *,
        known: Mapping[EntityId, Entity],
        predicates: Mapping[PredicateName, Predicate],
        article: Article,
    ) -> None:
        self.reader = reader
        self.names = Names(reader, known)
        self.predicates = predicates
        self.article = article
        self.ids: dict[str, int] = {}

    @property
    def entities(self) -> Mapping[EntityId, Entity]:
        """The entities by id, complete once the rows are read."""
        return self.names.entities

    def read(self, sheet: Sheet) -> Items:
        """Return the rows as a list of facts; faults go to the reader."""
        self.reader.check_columns(sheet, FACT_COLUMNS, FACT_COLUMNS_NEEDED)
        for row in sheet.rows:
            self._meet_names(row)
        self.names.infer()
        facts = [self._make_fact(row) for row in sheet.rows]
        return Items(line=1, column=0, items=tuple(facts))

    def _find_predicate(self, row: Row) -> Predicate | None:
        cell = row.cells.get("predicate")
        return None if cell is None else self.predicates.get(PredicateName(_name(cell)))

    def _meet_names(self, row: Row) -> None:
        predicate = self._find_predicate(row)
        subject, value = row.cells.get("subject"), row.cells.get("value")
        if subject is not None:
            self.names.meet(subject, () if predicate is None else predicate.domain)
        if value is not None and predicate is not None and _takes_names(predicate):
            for part in _list_scalars(split_list(value)):
                self.names.meet(part, predicate.range)
        for name in ("according to", "of"):
            for part in _split_chain(row.cells.get(name)):
                self.names.meet(part, ("entity",))

    def _make_fact(self, row: Row) -> Fields:
        cells = row.cells
        nodes: dict[str, Node] = {"id": self._make_id(row)}
        if "subject" in cells:
            nodes["s"] = self._name_entity(cells["subject"])
        if "predicate" in cells:
            nodes["p"] = _replace(cells["predicate"], _name(cells["predicate"]))
        hedges = self._read_qualifier(row, nodes)
        if "value" in cells:
            nodes["v"] = self._make_value(row, hedges)
        nodes |= {name: cells[name] for name in _STRAIGHT if name in cells}
        nodes |= {name: split_list(cells[name]) for name in _LISTS if name in cells}
        self._add_dates(cells, nodes)
        said = _split_chain(cells.get("according to"))
        if said:
            first = said[0]
            named = tuple(self._name_entity(part) for part in said)
            nodes["said"] = Items(line=first.line, column=first.column, items=named)
            nodes.setdefault("status", _replace(first, "reported"))
        if "quote" in cells:
            nodes["at"] = self._locate(row, cells["quote"])
        return _make_fields(row, nodes)

    def _make_id(self, row: Row) -> Scalar:
        given = row.cells.get("id")
        if given is not None:
            return given
        cells = [row.cells[name] for name in ("subject", "predicate") if name in row.cells]
        start = make_id("-".join(cell.text for cell in cells) or "fact")
        self.ids[start] = self.ids.get(start, 0) + 1
        number = self.ids[start]
        text = start if number == 1 else f"{start}_{number}"
        return Scalar(line=row.line, column=0, text=text)

    def _name_entity(self, cell: Scalar) -> Scalar:
        entity = self.names.find(cell.text)
        return cell if entity is None else _replace(cell, entity.id)

    def _read_qualifier(self, row: Row, nodes: dict[str, Node]) -> Scalar | None:
        """Sort the words of the qualifier into the nodes; the hedge is returned for the value."""
        cell = row.cells.get("qualifier")
        hedge = None
        for part in () if cell is None else re.split(r"[;,]", cell.text):
            word = fold(part)
            assert cell is not None
            if word in HEDGES or word in _SIGNS:
                hedge = _replace(cell, HEDGES.get(word, word))
            elif word in STATUSES:
                nodes["status"] = _replace(cell, word)
            elif word in SETS:
                nodes["set"] = _replace(cell, word)
            elif word:
                known = (*HEDGES, *STATUSES, *SETS)
                self.reader.report(cell, f"qualifier: unknown {word!r}; {suggest(word, known)}")
        return hedge

    def _make_value(self, row: Row, hedge: Scalar | None) -> Node:
        cell, predicate = row.cells["value"], self._find_predicate(row)
        if predicate is None:
            return cell
        if "quantity" in predicate.range:
            return self._make_quantity(row, cell, hedge)
        if hedge is not None:
            self.reader.report(hedge, "qualifier: only a figure can be hedged; leave the word out")
        if "date" in predicate.range:
            return read_period(cell) or read_table_date(cell)
        parts = _list_scalars(split_list(cell))
        if _takes_names(predicate):
            named = tuple(self._name_entity(part) for part in parts)
            return named[0] if len(named) == 1 else _make_items(cell, named)
        return self._name_entity(cell) if set(predicate.range) != {"text"} else cell

    def _make_quantity(self, row: Row, cell: Scalar, hedge: Scalar | None) -> Node:
        match = _FIGURES.fullmatch(cell.text)
        figures = [] if match is None else [_ungroup(part) for part in match.groups() if part]
        nodes: dict[str, Node] = {"n": cell}
        if len(figures) == 1:
            nodes = {"n": _replace(cell, figures[0])}
        elif figures:
            nodes = {"range": _make_items(cell, tuple(_replace(cell, one) for one in figures))}
        if hedge is not None:
            nodes["cmp"] = hedge
        if "unit" in row.cells:
            nodes["unit"] = row.cells["unit"]
        if "of" in row.cells:
            nodes["of"] = self._name_entity(row.cells["of"])
        return Fields(
            line=cell.line, column=cell.column, entries=nodes, keys=dict.fromkeys(nodes, cell)
        )

    def _add_dates(self, cells: Mapping[str, Scalar], nodes: dict[str, Node]) -> None:
        for column, name in _DATES:
            if column in cells:
                nodes[name] = read_table_date(cells[column])
        period = read_period(cells["as of"]) if "as of" in cells else None
        if period is not None:
            nodes |= {name: period.entries[name] for name in ("from", "to")}
            del nodes["as_of"]

    def _locate(self, row: Row, quote: Scalar) -> Node:
        """The place of the quote: the first paragraph with it, of the section if one is given."""
        given = row.cells.get("section")
        sections = [
            section
            for section in self.article.sections
            if given is None or fold(section.title) == fold(given.text)
        ]
        places = [
            (section, paragraph)
            for section in sections
            for paragraph in section.paragraphs
            if quote.text in paragraph.text
        ]
        title, number, digest = self.article.title, 1, ""
        if not sections and given is not None:
            titles = [section.title for section in self.article.sections]
            text = f"section: no heading {given.text!r}; {suggest(given.text, titles)}"
            self.reader.report(given, text, rule="lost-quote")
        elif not places:
            self.reader.report(quote, self._describe_lost_quote(quote), rule="lost-quote")
        else:
            section, paragraph = places[0]
            title, number, digest = section.title, paragraph.number, paragraph.digest
        texts = {"section": title, "para": str(number), "quote": quote.text, "hash": digest or "-"}
        return _make_fields(row, {name: _replace(quote, text) for name, text in texts.items()})

    def _describe_lost_quote(self, quote: Scalar) -> str:
        found = self.article.find_quote(quote.text)
        if found is None:
            return "quote: not found in the article; copy the exact words"
        return f"quote: not in this section but in {found[0].title!r}; write that section"


def _name(cell: Scalar) -> str:
    """A predicate may be written with spaces, as it is read."""
    return cell.text.strip().replace(" ", "_")


def _takes_names(predicate: Predicate) -> bool:
    return not set(predicate.range) & set(VALUE_TYPES)


def _ungroup(text: str) -> str:
    return _GROUPING.sub("", text.strip())


def _split_chain(cell: Scalar | None) -> tuple[Scalar, ...]:
    if cell is None:
        return ()
    parts = [part.strip() for part in _VIA.split(cell.text)]
    return tuple(_replace(cell, part) for part in parts if part)


def _list_scalars(items: Items) -> tuple[Scalar, ...]:
    return tuple(node for node in items.items if isinstance(node, Scalar))


def _replace(cell: Scalar, text: str) -> Scalar:
    return Scalar(line=cell.line, column=cell.column, text=text)


def _make_items(cell: Scalar, nodes: tuple[Node, ...]) -> Items:
    return Items(line=cell.line, column=cell.column, items=nodes)


def _make_fields(row: Row, nodes: Mapping[str, Node]) -> Fields:
    keys = {
        name: Scalar(line=node.line, column=node.column, text=name) for name, node in nodes.items()
    }
    return Fields(line=row.line, column=row.column, entries=nodes, keys=keys)
