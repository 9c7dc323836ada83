"""What the page of a submitted attempt shows, as far as the switches allow it now."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from math import fsum

from quizapp.attempts.scores import Score
from quizapp.attempts.switches import Moment, Switch
from quizapp.services.grading.claiming import may_claim
from quizapp.services.grading.noting import Note
from quizapp.services.quizzing.submitting import MarkedQuestionView, Result
from quizapp.storage.responses import StoredMark
from quizapp.web.kinds.marked import MarkedView, show_marked
from quizapp.web.kinds.stems import Stem, show_stem
from quizapp.web.student.pages import SourceView, show_source
from quizapp.web.words import write_percent, write_share

_WHOLE = 1.0
_LATER = {
    "right_after": "What else is shown of it follows when the assignment closes, or before.",
    "while_open": "The right answers are not shown while others can still sit this assignment.",
}
_NO_END = (
    "The right answers are shown once this assignment is closed, and no day is set for that yet."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultQuestion:
    """A question with its answer as far as both are told; `points` of the `most` there were.

    `verdict` says whether the answer is right, as a word and as the name of its look; `remarks` are
    what happened to its mark. `claim` is "open" where "I was right" may be said of the answer.
    """

    number: int
    stem: Stem
    kind: str
    marked: MarkedView
    verdict: str
    look: str
    points: str
    remarks: tuple[str, ...]
    feedback: str
    source: SourceView | None
    may_claim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The score of the questions of one section of the article."""

    title: str
    points: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """A submitted attempt; `score` and `share` are None where marks are not shown.

    `wrong` counts the questions short of the whole mark, None where that is not told; `left_out`
    those of a practice quiz that are kept for an assignment.
    """

    attempt_id: int
    assignment_id: int
    is_practice: bool
    left_out: int
    title: str
    course_title: str
    number: int
    submitted_at: datetime | None
    auto: bool
    is_marked: bool
    points: str
    share: float | None
    credit: str
    answered: int
    total: int
    wrong: int | None
    only_wrong: bool
    questions: tuple[ResultQuestion, ...]
    topics: tuple[Topic, ...]
    shows_attempt: bool
    shows_marks: bool
    later: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """That a mark changed: of what, from what to what, and why."""

    id: int
    attempt_id: int
    title: str
    text: str
    reason: str
    at: datetime


def show_result(result: Result, *, only_wrong: bool) -> ResultPage:
    """Return the page of a result; `only_wrong` leaves out what earned the whole mark."""
    is_marked = result.state == "marked"
    # What is not marked yet is not told in parts either.
    shown = result.shown if is_marked else result.shown - {"marks", "correctness"}
    told = "correctness" in shown
    short = [each for each in result.questions if each.is_short]
    listed = short if only_wrong and told else result.questions
    score = result.score
    return ResultPage(
        attempt_id=result.attempt_id,
        assignment_id=result.assignment_id,
        is_practice=result.practice,
        left_out=result.left_out,
        title=result.title,
        course_title=result.course_title,
        number=result.number,
        submitted_at=result.submitted_at,
        auto=result.auto,
        is_marked=is_marked,
        points=f"{write_points(score.points)} of {write_points(score.maximum)}" if score else "",
        share=score.share if score else None,
        credit=_say_credit(score) if score else "",
        answered=sum(each.shown.response is not None for each in result.questions),
        total=len(result.questions),
        wrong=len(short) if told else None,
        only_wrong=only_wrong and told,
        questions=tuple(
            _show_question(
                each, shown, each.fraction, told=told, claimable=is_marked and not result.practice
            )
            for each in listed
        ),
        topics=_sum_topics(result.questions) if told and score else (),
        shows_attempt="attempt" in result.shown,
        shows_marks="marks" in result.shown,
        later=_say_later(result),
    )


def show_notes(notes: Sequence[Note]) -> tuple[NoteView, ...]:
    """Return the notes on marks that changed, as they are read."""
    return tuple(
        NoteView(
            id=note.id,
            attempt_id=note.attempt_id,
            title=note.title,
            text=_say_change(note),
            reason=note.reason,
            at=note.at,
        )
        for note in notes
    )


