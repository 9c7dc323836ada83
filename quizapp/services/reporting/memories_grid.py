"""Learners by facts: a window on the memories of a class, as large as a page."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from quizapp.memory.class_forecast import recall_ahead
from quizapp.services.reporting.memories import LoadedClass, load_class
from quizapp.storage.accounts import Account
from quizapp.storage.ids import CourseId
from quizapp.storage.reports import CourseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One learner and fact; `recall` is the predicted probability, None if it was not met."""

    recall: float | None
    due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One learner with the cells of the facts."""

    name: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What is shown of many: the page `number` of `pages`, and the place of its first, from 0."""

    number: int
    pages: int
    first: int
    size: int

    @property
    def part(self) -> slice:
        """The places that are shown."""
        return slice(self.first, self.first + self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryGrid:
    """A window on all memories, of `learners` by `facts` in all."""

    course_id: CourseId
    title: str
    as_of: datetime
    learners: Window
    facts: Window
    statements: tuple[CourseFact, ...]
    rows: tuple[GridRow, ...]


def look_at_memories(
    session: Session,
    person: Account,
    course_id: CourseId,
    now: datetime,
    *,
    learners: tuple[int, int],
    facts: tuple[int, int],
) -> MemoryGrid:
    """Return a page of the memories of a class: three statements.

    `learners` and `facts` are each the number of a page, from 1, and its size; the last page is
    shown for any beyond it.

    Raises:
        NotFoundError: no such course that this person teaches or assists in.
    """
    loaded = load_class(session, person, course_id, now)
    across = find_window(len(loaded.course.facts), *facts)
    down = find_window(len(loaded.learners), *learners)
    return MemoryGrid(
        course_id=course_id,
        title=loaded.course.title,
        as_of=now,
        learners=down,
        facts=across,
        statements=loaded.course.facts[across.part],
        rows=_list_rows(loaded, down, across),
    )


def find_window(count: int, number: int, size: int) -> Window:
    """Return the page of so many things that is asked for, or the last one."""
    pages = max(1, -(-count // size))
    number = min(max(number, 1), pages)
    return Window(number=number, pages=pages, first=(number - 1) * size, size=size)


def _list_rows(loaded: LoadedClass, down: Window, across: Window) -> tuple[GridRow, ...]:
    recalls = recall_ahead(loaded.memories, 0)[down.part, across.part]
    due = loaded.due[down.part, across.part]
    return tuple(
        GridRow(
            name=learner.name,
            cells=tuple(
                GridCell(recall=None if np.isnan(share) else float(share), due=bool(waits))
                for share, waits in zip(shares, waiting, strict=True)
            ),
        )
        for learner, shares, waiting in zip(loaded.learners[down.part], recalls, due, strict=True)
    )
