"""Applications that are used again by one test after another.

The routes of an application take longer to compile than most requests to answer, and no test
changes them. What differs from test to test is the file of the database and the time.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from quizapp.services.reporting.scores import KEPT
from quizapp.web.extensions import db
from tests.factories.people import MORNING
from tests.support.client import Clock, make_app


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An application, its clock and the SQLite file that it works on."""

    app: Flask
    clock: Clock
    file: Path

    @property
    def address(self) -> str:
        """The address of the database."""
        return f"sqlite:///{self.file}"


class Apps:
    """Lends applications, each to one test at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seats = 0
        self._idle: list[Seat] = []

    @contextmanager
    def lend(self, template: Path) -> Iterator[Seat]:
        """Give an application on a copy of the template, on the morning of the factories."""
        seat = self._idle.pop() if self._idle else self._make_seat()
        shutil.copyfile(template, seat.file)
        seat.clock.now = MORNING
        try:
            yield seat
        finally:
            close(seat.app)
            KEPT.clear()
            for file in self._folder.glob(f"{seat.file.name}*"):
                file.unlink()
            self._idle.append(seat)

    def _make_seat(self) -> Seat:
        file, clock = self._folder / f"seat-{self._seats}.db", Clock(MORNING)
        self._seats += 1
        return Seat(app=make_app(f"sqlite:///{file}", clock), clock=clock, file=file)


def close(app: Flask) -> None:
    """Close every connection of an application."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
