"""Problems told of questions, as the pages of learners and instructors show them."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.question import WRITTEN, Question
from quizapp.kinds.writing import write_key
from quizapp.storage.disputes import Dispute
from quizapp.web.kinds.stems import Stem, show_stem
from quizapp.web.reading.anchors import passage_url
from quizapp.web.words import write_plural

REASONS = (
    ("key", "The answer that counts as right is wrong"),
    ("unclear", "The question is unclear"),
    ("two_right", "Two answers are right"),
    ("typo", "There is a typing mistake"),
    ("other", "Something else"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """A problem that was told; `decision` is "" as long as nobody decided."""

    id: int
    course_title: str
    question_id: int
    stem: Stem
    key: str
    passage: str
    passage_url: str
    learner_name: str
    reason: str
    text: str
    at: datetime
    count: int
    decision: str
    word: str
    correctable: bool
    statistics: str
    mend_url: str


def show_problem(told: Dispute) -> ProblemView:
    """Return a problem for a page."""
    question = question_from_dict(told.body)
    decision = {None: "", True: "Upheld", False: "Declined"}[told.upheld]
    return ProblemView(
        id=told.id,
        course_title=told.course_title,
        question_id=told.question_id,
        stem=show_stem(question),
        key=write_key(question),
        passage=f"{question.source.section}, paragraph {question.source.paragraph}",
        passage_url=passage_url(told.version_id, question.source),
        learner_name=told.learner_name,
        reason=dict(REASONS)[told.reason],
        text=told.text,
        at=told.at,
        count=told.count,
        decision=decision,
        word=told.word,
        correctable=told.correctable,
        statistics=_tell(told),
        mend_url=_find_place_to_mend(told, question),
    )


def _find_place_to_mend(told: Dispute, question: Question) -> str:
    """Return where the fact is corrected, or the question if somebody wrote it."""
    if question.template == WRITTEN:
        return url_for("editing.show", set_id=told.set_id, key=question.id)
    return url_for("facts.show", set_id=told.set_id, key=question.facts[0])


def _tell(told: Dispute) -> str:
    """Say how the question fares in the course; a share of few answers says nothing."""
    if not told.answered:
        return "nobody of the course has answered it yet"
    times = write_plural(told.answered, "answer")
    return f"{told.right} right of {times} in this course"
