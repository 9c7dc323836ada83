"""Fact packs: a folder with an article and its facts, read, checked, and written canonically."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quizapp.errors import InvalidError, NotFoundError, Problem
from quizapp.facts.article import Article, read_article
from quizapp.facts.entity_reader import read_entities
from quizapp.facts.fact_reader import FactReader
from quizapp.facts.model import Entity, Fact, FactId, Origin, Pack, Predicate, PredicateName
from quizapp.facts.origin_reader import ARTICLE_FILE, make_origin, read_origin
from quizapp.facts.predicates import list_shipped_predicates, read_predicates
from quizapp.facts.schema import Fault, Reader
from quizapp.facts.table_entities import make_entity_table
from quizapp.facts.table_facts import TableFacts
from quizapp.facts.table_reader import TableReader, Tables, read_csv
from quizapp.facts.values import EntityId
from quizapp.facts.workbook_reader import read_workbook
from quizapp.facts.yaml_reader import Fields, Node, read_yaml

FACTS_FILES = ("facts.yaml", "facts.csv", "facts.xlsx")
ENTITIES_FILE = "entities.csv"
PACK_KEYS = ("format", "title", "source", "entities", "predicates", "facts")
PACK_NEEDS = ("format", "source", "facts")
MOST_BYTES = 10_000_000
_LINE_END = re.compile(r"\r\n?")


class PackError(InvalidError):
    """A file of a pack cannot be used; `file` is the one that the problems stand in."""

    def __init__(self, file: Path, text: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(text, problems)
        self.file = file


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A pack as far as it can be read, and what is wrong in `file`, which holds its facts.

    Where there are faults, the pack lacks the facts and links that could not be read.
    """

    file: Path
    pack: Pack
    faults: tuple[Fault, ...]


def load_pack(folder: Path) -> Pack:
    """Read and check the pack of a folder, or of a file of facts itself.

    Raises:
        NotFoundError: there is no such folder, or it holds no facts.
        PackError: a file cannot be read, or is not as it must be; it carries all problems found.
    """
    found = inspect_pack(folder)
    count = len(found.faults)
    if count:
        noun = "problem" if count == 1 else "problems"
        raise PackError(found.file, f"the fact pack has {count} {noun}", found.faults)
    return found.pack


def inspect_pack(folder: Path) -> Inspection:
    """Read a pack as far as that is possible, and list its faults instead of refusing it.

    Raises:
        NotFoundError: there is no such folder, or it holds no facts.
        PackError: a file cannot be read at all, or there is no article to hold the facts against.
    """
    file = _find_file(folder)
    if file.suffix.lower() in (".csv", ".xlsx"):
        return _inspect_tables(file)
    reader = Reader()
    with _naming(file):
        fields = reader.fields(read_yaml(_read_file(file)), "the pack", PACK_KEYS, PACK_NEEDS)
        origin = read_origin(reader, fields)
    article = _load_article(file, fields, reader, origin)
    return _inspect(file, reader, fields, origin, article)


def inspect_document(fields: Fields, article: Article) -> Inspection:
    """Read a pack that lies in no folder as `inspect_pack` does: its facts.yaml and its article."""
    reader = Reader()
    fields = reader.fields(fields, "the pack", PACK_KEYS, PACK_NEEDS)
    origin = read_origin(reader, fields)
    return _inspect(Path(FACTS_FILES[0]), reader, fields, origin, article)


def _inspect(
    file: Path, reader: Reader, fields: Fields, origin: Origin, article: Article
) -> Inspection:
    own = read_predicates(reader, fields.entries.get("predicates"))
    predicates = {**list_shipped_predicates(), **own}
    entities = read_entities(reader, fields.entries.get("entities"), predicates)
    title = reader.text(fields, "title") or article.title
    draft = _Draft(title, origin, article, entities, predicates)
    return _finish(file, reader, draft, fields.entries.get("facts"))


@dataclass(frozen=True, slots=True)
class _Draft:
    """All of a pack but its facts."""

    title: str
    origin: Origin
    article: Article
    entities: Mapping[EntityId, Entity]
    predicates: Mapping[PredicateName, Predicate]


