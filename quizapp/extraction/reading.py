"""A file of an instructor -> the article in it, by the reader for its sort."""

from collections.abc import Callable
from pathlib import PurePath

from quizapp.extraction.blocks import Losses, Reading, check_size, report_damage
from quizapp.extraction.cleaning import clean_blocks
from quizapp.extraction.limits import MOST_BYTES, TOO_LARGE, refuse
from quizapp.extraction.writing import Document, write_document
from quizapp.facts.checking.damage import find_damage
from quizapp.facts.checking.problems import PackProblem, write_place
from quizapp.facts.folding import fold_space

_TEXT, _MARKDOWN, _HTML, _DOCX, _PDF = "text", "Markdown", "HTML", "DOCX", "PDF"
SORTS = {
    ".txt": _TEXT,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".docx": _DOCX,
    ".pdf": _PDF,
}
"""The sort of file by the end of its name."""
_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP or DOCX",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "a Word document of the old sort (.doc), or one with a password",
    b"\x1f\x8b": "a GZIP archive",
    b"MZ": "a program",
    b"\x7fELF": "a program",
}
_EXPECTED = {_PDF: b"%PDF-", _DOCX: b"PK\x03\x04"}
_LONGEST_ENDING = 20
_WAY_OUT = "save the article as .docx, .pdf, .html, .md or .txt"


def read_document(name: str, content: bytes) -> Document:
    """Return the article in a file; `name` tells its sort by its end, and a title if it has none.

    Raises:
        InvalidError: the file cannot be read; its problem says what is wrong and the remedy.
    """
    sort = check_file(name, content)
    reading = _find_reader(sort)(content)
    losses = Losses()
    check_size(reading.blocks)
    blocks = clean_blocks(reading.blocks, losses)
    check_size(blocks)
    damage = (*reading.damage, *losses.list_damage())
    title = fold_space(PurePath(name).stem.replace("_", " ")) or "Article"
    document = write_document(blocks, title, damage)
    found = (*document.damage, *_list_damage(document))
    return Document(text=document.text, article=document.article, damage=found)


def check_file(name: str, content: bytes) -> str:
    """Return the sort of a file, as far as its name, its size and its first bytes tell.

    Raises:
        InvalidError: it is none that is read, or its name says something else than it is.
    """
    suffix = PurePath(name).suffix.lower()
    sort = SORTS.get(suffix)
    if sort is None:
        what = (
            f"files that end in {suffix[:_LONGEST_ENDING]}" if suffix else "names without an ending"
        )
        refuse(f"{what} are not read; {_WAY_OUT}")
    if len(content) > MOST_BYTES:
        refuse(TOO_LARGE)
    if not content.strip():
        refuse("it is empty; give a file that holds the article's words")
    actual = next((what for sign, what in _SIGNATURES.items() if content.startswith(sign)), None)
    expected = _EXPECTED.get(sort)
    if (expected is None and actual) or (expected and not content.startswith(expected)):
        refuse(f"its name says {sort}, but it is {actual or 'something else'}; {_WAY_OUT}")
    return sort


def _find_reader(sort: str) -> Callable[[bytes], Reading]:
    """Import a reader when it is needed: the libraries take longer to load than a text to read."""
    if sort == _PDF:
        from quizapp.extraction.pdf_reader import read_pdf  # noqa: PLC0415

        return read_pdf
    if sort == _DOCX:
        from quizapp.extraction.docx_reader import read_docx  # noqa: PLC0415

        return read_docx
    if sort == _HTML:
        from quizapp.extraction.html_reader import read_html  # noqa: PLC0415

        return read_html
    if sort == _MARKDOWN:
        from quizapp.extraction.markdown_reader import read_markdown  # noqa: PLC0415

        return read_markdown
    from quizapp.extraction.text_reader import read_text  # noqa: PLC0415

    return read_text


def _list_damage(document: Document) -> tuple[PackProblem, ...]:
    """What copying has lost or glued in the words themselves."""
    return tuple(
        report_damage(
            rule,
            f"\u201c{words}\u201d",
            remedy,
            where=write_place(section.title, paragraph.number),
        )
        for section in document.article.sections
        for paragraph in section.paragraphs
        for rule, words, remedy in find_damage(paragraph.text)
    )
