"""What the pages of the gradebook show, made of what the services return."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from quizapp.attempts.scores import Score
from quizapp.services.grading.desk import SatAttempt
from quizapp.services.grading.gradebook import Grade, Gradebook, LearnerGrades
from quizapp.services.quizzing.submitting import MarkedQuestionView, Result
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, QuestionId
from quizapp.storage.responses import Claim
from quizapp.web.instructor.assignments_words import write_points
from quizapp.web.kinds.marked import MarkedView, Row, show_marked
from quizapp.web.words import write_share
from quizapp.web.zones import write_instant

DOWN, UP = "down", "up"
_STATES = {
    "not_open": "not open yet",
    "open": "not begun",
    "missed": "not submitted",
    "in_progress": "in progress",
    "overdue": "in progress",
    "submitted": "not marked yet",
    "left": "none",
}
# A marked answer speaks to its learner; here those read it who teach.
_SPOKEN = (
    ("Your answer", "Their answer"),
    ("Your order", "Their order"),
    ("Your place", "Their place"),
    ("In your order", "In their order"),
    ("You ticked", "They ticked"),
    ("You matched", "They matched"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A column that can be sorted by: how it is now, and the order that its link leads to."""

    key: str
    title: str
    note: str
    number: bool
    sorted: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A grade in the table."""

    assignment_id: AssignmentId
    title: str
    share: str
    state: str
    behind: bool
    given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A learner's grades."""

    id: AccountId
    name: str
    email: str
    enrolled: bool
    cells: tuple[CellView, ...]
    total: str
    behind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookView:
    """The gradebook, its lines in the order that was asked for."""

    columns: tuple[ColumnView, ...]
    lines: tuple[LineView, ...]
    behind: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    """An attempt in the list of a learner's."""

    id: AttemptId
    number: int
    started: str
    submitted: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """A question of an attempt with the answer and its mark."""

    number: int
    position: int
    question_id: QuestionId
    kind: str
    stem: str
    marked: MarkedView
    points: str
    notes: tuple[str, ...]
    claim: Claim
    granted: str
    open: bool


def show_book(book: Gradebook, sort: str, order: str) -> BookView:
    """Return the gradebook sorted by a column; by names where there is no such column."""
    keys = _list_keys(book)
    sort = sort if sort in keys else "name"
    order = order if order in {UP, DOWN} else UP
    learners = sorted(book.learners, key=lambda each: each.name.casefold())
    if sort != "name":
        learners = _sort(learners, keys[sort], down=order == DOWN)
    elif order == DOWN:
        learners.reverse()
    return BookView(
        columns=tuple(_show_columns(book, sort, order)),
        lines=tuple(_show_line(book, learner) for learner in learners),
        behind=tuple(each.name for each in learners if each.behind),
    )


def show_sat(attempt: SatAttempt, timezone: str) -> AttemptLine:
    """Return an attempt as the list shows it."""
    submitted = "goes on"
    if attempt.submitted_at is not None:
        by = " by the clock" if attempt.auto else ""
        submitted = f"{write_instant(attempt.submitted_at, timezone)}{by}"
    return AttemptLine(
        id=attempt.id,
        number=attempt.number,
        started=write_instant(attempt.started_at, timezone),
        submitted=submitted,
        score=write_score(attempt.score) if attempt.score else "not marked yet",
    )


def show_answers(result: Result) -> tuple[AnswerView, ...]:
    """Return the questions of an attempt, answered and marked."""
    return tuple(_show_answer(each, marked=result.score is not None) for each in result.questions)


def write_score(score: Score) -> str:
    """Return a score in words: 6.67 of 8 points, 83.4%."""
    points = _write_earned(score.points, score.maximum)
    share = f", {write_share(score.share)}" if score.share is not None else ""
    credit = "" if score.credit == 1 else f" with {write_share(score.credit)} credit"
    return f"{points}{share}{credit}"


def _write_earned(points: float, maximum: float) -> str:
    noun = "point" if maximum == 1 else "points"
    return f"{write_points(points)} of {write_points(maximum)} {noun}"


