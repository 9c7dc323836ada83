"""What the instructor's pages show, made of what the services return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from statistics import fmean

from flask import request, url_for

from quizapp.kinds.question import Question
from quizapp.services.browsing import ShownFact, VersionPage
from quizapp.services.reporting.course import Cell, CourseReport, FactLine, LearnerLine
from quizapp.storage.content import Version
from quizapp.storage.ids import VersionId
from quizapp.web.reading.anchors import passage_url
from quizapp.web.words import write_percent

FACTS_A_PAGE = 12
_MOST_PAGES = 10_000
# Below this number a share says too little to be printed.
_FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """Where one is among pages."""

    number: int
    pages: int
    prev_url: str | None
    next_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetView:
    """The head of a version's page."""

    title: str
    number: int
    published_at: datetime
    licence: str
    source_title: str
    article_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSource:
    """Where a fact stands."""

    section: str
    paragraph: int
    quote: str
    article_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact with its place and its questions."""

    key: str
    statement: str
    section: str
    importance: int
    questions: tuple[Question, ...]
    source: FactSource


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure with its name and what it means."""

    label: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """The report of a course."""

    course_title: str
    as_of: datetime
    learners: int
    figures: tuple[FigureView, ...]
    by_learner: Sequence[LearnerLine]
    by_fact: Sequence[FactLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedFact:
    """A fact with the number that stands for it in the table."""

    number: int
    statement: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryRow:
    """One learner's cells."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoriesView:
    """Learners by facts, a page of facts at a time."""

    course_title: str
    as_of: datetime
    facts: tuple[NumberedFact, ...]
    rows: tuple[MemoryRow, ...]
    page: PageView


def show_set(version: Version) -> SetView:
    """Return the head of a version's page."""
    return SetView(
        title=version.title,
        number=version.number,
        published_at=version.published_at,
        licence=version.licence,
        source_title=version.article_title,
        article_url=url_for("reading.article", version_id=version.id),
    )


def show_facts(page: VersionPage) -> tuple[FactView, ...]:
    """Return the facts of a page, each with its place in the article."""
    return tuple(_show_fact(page.version.id, fact) for fact in page.facts)


def read_page() -> int:
    """Return the number of the page that is asked for, from 1."""
    return min(max(request.args.get("page", 1, type=int), 1), _MOST_PAGES)


def show_page(number: int, pages: int) -> PageView:
    """Return links to the pages before and after, with the same filters."""
    return PageView(
        number=number,
        pages=pages,
        prev_url=_page_url(number - 1) if number > 1 else None,
        next_url=_page_url(number + 1) if number < pages else None,
    )


def show_report(report: CourseReport) -> ReportView:
    """Return the report's page."""
    return ReportView(
        course_title=report.title,
        as_of=report.as_of,
        learners=len(report.learners),
        figures=_figures(report),
        by_learner=report.learners,
        by_fact=report.facts,
    )


def show_memories(report: CourseReport, number: int) -> MemoriesView:
    """Return a page of the table of learners by facts, the last one if there are fewer."""
    pages = max(1, ceil(len(report.facts) / FACTS_A_PAGE))
    number = min(number, pages)
    first = (number - 1) * FACTS_A_PAGE
    columns = slice(first, first + FACTS_A_PAGE)
    return MemoriesView(
        course_title=report.title,
        as_of=report.as_of,
        facts=tuple(
            NumberedFact(number=place, statement=fact.statement, section=fact.section)
            for place, fact in enumerate(report.facts[columns], first + 1)
        ),
        rows=tuple(
            MemoryRow(name=learner.name, cells=cells[columns])
            for learner, cells in zip(report.learners, report.cells, strict=True)
        ),
        page=show_page(number, pages),
    )


def _show_fact(version_id: VersionId, fact: ShownFact) -> FactView:
    source = fact.questions[0].source
    return FactView(
        key=fact.key,
        statement=fact.statement,
        section=fact.section,
        importance=fact.importance,
        questions=fact.questions,
        source=FactSource(
            section=source.section,
            paragraph=source.paragraph,
            quote=source.quote,
            article_url=passage_url(version_id, source),
        ),
    )


def _page_url(number: int) -> str:
    assert request.endpoint is not None
    arguments = {**request.args.to_dict(), **(request.view_args or {}), "page": number}
    return url_for(request.endpoint, **arguments)


def _figures(report: CourseReport) -> tuple[FigureView, ...]:
    active = [learner for learner in report.learners if learner.answered]
    answered = sum(learner.answered for learner in active)
    right = sum(learner.answered * (learner.right_share or 0) for learner in active)
    recalls = [learner.recall_mean for learner in active if learner.recall_mean is not None]
    few = f"cannot tell yet (n = {answered})"
    return (
        FigureView(
            label="Active students",
            value=f"{len(active)} of {len(report.learners)}",
            meaning="have answered at least once",
        ),
        FigureView(label="Answers", value=f"{answered:,}", meaning="undone ones do not count"),
        FigureView(
            label="Right",
            value=write_percent(right / answered) if answered >= _FEW else "not yet",
            meaning="of all answers" if answered >= _FEW else few,
        ),
        FigureView(
            label="Recall today",
            value=write_percent(fmean(recalls)) if answered >= _FEW else "not yet",
            meaning="expected of the facts each student has met" if answered >= _FEW else few,
        ),
    )
