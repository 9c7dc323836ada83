"""What the review pages show, made of what the services return."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from quizapp.kinds.question import FactKey, Question
from quizapp.memory import Grade, Memory, is_leech
from quizapp.services.reviewing.asking import Asking
from quizapp.services.reviewing.feedback import Feedback
from quizapp.services.reviewing.order import Counts
from quizapp.storage.ids import FactId
from quizapp.storage.questions import Passage
from quizapp.web.kinds.controls import AnyControl, show_control
from quizapp.web.kinds.given import Given
from quizapp.web.kinds.marked import MarkedView, name_part, show_marked
from quizapp.web.kinds.stems import Stem, show_stem
from quizapp.web.reading.anchors import passage_url
from quizapp.web.student.figures import FiguresView, show_figures
from quizapp.web.words import write_days, write_step

NEXT_QUESTION = "question"
# From this share on, a part counts as remembered.
_REMEMBERED = 0.5
_TWO_GRADES = frozenset({Grade.AGAIN, Grade.GOOD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A hidden field."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeView:
    """A grade of a flashcard with the interval it leads to."""

    value: str
    label: str
    interval: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameView:
    """A name in its own script."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where a question comes from."""

    article_title: str
    article_url: str
    section: str
    paragraph: str
    quote: str
    also_known_as: tuple[NameView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """An uncovered flashcard: what it asked for, why, where that stands, and the grades."""

    answer: str
    explanation: str
    grades: tuple[GradeView, ...]
    source: SourceView


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTags:
    """The fact that is asked for: whether the learner flagged it, or forgets it often."""

    fact_id: int
    flagged: bool
    often_forgotten: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """The page that asks; but for a `card` and a `hint` nothing in it depends on the key.

    `hint` is "" until it is asked for, at `hint_url`, which is "" where there is none to be had;
    `problem_url` is "" until the answer is seen.
    """

    study_id: int
    tags: FactTags
    set_title: str
    section: str
    control: AnyControl
    fields: tuple[Field, ...]
    hint: str
    hint_url: str
    reveal_url: str
    card: CardView | None
    figures: FiguresView
    counts: Counts
    answered: int
    total: int
    undo: int | None
    problem_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPage:
    """The page that answers; `counted` says what counts, where only a part of the answer does.

    `forgotten` is how often the fact was forgotten, if that is a reason to look at it now; else 0.
    """

    study_id: int
    review_id: int
    tags: FactTags
    stem: Stem
    set_title: str
    section: str
    right: bool
    given: bool
    marked: MarkedView
    counted: str
    forgotten: int
    hinted: bool
    explanation: str
    due: datetime | None
    counts: Counts
    answered: int
    total: int
    more: bool
    undone: bool
    can_undo: bool
    problem_url: str
    continue_url: str
    source: SourceView


def show_question(
    asking: Asking,
    *,
    reveal: str,
    refused: Given | None,
    now: datetime,
    today: int,
    two_buttons: bool,
) -> QuestionPage:
    """Return the content of the page that asks.

    `reveal` is the id of the card to uncover; `refused` is what could not be taken as an answer,
    and stands in the fields again. With `two_buttons` a card is graded Again or Good.
    """
    revealed = reveal == str(asking.question_id) and bool(asking.outcomes)
    return QuestionPage(
        study_id=asking.study.id,
        tags=_show_tags(asking.fact_id, asking.memory, flagged=asking.flagged),
        set_title=asking.passage.set_title,
        section=asking.question.source.section,
        control=show_control(
            asking.question,
            asking.order,
            given=refused or Given(),
            refused=refused is not None,
        ),
        fields=_fields(asking, now),
        hint=asking.hint.text if asking.hint and asking.hinted else "",
        hint_url="" if revealed else _find_hint(asking, now),
        reveal_url=_ask_for(asking, now, hint=asking.hinted, reveal=True),
        card=_show_card(asking, now, today, two_buttons=two_buttons) if revealed else None,
        figures=show_figures(asking.study),
        counts=asking.counts,
        answered=asking.study.answered,
        total=asking.study.answered + asking.counts.total,
        undo=asking.last_review_id,
        problem_url=url_for("telling.ask", question_id=asking.question_id) if revealed else "",
    )


def show_feedback(feedback: Feedback) -> FeedbackPage:
    """Return the content of the page that answers."""
    study, more = feedback.study, feedback.counts.total > 0
    target = "student.review" if more else "student.summary"
    return FeedbackPage(
        study_id=study.id,
        review_id=feedback.review_id,
        tags=_show_tags(feedback.fact_id, feedback.memory, flagged=feedback.flagged),
        stem=show_stem(feedback.question),
        set_title=feedback.passage.set_title,
        section=feedback.question.source.section,
        right=feedback.right,
        given=feedback.response.given,
        marked=show_marked(feedback.question, feedback.response, feedback.order),
        counted=_say_what_counts(feedback),
        forgotten=feedback.forgotten,
        hinted=feedback.hinted,
        explanation=feedback.question.feedback,
        due=feedback.due,
        counts=feedback.counts,
        answered=study.answered,
        total=study.answered + feedback.counts.total,
        more=more,
        undone=feedback.undone,
        can_undo=feedback.can_undo,
        problem_url=url_for(
            "telling.ask", question_id=feedback.question_id, review=feedback.review_id
        ),
        continue_url=url_for(target, study_id=study.id),
        source=show_source(feedback.passage, feedback.question),
    )


def show_source(passage: Passage, question: Question) -> SourceView:
    """Return where a question comes from."""
    return SourceView(
        article_title=passage.article_title,
        article_url=passage_url(passage.version_id, question.source),
        section=passage.section,
        paragraph=passage.text,
        quote=question.source.quote,
        also_known_as=tuple(
            NameView(text=str(name["text"]), lang=str(name["lang"])) for name in passage.names
        ),
    )


def _show_tags(fact_id: FactId, memory: Memory | None, *, flagged: bool) -> FactTags:
    often_forgotten = memory is not None and is_leech(memory.lapses)
    return FactTags(fact_id=fact_id, flagged=flagged, often_forgotten=often_forgotten)


def _show_card(asking: Asking, now: datetime, today: int, *, two_buttons: bool) -> CardView:
    return CardView(
        answer=asking.question.answer,
        explanation=asking.question.feedback,
        grades=tuple(
            _grade(grade, memory, now, today)
            for grade, memory in asking.outcomes.items()
            if grade in _TWO_GRADES or not two_buttons
        ),
        source=show_source(asking.passage, asking.question),
    )


def _say_what_counts(feedback: Feedback) -> str:
    """Say what a review of one fact counts, where the question asked for several."""
    part = name_part(feedback.question, FactKey(feedback.fact_key))
    if not part or not feedback.response.given:
        return ""
    result = "remembered" if feedback.fraction >= _REMEMBERED else "not remembered"
    return f"This review was of one part, “{part}”, which counts as {result}."


def _find_hint(asking: Asking, now: datetime) -> str:
    """Where the hint is to be had, "" if there is none or it is there already."""
    if asking.hint is None or asking.hinted:
        return ""
    return _ask_for(asking, now, hint=True, reveal=False)


def _ask_for(asking: Asking, now: datetime, *, hint: bool, reveal: bool) -> str:
    """The address of the same question with its hint, or uncovered, or both."""
    return url_for(
        "student.review",
        study_id=asking.study.id,
        hint=asking.question_id if hint else None,
        reveal=asking.question_id if reveal else None,
        shown_at=now.isoformat(),
    )


def _fields(asking: Asking, now: datetime) -> tuple[Field, ...]:
    values = {
        "question_id": str(asking.question_id),
        "fact_id": str(asking.fact_id),
        "reps": str(asking.reps),
        "shown_at": now.isoformat(),
        "key": secrets.token_urlsafe(16),
    }
    if asking.hinted:
        values["hint"] = str(asking.question_id)
    if asking.outcomes:
        # A flashcard has shown its answer already; what follows is the next question.
        values["then"] = NEXT_QUESTION
    return tuple(Field(name=name, value=value) for name, value in values.items())


def _grade(grade: Grade, memory: Memory, now: datetime, today: int) -> GradeView:
    if memory.due_at is not None:
        interval = write_step(max(memory.due_at - now, timedelta(0)))
    else:
        interval = write_days(memory.due_day - today)
    return GradeView(value=str(int(grade)), label=grade.name.capitalize(), interval=interval)