def _finish(
    file: Path, reader: Reader, draft: _Draft, node: Node | None, *, located: bool = False
) -> Inspection:
    entities, predicates, article = draft.entities, draft.predicates, draft.article
    facts = FactReader(
        reader, entities=entities, predicates=predicates, article=article, located=located
    )
    found = facts.read(node)
    pack = Pack(
        title=draft.title,
        origin=draft.origin,
        article=article,
        entities=entities,
        predicates=predicates,
        facts=_drop_dangling(found) if reader.problems else found,
    )
    return Inspection(file=file, pack=pack, faults=reader.list_problems())


def _drop_dangling(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Leave out facts under an id already taken, and links that lead nowhere."""
    first: dict[FactId, Fact] = {}
    for fact in facts:
        first.setdefault(fact.id, fact)
    return tuple(
        dataclasses.replace(
            fact,
            conflicts=tuple(one for one in fact.conflicts if one in first),
            supersedes=tuple(one for one in fact.supersedes if one in first),
        )
        for fact in first.values()
    )


def _inspect_tables(file: Path) -> Inspection:
    article_file = file.parent / ARTICLE_FILE
    if not article_file.is_file():
        problem = Problem(text=f"no file {ARTICLE_FILE!r} beside it; add the article")
        raise PackError(file, "the article is missing", (problem,))
    with _naming(article_file):
        article = read_article(_read_file(article_file))
    with _naming(file):
        tables = _read_tables(file)
    predicates = list_shipped_predicates()
    with _naming(file.parent / ENTITIES_FILE if file.suffix.lower() == ".csv" else file):
        names = TableReader()
        known = read_entities(names, make_entity_table(names, tables.entities), predicates)
        names.finish()
    reader = TableReader()
    facts = TableFacts(reader, known=known, predicates=predicates, article=article)
    node = facts.read(tables.facts)
    draft = _Draft(
        article.title,
        make_origin(file.resolve().parent.name, article),
        article,
        facts.entities,
        predicates,
    )
    return _finish(file, reader, draft, node, located=True)


def _read_tables(file: Path) -> Tables:
    if file.suffix.lower() == ".xlsx":
        return read_workbook(_read_bytes(file))
    facts = read_csv(_read_file(file))
    entities = file.parent / ENTITIES_FILE
    if not entities.is_file():
        return Tables(facts=facts)
    with _naming(entities):
        return Tables(facts=facts, entities=read_csv(_read_file(entities)))


def _find_file(folder: Path) -> Path:
    choices = [folder / name for name in FACTS_FILES] if folder.is_dir() else [folder]
    found = next((file for file in choices if file.is_file()), None)
    if found is None:
        names = ", ".join(FACTS_FILES[:-1])
        known = f"{names} or {FACTS_FILES[-1]}"
        raise NotFoundError(f"no fact pack at {folder}; give a folder that holds {known}")
    return found


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Add to a refusal the file that it is about, unless it names one already."""
    try:
        yield
    except PackError:
        raise
    except InvalidError as error:
        raise PackError(file, str(error), error.problems) from error


def _read_bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            text = f"larger than {MOST_BYTES:,} bytes; split the pack"
            raise InvalidError("the file cannot be used", (Problem(text=text),))
        return file.read_bytes()
    except OSError as error:
        problem = Problem(text=f"cannot be read ({error.strerror}); give another file")
        raise InvalidError("the file cannot be used", (problem,)) from error


def _read_file(file: Path) -> str:
    try:
        text = _read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = Problem(line=line, column=1, text="not UTF-8; save the file as UTF-8")
        raise InvalidError("the file cannot be used", (problem,)) from error
    return _LINE_END.sub("\n", text)


def _load_article(file: Path, fields: Fields, reader: Reader, origin: Origin) -> Article:
    name = origin.article
    path = file.parent / name
    if not name or Path(name).name != name or not path.is_file():
        node = fields.entries.get("source", fields)
        reader.report(
            node, f"article: no file {name!r} beside {file.name}; add it or mend the name"
        )
        raise PackError(file, "the article is missing", reader.list_problems())
    with _naming(path):
        return read_article(_read_file(path))
