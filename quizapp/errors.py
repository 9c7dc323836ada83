"""The five refusals that a caller may expect, drawn as a tree.

`QuizappError`
    `NotFoundError`   no such thing, or not one that this person may know of
    `ForbiddenError`  it exists and this person may know it, but not do this
    `ConflictError`   the thing changed meanwhile, or is in a state that forbids this
    `InvalidError`    the input cannot be used; carries the problems found
    `BusyError`       the database or a limit asks to wait; carries seconds

The web maps each to one status in `web/errors.py`, the command line to an exit code in
`cli/main.py`. Problems in a file or a form are data (`Problem`), not exceptions of their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong and the remedy; line and column count from 1, 0 is the whole file or form."""

    line: int = 0
    column: int = 0
    text: str

    def located(self, file: str) -> str:
        """Return the problem as one line, `FILE:LINE: what is wrong; what to do`."""
        return f"{file}:{self.line}: {self.text}"


class QuizappError(Exception):
    """An expected refusal; its text may be shown to the person."""


class NotFoundError(QuizappError):
    """There is no such thing, or not one that this person may know of."""


class ForbiddenError(QuizappError):
    """This person may not do this."""


class ConflictError(QuizappError):
    """The thing changed meanwhile, or is in a state that forbids this."""


class InvalidError(QuizappError):
    """The input cannot be used."""

    def __init__(self, text: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(text)
        self.problems = problems


class BusyError(QuizappError):
    """Something asks to wait; `seconds` says how long."""

    def __init__(self, text: str, seconds: int = 2) -> None:
        super().__init__(text)
        self.seconds = seconds
