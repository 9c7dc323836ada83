"""What the sheets of a workbook share: their names, the texts of cells, how numbers are shown."""

import posixpath
import re

from quizapp.facts.workbook_archive import Archive, Attributes, refuse
from quizapp.facts.workbook_cells import Styles

MOST_TEXTS = 250_000
_BOOK, _LINKS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_SHARED = "xl/sharedStrings.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Book:
    """The parts of a workbook beside its sheets; `texts` are those that cells name by number."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.texts: list[str] = []
        self.styles = Styles()

    def list_sheets(self) -> list[tuple[str, str]]:
        """Return the titles of the sheets and the parts that hold them.

        Raises:
            InvalidError: the workbook is broken.
        """
        found: list[tuple[str, str]] = []
        links = self._read_links()

        def enter(name: str, attributes: Attributes) -> None:
            if name == "sheet":
                link = next((attributes[key] for key in attributes if key.endswith(":id")), "")
                if link in links:
                    found.append((attributes.get("name", ""), links[link]))
            elif name == "workbookPr":
                self.styles.since_1904 = attributes.get("date1904") in ("1", "true")

        self.archive.parse(_BOOK, enter=enter, leave=_pass, tell=_pass, small=True)
        return found

    def _read_links(self) -> dict[str, str]:
        links: dict[str, str] = {}

        def enter(name: str, attributes: Attributes) -> None:
            # A chart sheet holds no cells; what lies outside of the workbook is left there.
            if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
                target = posixpath.join("/xl", attributes.get("Target", ""))
                links[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

        self.archive.parse(_LINKS, enter=enter, leave=_pass, tell=_pass, small=True)
        return links

    def read_strings(self) -> None:
        """Read the texts that cells name by their number.

        Raises:
            InvalidError: the workbook is broken, or there are too many.
        """
        if _SHARED in self.archive.names:
            reader = _TextReader(self.texts)
            self.archive.parse(_SHARED, enter=reader.enter, leave=reader.leave, tell=reader.tell)

    def read_styles(self) -> None:
        """Read how numbers are shown.

        Raises:
            InvalidError: the workbook is broken.
        """
        inside = False

        def enter(name: str, attributes: Attributes) -> None:
            nonlocal inside
            if name == "cellXfs":
                inside = True
            elif name == "xf" and inside:
                self.styles.formats.append(to_int(attributes.get("numFmtId", ""), 0))
            elif name == "numFmt":
                number = to_int(attributes.get("numFmtId", ""), 0)
                self.styles.codes[number] = attributes.get("formatCode", "")

        def leave(name: str) -> None:
            nonlocal inside
            inside = inside and name != "cellXfs"

        if _STYLES in self.archive.names:
            self.archive.parse(_STYLES, enter=enter, leave=leave, tell=_pass, small=True)


class _TextReader:
    """Gathers shared texts; how Chinese words are read (`rPh`) is no part of them."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.parts: list[str] = []
        self.inside = ""

    def enter(self, name: str, _attributes: Attributes) -> None:
        """An element begins."""
        if name == "si":
            self.parts.clear()
        elif name in ("t", "rPh") and self.inside != "rPh":
            self.inside = name

    def leave(self, name: str) -> None:
        """An element ends."""
        if name == self.inside:
            self.inside = ""
        elif name == "si":
            self.texts.append(unescape("".join(self.parts)))
            if len(self.texts) > MOST_TEXTS:
                raise refuse(f"more than {MOST_TEXTS:,} different texts; split the table")

    def tell(self, text: str) -> None:
        """Text is met."""
        if self.inside == "t":
            self.parts.append(text)


def unescape(text: str) -> str:
    """Return the text of a cell; a workbook writes a line end as _x000D_.

    What is no character of a text stays as it is.
    """
    return _ESCAPED.sub(_read_escape, text)


def to_int(text: str, default: int) -> int:
    """Return a small number of a workbook, or `default` where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default  # noqa: PLR2004


def _read_escape(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    return letter if letter.isprintable() or letter in "\t\n\r" else match[0]


def _pass(*_event: object) -> None:
    """Nothing is to be done at this event."""
