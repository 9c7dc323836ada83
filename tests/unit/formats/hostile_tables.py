"""Tables that nobody should send, made on the spot; each case says what the refusal tells."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO

from quizapp.formats.table_templates import QUESTIONS, write_workbook_template

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
BOMB = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {after} '{f'&{before};' * 10}'>"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
HEAD = "kind,question,answer,wrong 1,tolerance\n"


def make_book(rows: str = "", *, parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return a workbook of one sheet with these rows of XML, and other parts by their paths."""
    files: dict[str, bytes | str] = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Questions" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        **(parts or {}),
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def make_row(number: int, *cells: str) -> str:
    """Return a row of cells with these texts; what begins with < is the XML of a cell."""
    made = (
        cell if cell.startswith("<") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
        for cell in cells
    )
    return f'<row r="{number}">{"".join(made)}</row>'


def make_table(*cells: str) -> bytes:
    """Return a workbook with one choice question; `cells` follow its kind."""
    heading = make_row(1, "kind", "question", "answer", "wrong 1", "tolerance")
    return make_book(heading + make_row(2, *cells))


def _make_encrypted() -> bytes:
    content = bytearray(make_book())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


def _make_double() -> bytes:
    content = make_book(parts={"xl/workbooj.xml": "<a/>"})
    return content.replace(b"xl/workbooj", b"xl/workbook")


