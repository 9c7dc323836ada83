"""A DOCX as the few parts that are read of it; the zip is checked before it is unpacked."""

import stat
import zipfile
import zlib
from io import BytesIO

from quizapp.extraction.limits import (
    MOST_FILES,
    MOST_PART,
    MOST_UNPACKED,
    make_refusal,
    refuse,
    write_size,
)

DOCUMENT, STYLES, LINKS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
_ENCRYPTED = 0x1
AGAIN = "open it in a word processor and save it again as .docx"


def read_parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of the document that hold its text, its styles and its links.

    Raises:
        InvalidError: no DOCX, or one that is too large, encrypted, holds macros or strange names.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(members)
            if DOCUMENT not in archive.namelist():
                refuse(f"it is a ZIP archive, and no Word document is in it; {AGAIN}")
            wanted = (DOCUMENT, STYLES, LINKS)
            return {
                one.filename: _unpack(archive, one) for one in members if one.filename in wanted
            }
    except _BROKEN as error:
        raise make_refusal(f"it is damaged, or no Word document; {AGAIN}") from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        refuse(f"it is made of more than {MOST_FILES} files; remove pictures, and {AGAIN}")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        refuse(
            f"unpacked it is larger than {write_size(MOST_UNPACKED)}; remove pictures, and {AGAIN}"
        )
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        refuse(f"it is put together wrongly (two of its files have one name); {AGAIN}")
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or ":" in name:
        refuse(f"it is put together wrongly (a file in it leads elsewhere); {AGAIN}")
    if stat.S_ISLNK(member.external_attr >> 16):
        refuse(f"it is put together wrongly (a file in it is a link); {AGAIN}")
    if member.flag_bits & _ENCRYPTED:
        refuse("it is protected with a password (encrypted); save it without one")
    if name.lower().endswith(("vbaproject.bin", "vbadata.xml")):
        refuse("it holds macros; save it as .docx without them")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.file_size > MOST_PART:
        refuse(f"its text is larger than {write_size(MOST_PART)}; split the article")
    with archive.open(member) as file:
        return file.read(MOST_PART)
