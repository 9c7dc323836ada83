"""A table of facts for a set that is being made: each row as its entry, with what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.errors import Problem
from quizapp.facts.article import Article
from quizapp.facts.entity_reader import read_entities
from quizapp.facts.fact_reader import FactReader
from quizapp.facts.model import Entity, Fact, Predicate, PredicateName
from quizapp.facts.plain import Plain, read_plain
from quizapp.facts.table_entities import make_entity_table
from quizapp.facts.table_facts import TableFacts
from quizapp.facts.table_reader import Sheet, TableReader
from quizapp.facts.values import EntityId
from quizapp.facts.yaml_reader import Fields, Items, Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFact:
    """A fact, the row that it was read from, and its entry as facts.yaml writes it."""

    line: int
    fact: Fact
    entry: dict[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTable:
    """The facts of a table, the entities that they need, and what is wrong.

    `entities` are all, `added` the entries of those that were not known before.
    """

    facts: tuple[TableFact, ...]
    entities: Mapping[EntityId, Entity]
    added: Mapping[EntityId, dict[str, Plain]]
    problems: tuple[Problem, ...]


def read_fact_table(
    sheet: Sheet,
    *,
    named: Sheet | None,
    known: Mapping[EntityId, Entity],
    predicates: Mapping[PredicateName, Predicate],
    article: Article,
) -> FactTable:
    """Read a table of facts, whose names are `known` or described in the table `named`.

    With a problem anywhere there are no facts.
    """
    reader = TableReader(placed=False)
    described = make_entity_table(reader, named)
    fresh = read_entities(reader, described, predicates)
    facts = TableFacts(reader, known={**known, **fresh}, predicates=predicates, article=article)
    node = facts.read(sheet)
    found = FactReader(
        reader, entities=facts.entities, predicates=predicates, article=article, located=True
    ).read(node)
    if not sheet.rows:
        reader.report(Scalar(line=0, column=0, text=""), "there is no fact in it; write one a row")
    entries = {} if reader.problems else _list_entries(node)
    return FactTable(
        facts=tuple(
            TableFact(line=entries[fact.id][0], fact=fact, entry=entries[fact.id][1])
            for fact in found
            if fact.id in entries
        ),
        entities=facts.entities,
        added=_list_added(facts.entities, known, described),
        problems=reader.list_problems(),
    )


def _list_entries(node: Items) -> dict[str, tuple[int, dict[str, Plain]]]:
    rows = [each for each in node.items if isinstance(each, Fields)]
    return {_read_id(row): (row.line, _write_fields(row)) for row in rows}


def _read_id(row: Fields) -> str:
    node = row.entries["id"]
    return node.text.strip() if isinstance(node, Scalar) else ""


def _list_added(
    entities: Mapping[EntityId, Entity], known: Mapping[EntityId, Entity], described: Fields
) -> dict[EntityId, dict[str, Plain]]:
    added: dict[EntityId, dict[str, Plain]] = {}
    for identity, entity in entities.items():
        node = described.entries.get(identity)
        if isinstance(node, Fields):
            added[identity] = _write_fields(node)
        elif identity not in known:
            the: dict[str, Plain] = {"the": "yes"} if entity.the else {}
            added[identity] = {"type": entity.type, "name": entity.name, **the}
    return added


def _write_fields(node: Fields) -> dict[str, Plain]:
    return {name: read_plain(part) for name, part in node.entries.items()}
