"""The lines of a PDF as they stand on its pages, by pypdf."""

from dataclasses import dataclass
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from quizapp.extraction.limits import MOST_CHARACTERS, MOST_PAGES, TOO_MUCH, make_refusal, refuse

Line = tuple[int, float, float, str]
"""The page, the size of its letters, its height on the page, and its text."""
_BROKEN = (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError)
"""What the library raises on files that are broken; it has no one exception for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What the pages hold: their lines, and how many pictures."""

    lines: tuple[Line, ...]
    pictures: int


def read_lines(content: bytes) -> Drawn:
    """Return the lines of all pages, and the number of pictures.

    Raises:
        InvalidError: broken, encrypted, too many pages or characters, or no text at all.
        MemoryError: it swells beyond what the process may have.
    """
    try:
        return _read_pages(PdfReader(BytesIO(content)))
    except (RecursionError, LimitReachedError) as error:
        raise make_refusal(TOO_MUCH) from error
    except _BROKEN as error:
        raise make_refusal("the PDF is broken; open it and print it to a new PDF") from error


def _read_pages(reader: PdfReader) -> Drawn:
    if reader.is_encrypted:
        refuse("it is encrypted, with a password or against copying; save it without protection")
    if len(reader.pages) > MOST_PAGES:
        refuse(f"it has more than {MOST_PAGES} pages; split the article")
    lines: list[Line] = []
    pictures = size = 0
    for number, page in enumerate(reader.pages, start=1):
        found = _read_page(number, page)
        lines += found
        size += sum(len(line[3]) for line in found)
        pictures += _count_pictures(page)
        if size > MOST_CHARACTERS:
            refuse(f"it has more than {MOST_CHARACTERS:,} characters of text; split the article")
    if not size:
        refuse(
            "there is no text in it, perhaps only a scan; run text recognition (OCR) on it first"
        )
    return Drawn(lines=tuple(lines), pictures=pictures)


def _read_page(number: int, page: PageObject) -> list[Line]:
    pieces: list[tuple[str, float, float]] = []

    def visit(
        text: str, matrix: list[float], text_matrix: list[float], _font: object, size: float
    ) -> None:
        scale = abs(text_matrix[3] * matrix[3]) or 1.0
        height = text_matrix[5] * matrix[3] + matrix[5]
        pieces.append((text, float(size or 0) * scale, height))

    page.extract_text(visitor_text=visit)
    return list(_join_pieces(number, pieces))


def _join_pieces(number: int, pieces: list[tuple[str, float, float]]) -> list[Line]:
    """Pieces come as they were drawn; a line ends where the library says so."""
    lines: list[Line] = []
    words, largest, height = "", 0.0, 0.0
    for text, size, place in [*pieces, ("\n", 0.0, 0.0)]:
        for position, part in enumerate(text.split("\n")):
            if position:
                if words.strip():
                    lines.append((number, round(largest, 1), round(height, 1), words.strip()))
                words, largest = "", 0.0
            if part.strip():
                largest, height = max(largest, size), place
            words += part
    return lines


def _count_pictures(page: PageObject) -> int:
    resources = page.get("/Resources")
    found = resources.get_object() if resources is not None else None
    objects = found.get("/XObject") if isinstance(found, dict) else None
    held = objects.get_object() if objects is not None else None
    names = held.values() if isinstance(held, dict) else ()
    return sum(one.get_object().get("/Subtype") == "/Image" for one in names)
