"""Fact packs: a folder with an article and its facts, read, checked, and written canonically."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from quizapp.errors import InvalidError, NotFoundError, Problem
from quizapp.facts.article import Article, read_article
from quizapp.facts.entity_reader import read_entities
from quizapp.facts.fact_reader import FactReader
from quizapp.facts.model import Fact, Origin, Pack
from quizapp.facts.predicates import list_shipped_predicates, read_predicates
from quizapp.facts.schema import Reader
from quizapp.facts.yaml_reader import Fields, read_yaml

FORMAT = "quizapp-facts/1"
FACTS_FILE = "facts.yaml"
_KEYS = ("format", "title", "source", "entities", "predicates", "facts")
_ORIGIN_KEYS = ("id", "title", "publisher", "licence", "article")

Json = str | int | bool | list["Json"] | dict[str, "Json"] | None


class PackError(InvalidError):
    """A file of a pack cannot be used; `file` is the one that the problems stand in."""

    def __init__(self, file: Path, text: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(text, problems)
        self.file = file


def load_pack(folder: Path) -> Pack:
    """Read and check the pack of a folder, or of a `facts.yaml` itself.

    Raises:
        NotFoundError: there is no such folder, or it holds no facts.yaml.
        PackError: a file cannot be read, or is not as it must be; it carries all problems found.
    """
    file = folder / FACTS_FILE if folder.is_dir() else folder
    if not file.is_file():
        raise NotFoundError(f"no fact pack at {folder}; give a folder that holds {FACTS_FILE}")
    try:
        root, reader = read_yaml(_read_file(file)), Reader()
        fields = reader.fields(root, "the pack", _KEYS, ("format", "source", "facts"))
        origin = _read_origin(reader, fields)
    except InvalidError as error:
        raise PackError(file, str(error), error.problems) from error
    article = _load_article(file, fields, reader, origin)
    try:
        return _read_pack(reader, fields, origin, article)
    except InvalidError as error:
        raise PackError(file, str(error), error.problems) from error


def _read_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = Problem(line=line, column=1, text="not UTF-8; save the file as UTF-8")
        raise InvalidError("the file cannot be used", (problem,)) from error


def _read_origin(reader: Reader, fields: Fields) -> Origin:
    version = reader.text(fields, "format")
    if version is not None and version != FORMAT:
        reader.report(fields.entries["format"], f"format: {version!r}; this reads {FORMAT}")
    node = fields.entries.get("source", fields)
    source = fields
    if node is not fields:
        source = reader.fields(node, "source", (*_ORIGIN_KEYS, "retrieved"), _ORIGIN_KEYS)
    texts = {key: reader.text(source, key) or "" for key in _ORIGIN_KEYS}
    return Origin(**texts, retrieved=reader.text(source, "retrieved"))


def _load_article(file: Path, fields: Fields, reader: Reader, origin: Origin) -> Article:
    name = origin.article
    path = file.parent / name
    if not name or Path(name).name != name or not path.is_file():
        node = fields.entries.get("source", fields)
        reader.report(
            node, f"article: no file {name!r} beside {file.name}; add it or mend the name"
        )
        raise PackError(file, "the article is missing", tuple(reader.problems))
    try:
        return read_article(_read_file(path))
    except InvalidError as error:
        raise PackError(path, str(error), error.problems) from error


def _read_pack(reader: Reader, fields: Fields, origin: Origin, article: Article) -> Pack:
    own = read_predicates(reader, fields.entries.get("predicates"))
    predicates = {**list_shipped_predicates(), **own}
    entities = read_entities(reader, fields.entries.get("entities"), predicates)
    facts = FactReader(reader, entities=entities, predicates=predicates, article=article)
    found = facts.read(fields.entries.get("facts"))
    title = reader.text(fields, "title") or article.title
    reader.finish()
    return Pack(
        title=title,
        origin=origin,
        article=article,
        entities=entities,
        predicates=predicates,
        facts=found,
    )


def canonical_json(pack: Pack) -> bytes:
    """Return the pack as JSON with sorted keys and one way to write each thing, for hashing."""
    document: Json = {
        "format": FORMAT,
        "title": pack.title,
        "source": _to_json(pack.origin),
        "entities": _to_json(pack.entities),
        "predicates": _to_json(pack.predicates),
        "facts": [_to_json(fact) for fact in pack.facts],
    }
    return _dump(document)


def digest_fact(fact: Fact) -> str:
    """Return the SHA-256 of what a question about the fact asks, as 64 hexadecimal digits.

    That is who or what it is about, the value with its hedge, the claimants and the date; a note or
    a corrected quote does not change it.
    """
    document: Json = {
        "kind": type(fact.value).__name__,
        **{
            name: _to_json(getattr(fact, name))
            for name in ("subject", "predicate", "value", "said", "status", "as_of", "start", "end")
        },
    }
    return hashlib.sha256(_dump(document)).hexdigest()


def _dump(document: Json) -> bytes:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _to_json(thing: object) -> Json:
    if dataclasses.is_dataclass(thing):
        names = [field.name for field in dataclasses.fields(thing) if field.name != "line"]
        return {name: _to_json(getattr(thing, name)) for name in names}
    if isinstance(thing, Mapping):
        return {str(key): _to_json(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [_to_json(item) for item in thing]
    if thing is None or isinstance(thing, (str, bool, int)):
        return thing
    assert isinstance(thing, Decimal)
    return f"{thing.normalize():f}"
