"""DOCX -> blocks, read from its XML: a document's words need no model of its layout."""

import re

from quizapp.extraction.blocks import Block, Losses, Reading, pair_cells
from quizapp.extraction.docx_archive import AGAIN, DOCUMENT, LINKS, STYLES, read_parts
from quizapp.extraction.limits import refuse
from quizapp.extraction.markup_events import parse_xml

_HEADING = re.compile(r"heading ([1-6])", re.IGNORECASE)
# Text boxes come twice (as an alternative for old programs), and out of the order of the text.
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "txbxContent", "instrText", "pict"})
_SPACES = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_LOST = {
    "drawing": ("picture", "picture", "say in words what it shows"),
    "pict": ("picture", "picture", "say in words what it shows"),
    "txbxContent": ("text-box", "text box", "move its words into the text"),
    "del": ("tracked-change", "deletion that nobody accepted", "accept or reject the changes"),
    "footnoteReference": ("footnote", "footnote", "move what matters into the text"),
    "endnoteReference": ("footnote", "footnote", "move what matters into the text"),
    "oMath": ("formula", "formula", "write it in words"),
}


def read_docx(content: bytes) -> Reading:
    """Return the blocks of a Word document.

    Raises:
        InvalidError: no plain Word document; the problem says what is wrong and the remedy.
    """
    parts = read_parts(content)
    parse_xml(parts.get(LINKS, b"<none/>"), _Links(), AGAIN)
    styles = _Styles()
    parse_xml(parts.get(STYLES, b"<none/>"), styles, AGAIN)
    body = _Body(styles.levels)
    parse_xml(parts[DOCUMENT], body, AGAIN)
    body.end_list()
    return Reading(blocks=tuple(body.blocks), damage=body.losses.list_damage())


class _Links:
    """Refuses what the document would fetch; a link for readers to follow is only text."""

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        """Look at a relationship."""
        external = attributes.get("TargetMode", "").lower() == "external"
        kind = attributes.get("Type", "").rpartition("/")[2]
        if tag == "Relationship" and external and kind != "hyperlink":
            refuse(f"it loads something from outside the file ({kind[:40]}); embed or remove it")

    def leave(self, tag: str) -> None:
        """Nothing ends."""

    def take(self, text: str) -> None:
        """There is no text."""


class _Styles:
    """Which styles are headings: their names are the same in every language, their ids are not."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self._id = ""

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep the id of a style, and its level if the name tells one."""
        if tag == "style":
            self._id = attributes.get("styleId", "")
        elif tag == "name":
            name = attributes.get("val", "")
            match = _HEADING.fullmatch(name)
            if match is not None:
                self.levels[self._id] = int(match.group(1))
            elif name.lower() == "title":
                self.levels[self._id] = 1

    def leave(self, tag: str) -> None:
        """Nothing ends."""

    def take(self, text: str) -> None:
        """There is no text."""


class _Body:
    """The paragraphs, lists and tables of the text."""

    def __init__(self, levels: dict[str, int]) -> None:
        self.levels = levels
        self.losses = Losses()
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.items: list[str] = []
        self.cells: list[str] = []
        self.rows: list[list[str]] = []
        self.level = self.skipped = self.tables = 0
        self.in_text = self.listed = False

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        if tag in _LOST and not self.skipped:
            self.losses.add(*_LOST[tag])
        self.skipped += tag in _SKIPPED
        if self.skipped:
            return
        self.in_text = tag == "t"
        if tag == "p" and not self.tables:
            self.level, self.listed = 0, False
        elif tag == "pStyle":
            self.level = self.levels.get(attributes.get("val", ""), 0)
        elif tag == "numPr":
            self.listed = True
        elif tag in _SPACES:
            self.words.append(_SPACES[tag])
        else:
            self._enter_table(tag)

    def leave(self, tag: str) -> None:
        """Leave an element."""
        skipping = self.skipped > 0
        self.skipped -= tag in _SKIPPED
        if skipping:
            return
        if tag == "t":
            self.in_text = False
        elif tag == "p":
            self._end_paragraph()
        else:
            self._leave_table(tag)

    def take(self, text: str) -> None:
        """Take text, which stands in elements `t` alone."""
        if self.in_text and not self.skipped:
            self.words.append(text)

    def end_list(self) -> None:
        """Keep the list that was read last."""
        if self.items:
            self.blocks.append(Block(items=tuple(self.items)))
            self.items = []

    def _enter_table(self, tag: str) -> None:
        if tag == "tbl":
            self.tables += 1
            self.end_list()
        elif tag == "tr" and self.tables == 1:
            self.rows.append([])
        elif tag == "tc" and self.tables == 1:
            self.cells = []

    def _leave_table(self, tag: str) -> None:
        if tag == "tc" and self.tables == 1 and self.rows:
            self.rows[-1].append(" ".join(self.cells))
        elif tag == "tbl":
            self.tables -= 1
            if not self.tables:
                self.blocks.append(Block(items=pair_cells(self.rows)))
                self.rows = []

    def _end_paragraph(self) -> None:
        text = " ".join("".join(self.words).split())
        self.words = []
        if self.tables:
            self.cells.append(text)
        elif self.listed and not self.level:
            self.items.append(text)
        else:
            self.end_list()
            self.blocks.append(Block(text=text, level=self.level))
