"""The gradebook as a table for other programs: one line a learner, one column an assignment."""

from collections.abc import Iterator

from quizapp.formats.sheets import Cell, write_csv, write_workbook
from quizapp.services.grading.gradebook import Gradebook, LearnerGrades

_PERCENT = 100


def export_csv(book: Gradebook) -> bytes:
    """Return the gradebook as CSV; grades are numbers of percent, empty where there is none."""
    return write_csv(list_rows(book))


def export_workbook(book: Gradebook) -> bytes:
    """Return the gradebook as an XLSX workbook; grades are numbers of percent."""
    return write_workbook(book.title, list_rows(book))


def list_rows(book: Gradebook) -> Iterator[tuple[Cell, ...]]:
    """Yield the lines of the table, the titles first."""
    titles = (f"{each.title} (%)" for each in book.assignments)
    yield ("Name", "E-mail", *titles, "Total (%)", "Behind", "Enrolment")
    yield from (_list_cells(learner) for learner in book.learners)


def _list_cells(learner: LearnerGrades) -> tuple[Cell, ...]:
    shares = (_to_percent(grade.share) for grade in learner.grades)
    enrolment = "enrolled" if learner.enrolled else "no longer enrolled"
    total = _to_percent(learner.total)
    return (learner.name, learner.email, *shares, total, learner.behind, enrolment)


def _to_percent(share: float | None) -> float | None:
    return None if share is None else round(share * _PERCENT, 2)
