"""How commands refuse a file: a line a problem on standard error, and exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from quizapp.errors import InvalidError, NotFoundError, Problem

BAD_INPUT = 2


@contextmanager
def refusing(file: Path) -> Iterator[None]:
    """Turn what is wrong with `file`, or with the file of a pack there, into lines, and leave."""
    from quizapp.facts.packs import PackError

    try:
        yield
    except NotFoundError as error:
        click.echo(f"{file}:0: {error}", err=True)
        raise SystemExit(BAD_INPUT) from error
    except InvalidError as error:
        place = error.file if isinstance(error, PackError) else file
        for problem in error.problems or (Problem(text=str(error)),):
            click.echo(problem.located(str(place)), err=True)
        raise SystemExit(BAD_INPUT) from error


def open_file(file: Path) -> BinaryIO:
    """Open a file for reading.

    Raises:
        InvalidError: it cannot be opened.
    """
    try:
        return file.open("rb")
    except OSError as error:
        problem = Problem(text=f"the file cannot be opened ({error.strerror}); check its name")
        raise InvalidError("the file cannot be opened", (problem,)) from None
