"""Pages that everybody reads: articles, keyboard shortcuts, accessibility."""

from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from quizapp.services.browsing import ShownArticle, read_article_of
from quizapp.storage.ids import VersionId
from quizapp.storage.publishing import NewPassage
from quizapp.web.access import get_current
from quizapp.web.extensions import db
from quizapp.web.reading.anchors import paragraph_anchor, section_anchor
from quizapp.web.words import mark_quote, write_bidi

bp = Blueprint("reading", __name__)
_BULLET = "- "


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphView:
    """A paragraph, or the items of one that is a list."""

    anchor: str
    html_with_mark: Markup
    items: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section of the article."""

    title: str
    level: int
    anchor: str
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """The article as a page shows it."""

    title: str
    sections: tuple[SectionView, ...]
    note: str
    licence: str


@bp.get("/articles/<id:version_id>")
def article(version_id: int) -> ResponseReturnValue:
    """Show the article of a version, the quote in the address marked."""
    found = read_article_of(db.session(), get_current(), VersionId(version_id))
    view = _show(found, request.args.get("quote", "").strip())
    return render_template("reading/article.html", article=view)


@bp.get("/keys")
def keys() -> ResponseReturnValue:
    """List the keyboard shortcuts."""
    return render_template("reading/keys.html")


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """Say what is done for accessibility and what is not."""
    return render_template("reading/accessibility.html")


def _show(found: ShownArticle, quote: str) -> ArticleView:
    version = found.version
    sections = groupby(found.passages, lambda passage: (passage.section, passage.level))
    return ArticleView(
        title=version.article_title,
        note="",
        licence=f"{version.publisher}. {version.licence}.",
        sections=tuple(
            SectionView(
                title=title,
                level=max(level, 2),  # the article's title is the heading of the page
                anchor=section_anchor(title),
                paragraphs=tuple(_show_paragraph(passage, quote) for passage in passages),
            )
            for (title, level), passages in sections
        ),
    )


def _show_paragraph(passage: NewPassage, quote: str) -> ParagraphView:
    return ParagraphView(
        anchor=paragraph_anchor(passage.section, passage.paragraph),
        html_with_mark=mark_quote(passage.text, quote) if quote else write_bidi(passage.text),
        items=_read_items(passage.text),
    )


def _read_items(text: str) -> tuple[str, ...] | None:
    """Return the items of a paragraph that is a list; white space in it is folded."""
    if not text.startswith(_BULLET):
        return None
    return tuple(text.removeprefix(_BULLET).split(f" {_BULLET}"))