def write_grade(grade: Grade) -> str:
    """Return what stands for an assignment, or why nothing does."""
    return write_share(grade.share) or _STATES[grade.state]


def _list_keys(book: Gradebook) -> dict[str, Callable[[LearnerGrades], float | None]]:
    """By what the learners can be sorted, None being what has no value."""
    keys: dict[str, Callable[[LearnerGrades], float | None]] = {
        "name": lambda _: None,
        "total": lambda learner: learner.total,
        "behind": lambda learner: learner.behind,
    }
    for place, assignment in enumerate(book.assignments):
        keys[f"a{assignment.id}"] = partial(_read_share, place)
    return keys


def _read_share(place: int, learner: LearnerGrades) -> float | None:
    return learner.grades[place].share


def _sort(
    learners: list[LearnerGrades], key: Callable[[LearnerGrades], float | None], *, down: bool
) -> list[LearnerGrades]:
    """Who has no value comes last, whichever way; equals stay in the order of their names."""
    with_value = [each for each in learners if key(each) is not None]
    with_value.sort(key=lambda each: key(each) or 0.0, reverse=down)
    return with_value + [each for each in learners if key(each) is None]


def _show_columns(book: Gradebook, sort: str, order: str) -> list[ColumnView]:
    named = [("name", "Student", "", False)]
    named += [
        (
            f"a{each.id}",
            each.title,
            f"due {write_instant(each.due_at, book.timezone)}" if each.due_at else "no due date",
            True,
        )
        for each in book.assignments
    ]
    named += [("total", "Total", "", True), ("behind", "Behind with", "", True)]
    return [
        ColumnView(
            key=key,
            title=title,
            note=note,
            number=number,
            sorted=order if key == sort else "",
            next=_turn(order) if key == sort else (DOWN if number else UP),
        )
        for key, title, note, number in named
    ]


def _turn(order: str) -> str:
    return UP if order == DOWN else DOWN


def _show_line(book: Gradebook, learner: LearnerGrades) -> LineView:
    return LineView(
        id=learner.id,
        name=learner.name,
        email=learner.email,
        enrolled=learner.enrolled,
        cells=tuple(
            CellView(
                assignment_id=assignment.id,
                title=assignment.title,
                share=write_share(grade.share),
                state=_STATES[grade.state],
                behind=grade.behind,
                given=grade.reason is not None,
            )
            for assignment, grade in zip(book.assignments, learner.grades, strict=True)
        ),
        total=write_share(learner.total),
        behind=learner.behind,
    )


def _show_answer(view: MarkedQuestionView, *, marked: bool) -> AnswerView:
    shown = view.shown
    earned = _write_earned((view.fraction or 0.0) * shown.points, shown.points)
    points = earned if marked else "not marked yet"
    claim = view.claim
    notes = (
        ("Dropped: it counts neither way.", view.dropped),
        ("Marked by a corrected key.", view.corrected and not view.dropped),
        ("Not answered.", shown.response is None),
        (
            "They said that they do not know.",
            shown.response is not None and not shown.response.given,
        ),
    )
    return AnswerView(
        number=shown.number,
        position=shown.position,
        question_id=view.question_id,
        kind=view.question.kind,
        stem=view.question.stem,
        marked=_speak(show_marked(view.question, view.response, shown.order)),
        points="0 of 0 points" if view.dropped else points,
        notes=tuple(text for text, holds in notes if holds),
        claim=claim,
        granted=write_share(view.granted),
        open=claim.at is not None and claim.decided_at is None,
    )


def _speak(view: MarkedView) -> MarkedView:
    return replace(
        view,
        rows=tuple(_speak_row(row) for row in view.rows),
        caption=_reword(view.caption),
        note=_reword(view.note),
    )


def _speak_row(row: Row) -> Row:
    return replace(row, tag=_reword(row.tag))


def _reword(text: str) -> str:
    for theirs, ours in _SPOKEN:
        text = text.replace(theirs, ours)
    return text
