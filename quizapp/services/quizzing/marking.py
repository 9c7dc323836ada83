"""The questions of an attempt against their keys, the newest correction first."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.attempts.scores import MarkedQuestion, Score, score_attempt
from quizapp.errors import InvalidError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import Question
from quizapp.kinds.registry import get_kind
from quizapp.storage.responses import Answer, AttemptQuestion, StoredMark


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedAnswer:
    """A question as it is marked: the key that holds now, the answer as its kind reads it."""

    asked: AttemptQuestion
    question: Question
    response: Response
    mark: Mark
    dropped: bool

    @property
    def is_answered(self) -> bool:
        """Whether the learner gave anything, be it "I don't know"."""
        return self.asked.answer.saves > 0

    @property
    def stored(self) -> StoredMark:
        """The mark as it is stored; what was granted before stays."""
        correction = self.asked.correction
        return StoredMark(
            fraction=self.mark.fraction if self.is_answered else None,
            dropped=self.dropped,
            correction_id=correction.id if correction else None,
            granted=self.asked.mark.granted,
        )


def mark_answer(asked: AttemptQuestion) -> MarkedAnswer:
    """Mark one answer by the newest correction of its question, or as it was published.

    What was saved is as the learner gave it, and is read here for the first time with the key at
    hand: of 03/02/2017 the date is taken that is right, if one is. What the key's kind cannot read
    earns nothing.
    """
    correction = asked.correction
    body = correction.body if correction and correction.body is not None else asked.body
    question = question_from_dict(body)
    response = read_response(question, asked.answer)
    mark = get_kind(question.kind).mark(question, response)
    return MarkedAnswer(
        asked=asked,
        question=question,
        response=response,
        mark=mark,
        dropped=correction is not None and correction.body is None,
    )


def read_response(question: Question, answer: Answer) -> Response:
    """Return a saved answer as its kind reads it, not given where it cannot."""
    if not answer.given:
        return Response(given=False)
    try:
        return get_kind(question.kind).parse(question, {"answer": answer.response})
    except InvalidError:
        return Response(given=False)


def score_marks(
    asked: Sequence[AttemptQuestion], marks: Sequence[StoredMark], credit: float
) -> Score:
    """Return the score of an attempt by the marks of its questions."""
    return score_attempt(
        (
            MarkedQuestion(fraction=mark.counted, maximum=each.points, dropped=mark.dropped)
            for each, mark in zip(asked, marks, strict=True)
        ),
        credit,
    )
