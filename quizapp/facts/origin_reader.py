"""Reading where the article of a pack comes from."""

import re

from quizapp.facts.article import Article
from quizapp.facts.folding import fold
from quizapp.facts.model import Origin
from quizapp.facts.schema import Reader
from quizapp.facts.yaml_reader import Fields

FORMAT = "quizapp-facts/1"
ARTICLE_FILE = "article.md"
ORIGIN_NEEDS = ("id", "title", "publisher", "licence", "article")
ORIGIN_KEYS = (*ORIGIN_NEEDS, "retrieved")
_UNSTATED = "not stated"
_NOT_ID = re.compile(r"[^a-z0-9]+")


def read_origin(reader: Reader, fields: Fields) -> Origin:
    """Return the source that a pack names; faults go to the reader."""
    version = reader.text(fields, "format")
    if version is not None and version != FORMAT:
        reader.report(fields.entries["format"], f"format: {version!r}; this reads {FORMAT}")
    node = fields.entries.get("source", fields)
    source = fields
    if node is not fields:
        source = reader.fields(node, "source", ORIGIN_KEYS, ORIGIN_NEEDS)
    texts = {key: reader.text(source, key) or "" for key in ORIGIN_NEEDS}
    return Origin(**texts, retrieved=reader.text(source, "retrieved"))


def make_origin(folder: str, article: Article) -> Origin:
    """Return the source of a pack in tables, which have no room for it: its folder names it."""
    name = _NOT_ID.sub("_", fold(folder)).strip("_")
    return Origin(
        id=name or "pack",
        title=article.title,
        publisher=_UNSTATED,
        licence=_UNSTATED,
        article=ARTICLE_FILE,
    )
