"""Files that nobody should send, made on the spot; each builder returns a name and bytes."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from quizapp.extraction import limits

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARAGRAPH = "<w:p><w:r><w:t>Hello there.</w:t></w:r></w:p>"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))


def make_docx(
    body: str = PARAGRAPH, *, head: str = "", parts: Mapping[str, bytes | str] | None = None
) -> bytes:
    """Return a DOCX with this body, and other parts by their paths."""
    document = f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    files: dict[str, bytes | str] = {"word/document.xml": document, **(parts or {})}
    return make_zip(files)


def make_zip(files: Mapping[str, bytes | str]) -> bytes:
    """Return a zip of these files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def make_links(target: str, kind: str) -> str:
    """Return the links of a document with one to the outside."""
    return (
        f'<Relationships xmlns="{LINKS}"><Relationship Id="r1" Type="{KINDS}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )


def make_pdf(content: bytes, *, pages: int = 1, extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """Return a PDF whose pages share one stream of drawing commands."""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 3 0 R>>%s>>>>" % extra
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        *([page] * pages),
    ]
    return _join_pdf(objects, trailer)


def _join_pdf(objects: list[bytes], trailer: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (count, trailer, len(out))
    )


def draw(*lines: str, size: int = 12) -> bytes:
    """Return the commands that write these lines, one below the other."""
    shown = "".join(f"({line}) Tj 0 -{size + 2} Td " for line in lines)
    return f"BT /F1 {size} Tf 50 750 Td {shown}ET".encode("latin-1")


def _make_deflated_bomb(parts: int = 8) -> bytes:
    """A PDF with a page of so many parts of 7 MB each."""
    packer, part = zlib.compressobj(9), b"(a) Tj " * 1_000_000
    packed = b"".join(packer.compress(part) for _ in range(parts)) + packer.flush()
    pdf = make_pdf(b"x")
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    return pdf.replace(b"<</Length 1>>stream\nx\nendstream", stream)


def _make_tripping_words() -> bytes:
    """As many names in a row as one sentence may have, in as many sentences as are read."""
    paragraph = ("Aaa Bbb " * 120 + ". ") * 9
    return f"Title\n\n{(paragraph + chr(10) * 2) * 33}".encode()


def _make_lying_zip() -> bytes:
    """A zip whose directory says that the document is small."""
    content = bytearray(make_docx("<w:p/>" * 3_000_000))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(content)


def _make_linked_zip() -> bytes:
    buffer = BytesIO(make_docx())
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("word/media/a.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def _make_double_zip() -> bytes:
    content = make_docx(parts={"word/documenu.xml": "<a/>"})
    return content.replace(b"documenu", b"document")


def _make_encrypted_zip() -> bytes:
    content = bytearray(make_docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


ENTITY = '<!DOCTYPE d [<!ENTITY a "b"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {after} '{f'&{before};' * 10}'>"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)

# These take seconds until a limit ends them.
SLOW = {"a PDF that swells", "a PDF that runs long", "words that trip a rule"}
# Name of the case -> name of the file, how its bytes are made, words of the refusal.
REFUSED: Mapping[str, tuple[str, Callable[[], bytes], str]] = {
    "no bytes": ("a.txt", lambda: b"", "empty"),
    "blanks alone": ("a.md", lambda: b" \n\t\n", "empty"),
    "a heading without words": ("a.html", lambda: b"<h1></h1><p> </p>", "no text"),
    "an unknown ending": ("a.exe", lambda: b"MZ", ".exe are not read"),
    "a document for macros": ("a.docm", make_docx, ".docm are not read"),
    "no ending": ("article", lambda: b"Some words.", "are not read"),
    "a NUL": ("a.txt", lambda: b"one\n\ntwo\0three", "NUL"),
    "UTF-16 without a mark": ("a.txt", lambda: "Title".encode("utf-16-le"), "NUL"),
    "UTF-16 cut in the middle": ("a.txt", lambda: b"\xff\xfea\0b", "not UTF-8"),
    "Latin-1": ("a.md", lambda: "# Caf\u00e9".encode("latin-1"), "not UTF-8"),
    "a line of 10 MB": ("a.txt", lambda: b"a" * 9_999_999, "characters of text"),
    "a long line": ("a.txt", lambda: b"a " * 10_000, "a line has more than"),
    "a long paragraph": ("a.md", lambda: b"word word word\n" * 9_000, "a paragraph has more than"),
    "a forest of brackets": ("a.md", lambda: b"# T\n\n" + b"[" * 9_000, "brackets"),
    "very many little paragraphs": ("a.txt", lambda: b"a.\n\n" * 70_000, "paragraphs and items"),
    "more bytes than are read": ("a.txt", lambda: b"a\n" * 6_000_000, "larger than"),
    "a picture named .pdf": ("a.pdf", lambda: PNG, "it is a PNG picture"),
    "a picture named .docx": ("a.docx", lambda: b"\xff\xd8\xff\xe0" + PNG, "JPEG picture"),
    "a picture named .txt": ("a.txt", lambda: PNG, "PNG picture"),
    "a PDF named .html": ("a.html", lambda: make_pdf(draw("x")), "it is a PDF"),
    "a program named .pdf": ("a.pdf", lambda: b"MZ\x90\0" * 99, "it is a program"),
    "words named .pdf": ("a.pdf", lambda: b"only words", "something else"),
    "a Word document with a password": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99,
        "with a password",
    ),
    "RTF named .txt": ("a.txt", lambda: b"{\\rtf1 hello}", "RTF"),
    "HTML 100,000 deep": ("a.html", lambda: b"<div>" * 100_000 + b"x", "deep; "),
    "marks of style 100,000 deep": ("a.html", lambda: b"<b>" * 100_000 + b"x", "deep; "),
    "HTML with an entity": ("a.html", f"{ENTITY}<p>&x;".encode, "entities"),
    "HTML with a bomb": ("a.html", f"{BOMB}]><p>&i;".encode, "entities"),
    "a zip that is no DOCX": ("a.docx", lambda: make_zip({"a.txt": "x"}), "no Word document is"),
    "a cut zip": ("a.docx", lambda: make_docx()[:-30], "damaged"),
    "a zip bomb": (
        "a.docx",
        lambda: make_docx(parts={"word/media/a.png": b"\0" * (limits.MOST_UNPACKED + 1)}),
        "unpacked",
    ),
    "a document of 18 MB": (
        "a.docx",
        lambda: make_docx("<w:p/>" * 3_000_000),
        "its text is larger than 10 MB",
    ),
    "a zip that lies": ("a.docx", _make_lying_zip, "damaged"),
    "too many files": (
        "a.docx",
        lambda: make_docx(parts={f"f{number}": b"" for number in range(limits.MOST_FILES)}),
        "files; ",
    ),
    "a path that climbs": ("a.docx", lambda: make_docx(parts={"../../x": b""}), "leads elsewhere"),
    "a path from the root": ("a.docx", lambda: make_docx(parts={"/etc/x": b""}), "leads elsewhere"),
    "a zip with a link": ("a.docx", _make_linked_zip, "a link"),
    "two files of one name": ("a.docx", _make_double_zip, "one name"),
    "an encrypted zip": ("a.docx", _make_encrypted_zip, "encrypted"),
    "macros": (
        "a.docx",
        lambda: make_docx(parts={"word/vbaProject.bin": b""}),
        "macros",
    ),
    "a template from outside": (
        "a.docx",
        lambda: make_docx(
            parts={
                "word/_rels/document.xml.rels": make_links("http://x.test/t", "attachedTemplate")
            }
        ),
        "from outside",
    ),
    "a picture from outside": (
        "a.docx",
        lambda: make_docx(
            parts={"word/_rels/document.xml.rels": make_links("http://x.test/p", "image")}
        ),
        "from outside",
    ),
    "XML with an entity": ("a.docx", lambda: make_docx(head=ENTITY), "document type"),
    "XML with a bomb": ("a.docx", lambda: make_docx("&i;", head=f"{BOMB}]>"), "document type"),
    "styles with an entity": (
        "a.docx",
        lambda: make_docx(parts={"word/styles.xml": f"{ENTITY}<a>&x;</a>"}),
        "document type",
    ),
    "XML 100,000 deep": (
        "a.docx",
        lambda: make_docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
        "deep; ",
    ),
    "XML that is broken": ("a.docx", lambda: make_docx("<w:p>"), "damaged"),
    "a PDF cut short": ("a.pdf", lambda: make_pdf(draw("x"))[:60], "broken"),
    "a PDF of noise": ("a.pdf", lambda: b"%PDF-1.4\n" + bytes(range(256)) * 40, "broken"),
    "an encrypted PDF": (
        "a.pdf",
        lambda: make_pdf(
            draw("x"),
            trailer=b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -1/O<%s>/U<%s>>>"
            % (b"00" * 32, b"00" * 32),
        ),
        "encrypted",
    ),
    "a PDF without words": ("a.pdf", lambda: make_pdf(b"0 0 m 9 9 l S"), "no text"),
    "a PDF of many pages": (
        "a.pdf",
        lambda: make_pdf(draw("x"), pages=limits.MOST_PAGES + 1),
        "pages",
    ),
    "a PDF that swells": ("a.pdf", _make_deflated_bomb, "too much time or memory"),
    "a PDF that swells at once": (
        "a.pdf",
        lambda: _make_deflated_bomb(12),
        "too much time or memory",
    ),
    "words that trip a rule": ("a.txt", _make_tripping_words, "too much time or memory"),
    "a PDF that runs long": (
        "a.pdf",
        lambda: make_pdf(draw(*["ab"] * 300_000)),
        "too much time or memory",
    ),
    "a PDF whose pages go round": (
        "a.pdf",
        lambda: make_pdf(draw("x")).replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"),
        "broken",
    ),
}
