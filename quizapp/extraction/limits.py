"""How much of a document is read, and how one is refused.

The limits are generous for an article and small for a machine. What is within them and still runs
long or swells is ended with the process that reads it (`reading_apart.py`).
"""

from typing import NoReturn

from quizapp.errors import InvalidError, Problem


def write_size(size: int) -> str:
    """Return a limit in bytes as people say it."""
    return f"{size // 1_000_000} MB"


MOST_BYTES = 10_000_000
"""The largest file."""
TOO_LARGE = f"it is larger than {write_size(MOST_BYTES)}; split the article or leave pictures out"
MOST_CHARACTERS = 300_000
"""The longest text; about 50,000 words."""
MOST_LINE = 10_000
"""The longest line, and the longest paragraph, in characters."""
MOST_BRACKETS = 1_000
"""The most brackets in a paragraph of Markdown, which takes the square of their number in time."""
MOST_BLOCKS = 20_000
"""The most headings, paragraphs and items of lists."""
MOST_DEPTH = 100
"""The deepest nesting of elements in HTML and DOCX."""
MOST_PAGES = 100
"""The most pages of a PDF."""
MOST_FILES = 500
"""The most files in a DOCX, which is a zip."""
MOST_UNPACKED = 50_000_000
"""The most bytes that a DOCX may unpack to."""
MOST_PART = 10_000_000
"""The most bytes of a part of a DOCX that is read; pictures are not."""
MOST_SECONDS = 4
"""Of the processor's time, for reading a document and looking for facts in it."""
MOST_MEMORY = 240_000_000
"""For the same, in bytes of addresses, shared libraries included."""
OUT_OF_MEMORY = 3
"""How the process ends that has none left; it has none to say so either."""
PASTE = "copy its text and paste it"
"""What remains for an article that no reader can take."""
TOO_MUCH = f"reading it takes too much time or memory; split the article, or {PASTE}"


def refuse(text: str, *, line: int = 0) -> NoReturn:
    """Refuse the document; `text` says what is wrong and what to do.

    Raises:
        InvalidError: always, with the one problem.
    """
    raise make_refusal(text, line=line)


def make_refusal(text: str, *, line: int = 0) -> InvalidError:
    """Return the refusal, to be raised from what caused it."""
    problem = Problem(line=line, column=1 if line else 0, text=text)
    return InvalidError("the article cannot be read", (problem,))
