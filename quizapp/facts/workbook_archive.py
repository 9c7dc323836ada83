"""An XLSX workbook as the zip of XML that it is, opened with care.

How many files there are and how large they are unpacked is checked before anything is unpacked.
XML is read as events, without a tree; document types, which could expand without end, deep nesting
and texts longer than a cell can hold are refused. Nothing that a workbook links to is opened.
"""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from xml.parsers import expat

from quizapp.errors import InvalidError, Problem

MOST_FILES = 200
MOST_UNPACKED = 30_000_000
MOST_XML_DEPTH = 50
MOST_SMALL = 3_000_000
"""The most bytes of a part that says how sheets are named and shown."""
MOST_ELEMENTS, MOST_NAMED = 1_500_000, 100_000
"""The most elements of any part, and of one that names sheets or formats."""
MOST_TEXT = 40_000
"""The longest run of text, in characters; a cell holds up to 32,767."""
AGAIN = "save it again as .xlsx"
_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)

Attributes = Mapping[str, str]


class Archive:
    """The parts of a workbook by their paths."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self.names = frozenset(zipped.namelist())

    def parse(
        self,
        name: str,
        *,
        enter: Callable[[str, Attributes], None],
        leave: Callable[[str], None],
        tell: Callable[[str], None],
        small: bool = False,
    ) -> None:
        """Read a part as events: elements that begin and end, by their local names, and text.

        `small` tells that all of it is kept, so that little of it must be read.

        Raises:
            InvalidError: there is no such part, or it is too large, no XML, or not plain.
        """
        if name not in self.names:
            raise refuse(f"not readable as an XLSX workbook; {AGAIN}")
        if small and self._zipped.getinfo(name).file_size > MOST_SMALL:
            raise refuse(f"too many cells, formats or names; copy the table alone and {AGAIN}")
        parser = _make_parser(enter, leave, tell, most=MOST_NAMED if small else MOST_ELEMENTS)
        with self._zipped.open(name) as file:
            try:
                parser.ParseFile(file)
            except (expat.ExpatError, UnicodeDecodeError) as error:
                raise refuse(f"not readable as an XLSX workbook; {AGAIN}") from error


@contextmanager
def open_archive(content: bytes) -> Iterator[Archive]:
    """Open a workbook.

    Raises:
        InvalidError: no zip, or one that is too large, encrypted, or holds macros or strange names.
    """
    if content.startswith(_OLD_OFFICE):
        raise refuse(f"an older format, or locked with a password; unlock it and {AGAIN}")
    try:
        with zipfile.ZipFile(BytesIO(content)) as zipped:
            _check_members(zipped.infolist())
            yield Archive(zipped)
    except _BROKEN as error:
        raise refuse(f"not readable as an XLSX workbook; {AGAIN}") from error


def refuse(text: str) -> InvalidError:
    """Return the refusal of a workbook; `text` says what is wrong and what to do."""
    return InvalidError("the workbook cannot be used", (Problem(text=text),))


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise refuse(f"more than {MOST_FILES} files in it; copy the table alone and {AGAIN}")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise refuse(f"larger than {MOST_UNPACKED:,} bytes unpacked; split the table")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise refuse(f"two files in it have one name; {AGAIN}")
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    if stat.S_ISLNK(member.external_attr >> 16):
        raise refuse(f"a file in it is a link; {AGAIN}")
    if member.flag_bits & _ENCRYPTED:
        raise refuse("it is locked with a password; save it without one")
    if member.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")):
        raise refuse("it holds macros; save it as .xlsx, which has none")


def _make_parser(
    enter: Callable[[str, Attributes], None],
    leave: Callable[[str], None],
    tell: Callable[[str], None],
    *,
    most: int,
) -> expat.XMLParserType:
    depth = length = count = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, length, count
        depth, length, count = depth + 1, 0, count + 1
        if count > most:
            raise refuse(f"too many cells, formats or names; copy the table alone and {AGAIN}")
        if depth > MOST_XML_DEPTH:
            raise refuse(f"the workbook is nested too deep; {AGAIN}")
        enter(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        leave(name.rpartition(":")[2])

    def hear(text: str) -> None:
        nonlocal length
        length += len(text)
        if length > MOST_TEXT:
            raise refuse(f"a cell of more than {MOST_TEXT:,} characters; shorten it")
        tell(text)

    def refuse_type(*_details: object) -> None:
        raise refuse(f"the workbook declares a document type; {AGAIN}")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = hear
    parser.StartDoctypeDeclHandler = refuse_type
    return parser
