"""Reads the lines of a PDF from standard input in a process of its own, which may be ended.

A page is a program in a small language, and a short one can run long or swell: so time and memory
are the limits of a process, set by itself where the system has them, and by its parent's patience.
The answer is one JSON document: {"lines": [[page, size of letters, height, text], ...],
"pictures": N}, or {"refused": "what is wrong; what to do"}.
"""

import json
import logging
import sys
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from quizapp.errors import InvalidError
from quizapp.extraction.limits import MOST_CHARACTERS, MOST_PAGES, refuse
from quizapp.processes import limit_process

Line = tuple[int, float, float, str]
MOST_SECONDS = 4
"""Of the processor's time."""
MOST_MEMORY = 240_000_000
"""In bytes of addresses, shared libraries included."""
_BROKEN = (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError)
"""What the library raises on files that are broken; it has no one exception for it."""
_EXHAUSTED = (MemoryError, RecursionError, LimitReachedError)


def main() -> None:
    """Read standard input, write the answer to standard output."""
    logging.disable(logging.CRITICAL)
    limit_process(MOST_SECONDS, MOST_MEMORY)
    try:
        answer = read_lines(sys.stdin.buffer.read())
    except InvalidError as error:
        answer = {"refused": error.problems[0].text}
    except _EXHAUSTED:
        answer = {"refused": "reading it takes too much memory; save the text as .docx or .txt"}
    except _BROKEN:
        answer = {"refused": "broken or not a plain PDF; print it to a new PDF"}
    sys.stdout.write(json.dumps(answer))


def read_lines(content: bytes) -> dict[str, object]:
    """Return the lines of all pages, and the number of pictures.

    Raises:
        InvalidError: encrypted, too many pages or characters, or no text at all.
        Exception: what the library raises on broken files.
    """
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        refuse("it is encrypted; save it without a password")
    if len(reader.pages) > MOST_PAGES:
        refuse(f"more than {MOST_PAGES} pages; split the article")
    lines: list[Line] = []
    pictures = size = 0
    for number, page in enumerate(reader.pages, start=1):
        found = _read_page(number, page)
        lines += found
        size += sum(len(line[3]) for line in found)
        pictures += _count_pictures(page)
        if size > MOST_CHARACTERS:
            refuse(f"more than {MOST_CHARACTERS:,} characters of text; split the article")
    if not size:
        refuse("it holds no text, only pictures of it; run character recognition on it first")
    return {"lines": lines, "pictures": pictures}


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


if __name__ == "__main__":
    main()