def write_points(points: float) -> str:
    """Return points with two decimals at most: 7, 7.5, 0.33."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def show_answered(view: MarkedQuestionView, shown: AbstractSet[Switch]) -> ResultQuestion:
    """Return an answered question of a running attempt, which tells at once how it is marked."""
    return _show_question(view, shown, view.mark.fraction, told="correctness" in shown)


def _show_question(
    view: MarkedQuestionView,
    shown: AbstractSet[Switch],
    fraction: float | None,
    *,
    told: bool,
    claimable: bool = False,
) -> ResultQuestion:
    verdict, look = _judge(view, fraction) if told else ("", "given")
    question = view.question
    return ResultQuestion(
        number=view.shown.number,
        stem=show_stem(question),
        kind=question.kind,
        marked=show_marked(question, view.response, view.shown.order, shown=shown),
        verdict=verdict,
        look=look,
        points=_say_points(view, fraction) if "marks" in shown else "",
        remarks=tuple(_list_remarks(view)) if told else (),
        feedback=question.feedback if "general" in shown else "",
        source=show_source(view.passage, question) if view.passage else None,
        may_claim=told
        and claimable
        and may_claim(question.kind, _mark_of(view), claimed=_is_claimed(view)),
    )


def _judge(view: MarkedQuestionView, fraction: float | None) -> tuple[str, str]:
    if view.dropped:
        return "Does not count", "given"
    if fraction is None:
        return "Not answered", "given"
    if fraction >= _WHOLE:
        return "Correct", "right"
    return ("Partly correct", "wrong") if fraction > 0 else ("Not correct", "wrong")


def _list_remarks(view: MarkedQuestionView) -> Iterable[str]:
    if view.dropped:
        yield "This question was dropped, so it counts neither way."
    elif view.corrected:
        yield "This question was corrected after it was asked, and marked anew."
    if _is_claimed(view) and view.claim.decided_at is None:
        yield "You said that you were right; your instructor has not decided yet."
    elif view.granted is not None:
        yield "You said that you were right, and your instructor granted it."
    elif _is_claimed(view):
        yield "You said that you were right; your instructor let the mark stand."


def _sum_topics(questions: Sequence[MarkedQuestionView]) -> tuple[Topic, ...]:
    by_section: dict[str, list[MarkedQuestionView]] = {}
    for each in questions:
        if not each.dropped:
            by_section.setdefault(each.question.source.section, []).append(each)
    return tuple(_sum_topic(title, each) for title, each in by_section.items())


def _sum_topic(title: str, questions: Sequence[MarkedQuestionView]) -> Topic:
    most = fsum(each.shown.points for each in questions)
    points = fsum((each.fraction or 0.0) * each.shown.points for each in questions)
    return Topic(
        title=title,
        points=f"{write_points(points)} of {write_points(most)}",
        share=points / most if most else 0.0,
    )


def _say_points(view: MarkedQuestionView, fraction: float | None) -> str:
    most = view.shown.points
    earned = write_points((fraction or 0.0) * most)
    return "" if view.dropped else f"{earned} of {write_points(most)}"


def _say_credit(score: Score) -> str:
    if score.credit == _WHOLE:
        return ""
    if score.credit == 0:
        return "Handed in as practice, which earns no credit."
    when = "early" if score.credit > _WHOLE else "late"
    return f"Handed in {when}, which earns {write_percent(score.credit)} of the points."


def _say_later(result: Result) -> str:
    moment: Moment = result.moment
    if "right_answer" in result.shown or moment not in _LATER:
        return ""
    return _NO_END if result.ends_at is None else _LATER[moment]


def _say_change(note: Note) -> str:
    of = "" if note.question is None else f" by question {note.question}"
    if note.old is None or note.new is None:
        return f"Your mark was changed{of}."
    old, new = _write_score(note.old), _write_score(note.new)
    if old == new:
        return f"Your mark was looked at again{of}; it stays at {new}."
    return f"Your mark changed{of} from {old} to {new}."


def _write_score(score: Score) -> str:
    points = f"{write_points(score.points)} of {write_points(score.maximum)}"
    return points if score.share is None else f"{points} ({write_share(score.share)})"


def _is_claimed(view: MarkedQuestionView) -> bool:
    return view.claim.at is not None


def _mark_of(view: MarkedQuestionView) -> StoredMark:
    return StoredMark(
        fraction=view.fraction, dropped=view.dropped, correction_id=None, granted=view.granted
    )
