"""What the review pages show, made of what the services return."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from quizapp.kinds.question import Question
from quizapp.memory import Grade, Memory
from quizapp.services.reviewing.asking import Asking
from quizapp.services.reviewing.feedback import Feedback
from quizapp.services.reviewing.order import Counts
from quizapp.storage.questions import Passage
from quizapp.web.reading.anchors import passage_url
from quizapp.web.student.figures import FiguresView, show_figures
from quizapp.web.words import write_days, write_step

NEXT_QUESTION = "question"
TRUTH = ("True", "False")
_TRUTH_VALUES = ("true", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A hidden field."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """An option to choose; `position` is the value it sends."""

    number: int
    position: str
    text: str


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
class QuestionPage:
    """The page that asks."""

    study_id: int
    question: Question
    set_title: str
    options: tuple[OptionView, ...]
    fields: tuple[Field, ...]
    revealed: bool
    reveal_url: str
    grades: tuple[GradeView, ...]
    source: SourceView
    figures: FiguresView
    counts: Counts
    answered: int
    total: int
    undo: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedOption:
    """An option after the answer; `reason` says why a wrong one is wrong."""

    number: int
    text: str
    correct: bool
    chosen: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPage:
    """The page that answers."""

    study_id: int
    review_id: int
    question: Question
    set_title: str
    right: bool
    given: bool
    options: tuple[MarkedOption, ...]
    answer: str
    explanation: str
    due: datetime | None
    counts: Counts
    answered: int
    total: int
    more: bool
    undone: bool
    can_undo: bool
    continue_url: str
    source: SourceView


def show_question(asking: Asking, *, reveal: str, now: datetime, today: int) -> QuestionPage:
    """Return the content of the page that asks; `reveal` is the id of the card to uncover."""
    return QuestionPage(
        study_id=asking.study.id,
        question=asking.question,
        set_title=asking.passage.set_title,
        options=tuple(
            OptionView(number=number, position=value, text=text)
            for number, (value, text) in enumerate(_choices(asking.question, asking.order), 1)
        ),
        fields=_fields(asking, now),
        revealed=reveal == str(asking.question_id) and bool(asking.outcomes),
        reveal_url=url_for(
            "student.review",
            study_id=asking.study.id,
            reveal=asking.question_id,
            shown_at=now.isoformat(),
        ),
        grades=tuple(
            _grade(grade, memory, now, today) for grade, memory in asking.outcomes.items()
        ),
        source=show_source(asking.passage, asking.question),
        figures=show_figures(asking.study),
        counts=asking.counts,
        answered=asking.study.answered,
        total=asking.study.answered + asking.counts.total,
        undo=asking.study.last_review_id,
    )


def show_feedback(feedback: Feedback) -> FeedbackPage:
    """Return the content of the page that answers."""
    study, more = feedback.study, feedback.counts.total > 0
    target = "student.review" if more else "student.summary"
    return FeedbackPage(
        study_id=study.id,
        review_id=feedback.review_id,
        question=feedback.question,
        set_title=feedback.passage.set_title,
        right=feedback.right,
        given=feedback.given,
        options=_marked(feedback),
        answer=feedback.question.answer,
        explanation=feedback.question.feedback,
        due=feedback.due,
        counts=feedback.counts,
        answered=study.answered,
        total=study.answered + feedback.counts.total,
        more=more,
        undone=feedback.undone,
        can_undo=feedback.can_undo,
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


def _choices(question: Question, order: Sequence[int]) -> list[tuple[str, str]]:
    """Value and text of what can be chosen, as it is shown."""
    if question.kind == "true_false":
        return list(zip(_TRUTH_VALUES, TRUTH, strict=True))
    return [(str(position), question.options[position].text) for position in order]


def _fields(asking: Asking, now: datetime) -> tuple[Field, ...]:
    values = {
        "question_id": str(asking.question_id),
        "reps": str(asking.reps),
        "shown_at": now.isoformat(),
        "key": secrets.token_urlsafe(16),
    }
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


def _marked(feedback: Feedback) -> tuple[MarkedOption, ...]:
    question = feedback.question
    choices = _choices(question, feedback.order)
    reasons = {str(index): option.refuted_by for index, option in enumerate(question.options)}
    key = _key(question)
    return tuple(
        MarkedOption(
            number=number,
            text=text,
            correct=value == key,
            chosen=feedback.given and value == feedback.response,
            reason=reasons.get(value),
        )
        for number, (value, text) in enumerate(choices, 1)
    )


def _key(question: Question) -> str | None:
    """The value that the right choice sends."""
    if question.kind == "true_false":
        return question.answer
    return next((str(i) for i, option in enumerate(question.options) if option.correct), None)
