"""The process in which a file is read: `reading_apart.py` starts it and says why.

Standard input holds the name of the file as a line of JSON, and then its bytes; the answer on
standard output is a pickled `Extraction`, or the text and the line of the refusal. Without memory
for an answer, the exit code stands for it.
"""

import json
import logging
import os
import pickle
import sys
from typing import TYPE_CHECKING

from quizapp.errors import InvalidError
from quizapp.extraction.limits import MOST_MEMORY, MOST_SECONDS, OUT_OF_MEMORY
from quizapp.extraction.reading import read_document
from quizapp.processes import limit_process

if TYPE_CHECKING:
    from quizapp.extraction.proposing import Extraction


def main() -> None:
    """Read standard input, write the answer to standard output."""
    logging.disable(logging.CRITICAL)
    limit_process(MOST_SECONDS, MOST_MEMORY)
    try:
        answer = pickle.dumps(_read(sys.stdin.buffer.readline(), sys.stdin.buffer.read()))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(answer)


def _read(name: bytes, content: bytes) -> "Extraction | tuple[str, int]":
    try:
        document = read_document(json.loads(name), content)
    except InvalidError as refusal:
        (problem,) = refusal.problems
        return problem.text, problem.line
    # Only now: what is refused need not wait for the rules to be loaded.
    from quizapp.extraction.proposing import extract  # noqa: PLC0415

    return extract(document)


if __name__ == "__main__":
    main()
