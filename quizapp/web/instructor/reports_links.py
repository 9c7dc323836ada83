"""Links of a report: which attempts count, where one is among pages, the columns to sort by."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from quizapp.services.reporting.values import AssignmentReport, QuestionReport, Which
from quizapp.storage.ids import QuestionId
from quizapp.web.instructor.gradebook_pages import DOWN, UP, ColumnView
from quizapp.web.instructor.reports_words import WHICH


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """Which attempts count: a choice with the address that shows the report by it."""

    text: str
    url: str
    current: bool


def list_columns(
    columns: Sequence[tuple[str, str, bool]], sort: str, order: str
) -> tuple[ColumnView, ...]:
    """Return columns (key, title, whether of numbers) with the order that each link leads to."""
    turned = DOWN if order == UP else UP
    return tuple(
        ColumnView(
            key=key,
            title=title,
            note="",
            number=number,
            sorted=order if key == sort else "",
            next=turned if key == sort else UP,
        )
        for key, title, number in columns
    )


def read_which(text: str) -> Which:
    """Return which attempts count; the first of each learner if nothing else is asked for."""
    return next((which for which in WHICH if which == text), "first")


def list_choices(current: Which) -> tuple[ChoiceView, ...]:
    """Return the choices of attempts that count, as links to the page that is shown."""
    assert request.endpoint is not None
    arguments = {**request.args.to_dict(), **(request.view_args or {})}
    return tuple(
        ChoiceView(
            text=text,
            url=url_for(request.endpoint, **{**arguments, "which": which}),
            current=which == current,
        )
        for which, text in WHICH.items()
    )


def question_url(report: AssignmentReport | QuestionReport, question_id: QuestionId) -> str:
    """Return the address of a question's page in a report."""
    return url_for(
        "reports.question",
        course_id=report.course_id,
        assignment_id=report.assignment_id,
        question_id=question_id,
        which=report.which,
    )
