"""Fact packs for tests: those written out beside this file, the shipped one, and tiny ones."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from quizapp.facts.article import read_article
from quizapp.facts.model import Fact, FactId, Pack
from quizapp.facts.packs import load_pack

_HERE = Path(__file__).parent / "packs"
_SHIPPED = Path(__file__).parents[2] / "questions"
ARTICLE = (
    "# Tiny\n\n## Text\n\nAll that the facts need is said here.\n\n## Later\n\nIt is said again.\n"
)
ENTITIES = """
  ann: {type: person, name: Ann Archer, aliases: [Archer]}
  bob: {type: person, name: Bob Baker}
  cid: {type: person, name: Cid Cooper}
  dan: {type: person, name: Dan Dyer}
  eve: {type: person, name: Eve Ewing}
  ash: {type: group, name: Ash League, the: yes}
  elm: {type: group, name: Elm Guild, the: yes}
  fir: {type: group, name: Fir Circle, the: yes}
  oak: {type: group, name: Oak Union, the: yes}
  pines: {type: group, name: Pines, the: yes, plural: yes}
  rome: {type: place, place: city, name: Rome}
  oslo: {type: place, place: city, name: Oslo}
  lima: {type: place, place: city, name: Lima}
  kyiv: {type: place, place: city, name: Kyiv}
  north: {type: place, place: region, name: northern coast, the: yes}
  south: {type: place, place: region, name: southern plain, the: yes}
  east: {type: place, place: region, name: eastern hills, the: yes}
  west: {type: place, place: region, name: western isles, the: yes}
  fair: {type: event, name: the autumn fair}
  race: {type: event, name: the river race}
  feast: {type: event, name: the winter feast}
  storm: {type: event, name: the great storm}
  may_march: {type: event, name: the march of May 1901, hide: [date]}
  herald: {type: publisher, name: Morning Herald, the: yes}
  courier: {type: publisher, name: Evening Courier, the: yes}
"""


def list_pack_folders() -> list[Path]:
    """Return the folders of all packs that generation must do well on."""
    folders = [*_HERE.iterdir(), *_SHIPPED.iterdir()]
    return sorted(folder for folder in folders if (folder / "facts.yaml").is_file())


@cache
def get_pack(folder: Path) -> Pack:
    """Return the pack of that folder, read once."""
    return load_pack(folder)


def write_tiny_pack(
    folder: Path,
    facts: Sequence[str],
    *,
    later: Sequence[str] = (),
    entities: str = "",
    predicates: str = "",
    article: str | None = None,
) -> Path:
    """Write a pack of facts like "id: a, s: ann, p: leader, v: bob" and return its folder.

    `facts` stand in the section "Text", `later` in the section "Later" of the article, each quoting
    the whole first paragraph.
    """
    text = article or ARTICLE
    read = read_article(text)
    places = [(fact, "Text") for fact in facts] + [(fact, "Later") for fact in later]
    lines = []
    for fact, section in places:
        paragraph = read.find_paragraph(section, 1)
        assert paragraph is not None
        quote, digest = paragraph.text, paragraph.digest
        at = f"at: {{section: {section}, para: 1, quote: {json.dumps(quote)}, hash: '{digest}'}}"
        lines.append(f"- {{{fact}, {at}}}")
    folder.mkdir(exist_ok=True)
    (folder / "article.md").write_text(text, encoding="utf-8")
    (folder / "facts.yaml").write_text(
        "format: quizapp-facts/1\n"
        "source: {id: tiny, title: Tiny, publisher: Tests, licence: MIT, article: article.md}\n"
        f"entities:{ENTITIES}{entities}\n"
        f"predicates:{predicates or ' {}'}\n"
        "facts:\n" + "\n".join(lines) + "\n",
        encoding="utf-8",
    )
    return folder


def make_tiny_pack(
    folder: Path,
    *facts: str,
    later: Sequence[str] = (),
    entities: str = "",
    predicates: str = "",
    article: str | None = None,
) -> Pack:
    """Return a pack of such facts, read as any other."""
    written = write_tiny_pack(
        folder, facts, later=later, entities=entities, predicates=predicates, article=article
    )
    return load_pack(written)


def get_fact(pack: Pack, identity: str) -> Fact:
    """Return the fact of that id."""
    return pack.get_fact(FactId(identity))