def _make_linked() -> bytes:
    stream = BytesIO(make_book())
    with zipfile.ZipFile(stream, "a") as archive:
        link = zipfile.ZipInfo("xl/media/a.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def _make_damaged() -> bytes:
    content = bytearray(write_workbook_template(QUESTIONS))
    place = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[place : place + 40] = bytes(40)
    return bytes(content)


def _make_csv_rows(count: int) -> bytes:
    stream = StringIO()
    stream.write(HEAD)
    for number in range(count):
        stream.write(f"card,{number}?,a\n")
    return stream.getvalue().encode()


# Name of the case -> name of the file, how its bytes are made, words of what is told.
REFUSED: Mapping[str, tuple[str, Callable[[], bytes], str]] = {
    "no bytes": ("a.csv", lambda: b"", "the file is empty"),
    "blanks alone": ("a.csv", lambda: b" \n\n", "the table is empty"),
    "headings alone": ("a.csv", HEAD.encode, "no question in it"),
    "an unknown ending": ("a.exe", lambda: b"MZ", "only .csv and .xlsx are read"),
    "a PDF named .xlsx": ("a.xlsx", lambda: b"%PDF-1.7\n%%EOF", "not readable as an XLSX"),
    "a PDF named .csv": ("a.csv", lambda: b"%PDF-1.7\n%%EOF", "no CSV file"),
    "an old workbook": ("a.xls", lambda: b"\xd0\xcf\x11\xe0", ".xls is not read"),
    "an old workbook named .xlsx": (
        "a.xlsx",
        lambda: b"\xd0\xcf\x11\xe0" + bytes(512),
        "an older format",
    ),
    "a workbook with macros": ("a.xlsm", make_book, ".xlsm is not read"),
    "macros in an .xlsx": (
        "a.xlsx",
        lambda: make_book(parts={"xl/vbaProject.bin": b"\0"}),
        "holds macros",
    ),
    "a NUL": ("a.csv", lambda: HEAD.encode() + b"card,a\0b,c\n", "no CSV file"),
    "a NUL typed as an escape": ("a.csv", (HEAD + "card,\x01?,a").encode, "U+0001"),
    "UTF-16": ("a.csv", lambda: HEAD.encode("utf-16"), "no CSV file"),
    "bytes of no encoding": ("a.csv", lambda: b"kind,question\n\x81,\x8d", "neither in UTF-8"),
    "half a surrogate": ("a.csv", lambda: b"kind,question\ncard,\xed\xa0\x80\x81?", "neither in"),
    "a line of 10 MB": ("a.csv", lambda: b"a" * 9_999_999, "larger than"),
    "a cell of 1.9 MB": ("a.csv", lambda: HEAD.encode() + b"b" * 1_900_000, "far too long"),
    "a cell of 100 kB": ("a.csv", lambda: HEAD.encode() + b"b" * 100_000, "more than 5,000 char"),
    "a quotation mark left open": ("a.csv", lambda: HEAD.encode() + b'"card,x', "not closed"),
    "too many rows": ("a.csv", lambda: _make_csv_rows(6_000), "more than 5,000 rows"),
    "a hundred thousand rows": ("a.csv", lambda: _make_csv_rows(100_000), "more than 5,000 rows"),
    "16,384 columns": ("a.csv", lambda: b"," * 16_383 + b"\n", "more than 50 columns"),
    "a million rows of a workbook": (
        "a.xlsx",
        lambda: make_book("<row><c/></row>" * 1_000_000),
        "more than 20,000 rows",
    ),
    "a row far below": (
        "a.xlsx",
        lambda: make_book('<row r="999999999"><c><v>1</v></c></row>'),
        "more than 20,000 rows",
    ),
    "16,384 columns of a workbook": (
        "a.xlsx",
        lambda: make_book(make_row(1, *["a"] * 16_384)),
        "more than 50 columns",
    ),
    "millions of cells in one row": (
        "a.xlsx",
        lambda: make_book(f"<row>{'<c/>' * 6_000_000}</row>"),
        "too many cells",
    ),
    "a zip that swells": (
        "a.xlsx",
        lambda: make_book(parts={"xl/media/a.png": bytes(40_000_000)}),
        "bytes unpacked",
    ),
    "a zip of very many files": (
        "a.xlsx",
        lambda: make_book(parts={f"xl/media/{number}.png": "" for number in range(300)}),
        "more than 200 files",
    ),
    "entities that swell": (
        "a.xlsx",
        lambda: make_book(
            parts={"xl/sharedStrings.xml": f"{BOMB}]><sst><si><t>&i;</t></si></sst>"}
        ),
        "declares a document type",
    ),
    "an entity of a file": (
        "a.xlsx",
        lambda: make_book(parts={SHEET: f"{OUTSIDE}<worksheet>&x;</worksheet>"}),
        "declares a document type",
    ),
    "deep nesting": (
        "a.xlsx",
        lambda: make_book("<a>" * 100_000),
        "nested too deep",
    ),
    "a text of 20 MB": (
        "a.xlsx",
        lambda: make_book(make_row(1, "a" * 20_000_000)),
        "a cell of more than",
    ),
    "a text of 20 MB in millions of pieces": (
        "a.xlsx",
        lambda: make_book(f"<row><c><v>{'&#97;' * 4_000_000}</v></c></row>"),
        "a cell of more than",
    ),
    "a million shared texts": (
        "a.xlsx",
        lambda: make_book(
            parts={"xl/sharedStrings.xml": f"<sst>{'<si><t>ab</t></si>' * 10**6}</sst>"}
        ),
        "different texts",
    ),
    "a million styles": (
        "a.xlsx",
        lambda: make_book(parts={"xl/styles.xml": f"<s><cellXfs>{'<xf/>' * 10**6}</cellXfs></s>"}),
        "too many cells, formats",
    ),
    "a workbook without sheets": (
        "a.xlsx",
        lambda: make_book(parts={"xl/workbook.xml": "<workbook/>"}),
        "no sheet",
    ),
    "a sheet that is not there": (
        "a.xlsx",
        lambda: make_book(
            parts={
                "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" TargetMode="External" '
                f'Type="{RELATIONS}/worksheet" Target="https://example.org/a.xml"/></R>'
            }
        ),
        "not readable as an XLSX",
    ),
    "a sheet that is no XML": ("a.xlsx", lambda: make_book(parts={SHEET: "words"}), "not readable"),
    "a zip of something else": (
        "a.xlsx",
        lambda: make_book().replace(b"xl/workbook.xml", b"xl/notabook.xml"),
        "not readable as an XLSX",
    ),
    "a zip that is damaged": ("a.xlsx", _make_damaged, "not readable as an XLSX"),
    "a zip with a password": ("a.xlsx", _make_encrypted, "locked with a password"),
    "two files of one name": ("a.xlsx", _make_double, "two files in it have one name"),
    "a link in a zip": ("a.xlsx", _make_linked, "is a link"),
    "a formula without a value": (
        "a.xlsx",
        lambda: make_table("card", "Why?", '<c><f>WEBSERVICE("https://example.org")</f></c>'),
        "a formula without a saved value",
    ),
    "a formula that failed": (
        "a.xlsx",
        lambda: make_table("card", "Why?", '<c t="e"><v>#REF!</v></c>'),
        "shows the error #REF!",
    ),
    "a number that is none": (
        "a.xlsx",
        lambda: make_table("numeric", "How many?", "<c><v>NaN</v></c>"),
        "no number or date",
    ),
    "a number without end": (
        "a.xlsx",
        lambda: make_table("numeric", "How many?", "<c><v>1e999</v></c>"),
        "no number or date",
    ),
    "a negative number": ("a.csv", (HEAD + "numeric,How?,-5").encode, "from 0 up"),
    "the word NaN": ("a.csv", (HEAD + "numeric,How?,NaN").encode, "is no number"),
    "a number of 4,000 digits": (
        "a.csv",
        (HEAD + "numeric,How?," + "9" * 4_000).encode,
        "more than 300 characters",
    ),
    "a tolerance that is none": (
        "a.csv",
        (HEAD + "numeric,How?,5,,inf").encode,
        "is no number from 0 up",
    ),
    "merged cells": (
        "a.xlsx",
        lambda: make_table("<c t='inlineStr'><is><t>card</t></is></c>", "<c/>", "<c/>"),
        "question: empty",
    ),
}
