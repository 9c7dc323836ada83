"""What the instructor's pages show, made of what the services return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TypeVar

from flask import request, url_for

from quizapp.kinds.question import Question
from quizapp.services.browsing import ShownFact, VersionPage
from quizapp.storage.content import Version
from quizapp.storage.ids import VersionId
from quizapp.web.reading.anchors import passage_url

_MOST_PAGES = 10_000
Line = TypeVar("Line")


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
    """A fact with its questions; without a place of its own, `source` is that of the first one."""

    key: str
    statement: str
    section: str
    importance: int
    questions: tuple[Question, ...]
    source: FactSource
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure with its name and what it means."""

    label: str
    value: str
    meaning: str


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


def read_page(name: str = "page") -> int:
    """Return the number of the page that is asked for, from 1; `name` is that of the argument."""
    return min(max(request.args.get(name, 1, type=int), 1), _MOST_PAGES)


def show_page(number: int, pages: int, name: str = "page") -> PageView:
    """Return links to the pages before and after, with the same filters."""
    return PageView(
        number=number,
        pages=pages,
        prev_url=_page_url(number - 1, name) if number > 1 else None,
        next_url=_page_url(number + 1, name) if number < pages else None,
    )


def cut_page(
    lines: Sequence[Line], size: int, name: str = "page"
) -> tuple[PageView, Sequence[Line]]:
    """Return the page that is asked for, the last one if there are fewer, and what is on it."""
    pages = max(1, ceil(len(lines) / size))
    number = min(read_page(name), pages)
    return show_page(number, pages, name), lines[(number - 1) * size : number * size]


def _show_fact(version_id: VersionId, fact: ShownFact) -> FactView:
    source = fact.source or fact.questions[0].source
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
        is_own=fact.source is not None,
    )


def _page_url(number: int, name: str) -> str:
    assert request.endpoint is not None
    arguments = {**request.args.to_dict(), **(request.view_args or {}), name: number}
    return url_for(request.endpoint, **arguments)
