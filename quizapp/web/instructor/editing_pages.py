"""What the question editor shows, made of what the services return."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.facts.article import Article
from quizapp.kinds.marking import Response
from quizapp.kinds.question import KindName, Question
from quizapp.kinds.registry import KINDS, get_kind
from quizapp.services.authoring.advising import Advice
from quizapp.services.authoring.editing import EditorDesk
from quizapp.services.authoring.sheet_reading import FieldProblem
from quizapp.services.authoring.sheet_writing import write_place
from quizapp.web.kinds.controls import AnyControl, show_control
from quizapp.web.kinds.given import Given
from quizapp.web.kinds.marked import MarkedView, show_marked
from quizapp.web.kinds.stems import Stem, show_stem
from quizapp.web.words import write_kind

PREFIX = "preview-"
ROWS: dict[KindName, str] = {
    "choice": "Option",
    "select_all": "Option",
    "ordering": "Item",
    "matching": "Pair",
}
_BEGINNING = 60
_SECONDS = "preview"
_ABOUT: dict[KindName, str] = {
    "choice": "One right answer among three to five.",
    "select_all": "Several right answers, each to be ticked.",
    "true_false": "A statement to be judged.",
    "cloze": "A sentence with one blank to be filled.",
    "numeric": "A figure to be typed, with its unit and how near is near enough.",
    "date": "A day, a month or a year to be typed.",
    "ordering": "Things to be put in order.",
    "matching": "Prompts, each with the match that belongs to it.",
    "flashcard": "A question to be recalled; the learner grades it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldView:
    """What a learner is told after an answer, by the names that the page of a review has."""

    marked: MarkedView
    explanation: str
    right: bool
    given: bool
    counted: str = ""
    hinted: bool = False
    forgotten: int = 0
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """A question as a learner sees it, before and after the answer."""

    kind: KindName
    set_title: str
    section: str
    control: AnyControl
    stem: Stem
    told: ToldView
    paragraph: str
    quote: str
    guess: float
    difficulty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """Something found in a question; `field` is the id of the field that it concerns."""

    field: str
    text: str


def list_kinds() -> list[tuple[KindName, str, str]]:
    """Return the kinds to choose from, with name and use."""
    return [(kind, write_kind(kind), _ABOUT[kind]) for kind in KINDS]


def list_places(article: Article) -> list[tuple[str, str]]:
    """Return the paragraphs of an article to choose from, as the editor names them."""
    return [("", "In my own words")] + [
        (write_place(section.title, one.number), _name_place(section.title, one.number, one.text))
        for section in article.sections
        for one in section.paragraphs
    ]


def show_preview(desk: EditorDesk, question: Question) -> PreviewView:
    """Return the question as a learner would see it."""
    source = question.source
    order = get_kind(question.kind).order(question, _SECONDS)
    response = pick_response(question)
    paragraph = desk.article.find_paragraph(source.section, source.paragraph)
    own = source.quote or question.feedback or question.answer
    return PreviewView(
        kind=question.kind,
        set_title=desk.details.title,
        section=source.section or "Notes of the instructor",
        control=show_control(question, order, given=Given(), prefix=PREFIX, level=2),
        stem=show_stem(question),
        told=ToldView(
            marked=show_marked(question, response, order),
            explanation=question.feedback,
            right=False,
            given=response.given,
        ),
        paragraph=own if paragraph is None else paragraph.text,
        quote=source.quote,
        guess=question.guess,
        difficulty=question.difficulty,
    )


def pick_response(question: Question) -> Response:
    """Return a wrong answer where there are options to choose, else none at all."""
    wrong = [str(at) for at, option in enumerate(question.options) if not option.correct]
    if question.kind == "true_false":
        return Response(text="false" if question.answer == "true" else "true")
    if question.kind in ("choice", "select_all") and wrong:
        return Response(text=wrong[0])
    return Response(given=False)


def show_checks(found: Sequence[Advice] | Sequence[FieldProblem]) -> list[CheckView]:
    """Return what was found, each with the field to go to."""
    return [CheckView(field=each.field, text=each.text) for each in found]


def gather_advice(found: Sequence[Advice]) -> dict[str, list[str]]:
    """Return the texts of each field that there is advice on."""
    texts: dict[str, list[str]] = {}
    for each in found:
        texts.setdefault(each.field, []).append(each.text)
    return texts


def _name_place(section: str, number: int, text: str) -> str:
    beginning = text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rsplit(' ', 1)[0]} …"
    return f"{section}, paragraph {number}: {beginning}"
