"""Who and what a table of facts names: the entities of its own table, and those inferred.

A name that no table explains becomes an entity if the predicates beside it leave one type only;
otherwise the reader is asked for the type.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quizapp.facts.entity_reader import ENTITY_TYPES
from quizapp.facts.folding import fold
from quizapp.facts.model import Entity, EntityType, index_names
from quizapp.facts.table_reader import Sheet, TableReader
from quizapp.facts.values import EntityId
from quizapp.facts.yaml_reader import Fields, Items, Node, Scalar

ENTITY_COLUMNS = (
    "name",
    "type",
    "id",
    "place",
    "circle",
    "long",
    "dated",
    "aliases",
    "the",
    "plural",
    "past",
    "same as",
    "differs from",
    "hide",
)
ENTITY_COLUMNS_NEEDED = ("name", "type")
_LISTS = frozenset({"aliases", "same as", "differs from", "hide"})
_NOT_ID = re.compile(r"[^a-z0-9]+")
_ARTICLE = "the "


def make_id(name: str) -> str:
    """Return an id made of the name's letters and digits."""
    return _NOT_ID.sub("_", fold(name)).strip("_") or "entity"


def split_list(cell: Scalar) -> Items:
    """Return the parts of a cell between semicolons, each at the place of the cell."""
    parts = [part.strip() for part in cell.text.split(";")]
    nodes = [Scalar(line=cell.line, column=cell.column, text=part) for part in parts if part]
    return Items(line=cell.line, column=cell.column, items=tuple(nodes))


def make_entity_table(reader: TableReader, sheet: Sheet | None) -> Fields:
    """Return the table of entities as the mapping that a YAML pack has; faults go to the reader."""
    entries: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    if sheet is not None:
        reader.check_columns(sheet, ENTITY_COLUMNS, ENTITY_COLUMNS_NEEDED)
    for row in () if sheet is None else sheet.rows:
        cells = {name: cell for name, cell in row.cells.items() if name in ENTITY_COLUMNS}
        given = cells.pop("id", None) or cells.get("name")
        if given is None:
            reader.report(row, "name: empty; give it or remove the row")
            continue
        identity = make_id(given.text)
        if identity in entries:
            reader.report(given, f"the id {identity!r} stands already in row {keys[identity].line}")
        entries[identity] = _make_fields(row.line, cells)
        keys[identity] = given
    return Fields(line=1, column=0, entries=entries, keys=keys)


def _make_fields(line: int, cells: Mapping[str, Scalar]) -> Fields:
    nodes: dict[str, Node] = {
        name.replace(" ", "_"): split_list(cell) if name in _LISTS else cell
        for name, cell in cells.items()
    }
    keys = {name.replace(" ", "_"): cell for name, cell in cells.items()}
    return Fields(line=line, column=0, entries=nodes, keys=keys)


@dataclass(slots=True)
class _Stranger:
    """A name that no entity has yet: where it stands first, and the types that it may be of.

    `asked` tells that its type is needed; beside a faulty predicate it is not.
    """

    cell: Scalar
    name: str
    asked: bool = False
    types: set[str] = field(default_factory=lambda: set(ENTITY_TYPES))


class Names:
    """Finds entities by id or spelling, and infers those that only the facts name."""

    def __init__(self, reader: TableReader, known: Mapping[EntityId, Entity]) -> None:
        self.reader = reader
        self.entities: dict[EntityId, Entity] = dict(known)
        self.spellings = dict(index_names(known))
        self.strangers: dict[str, _Stranger] = {}

    def find(self, name: str) -> Entity | None:
        """Return the entity of that id or spelling, with or without its article."""
        known = self.entities.get(EntityId(name))
        found = self.spellings.get(fold(name)) or self.spellings.get(fold(_drop_article(name)))
        return known or (found[0] if found else None)

    def meet(self, cell: Scalar, types: Sequence[str]) -> None:
        """Note a name that stands where an entity of one of these types is expected.

        No types at all means that nothing is known of what is expected.
        """
        if self.find(cell.text) is not None:
            return
        key = fold(_drop_article(cell.text))
        stranger = self.strangers.setdefault(key, _Stranger(cell, cell.text))
        stranger.asked = stranger.asked or bool(types)
        if types and "entity" not in types:
            stranger.types &= set(types)

    def infer(self) -> None:
        """Make an entity of each name met; one without a single type is asked for."""
        for stranger in self.strangers.values():
            entity = self._make(stranger)
            self.entities[entity.id] = entity
            self.spellings.setdefault(fold(entity.name), (entity,))
            self.spellings.setdefault(fold(stranger.name), (entity,))
        self.strangers.clear()

    def _make(self, stranger: _Stranger) -> Entity:
        fitting = [one for one in ENTITY_TYPES if one in stranger.types]
        kind: EntityType = fitting[0] if fitting else "thing"
        if stranger.asked and (stranger.types != {kind} or kind == "place"):
            self._ask(stranger)
        bare = _drop_article(stranger.name)
        name = stranger.name if kind == "event" else bare
        return Entity(
            id=self._find_free_id(bare),
            type=kind,
            name=name,
            the=name != stranger.name,
        )

    def _ask(self, stranger: _Stranger) -> None:
        types = [one for one in ENTITY_TYPES if one in stranger.types]
        if types == ["place"]:
            what, add = "what sort of place is it?", "its name, type and place"
        elif types and len(types) < len(ENTITY_TYPES):
            what, add = f"is it a {' or a '.join(types)}?", "its name and type"
        elif types:
            what, add = "what is it?", "its name and type"
        else:
            what, add = "its facts are said of different types;", "its name and type, or mend them"
        text = f"{stranger.name!r} is not known: {what} add a row with {add} to the entities"
        self.reader.report(stranger.cell, text, rule="dangling-id")

    def _find_free_id(self, name: str) -> EntityId:
        start = make_id(name)
        number, identity = 1, EntityId(start)
        while identity in self.entities:
            number += 1
            identity = EntityId(f"{start}_{number}")
        return identity


def _drop_article(name: str) -> str:
    return name[len(_ARTICLE) :] if name.lower().startswith(_ARTICLE) else name
