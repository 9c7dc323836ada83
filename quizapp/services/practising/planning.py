"""What a practice quiz is: its rules, and the questions that a learner's wish comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from quizapp.attempts.order import sort_by_chance
from quizapp.attempts.rules import AssignmentRules
from quizapp.attempts.switches import SWITCHES, FeedbackTable
from quizapp.errors import InvalidError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.question import Question
from quizapp.storage.assignments import VersionQuestion
from quizapp.storage.ids import CourseId, QuestionId, VersionId

MOST_MINUTES: Final = 24 * 60
MOST_QUESTIONS: Final = 500
_EVERYTHING = frozenset(SWITCHES)
_AT_ONCE = FeedbackTable(right_after=_EVERYTHING, while_open=_EVERYTHING, after_close=_EVERYTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a learner wants to practise.

    `most` None is all there are; without kinds or sections any will do. `minutes` None is without
    a limit of time.
    """

    course_id: CourseId
    version_id: VersionId
    most: int | None = None
    kinds: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    minutes: int | None = None


def make_rules(minutes: int | None) -> AssignmentRules:
    """Return the rules of a practice quiz: sat once, and told in full as soon as it is submitted.

    Whoever wants the same questions once more makes a new one, which leaves out what an assignment
    asks by then.
    """
    return AssignmentRules(
        time_limit=None if minutes is None else timedelta(minutes=minutes),
        attempts_allowed=1,
        shuffle_questions=True,
        feedback=_AT_ONCE,
    )


def check_wish(wish: Wish) -> None:
    """Do nothing for numbers that can be used.

    Raises:
        InvalidError: one cannot.
    """
    if wish.most is not None and not 1 <= wish.most <= MOST_QUESTIONS:
        raise InvalidError(f"Choose 1 to {MOST_QUESTIONS} questions.")
    if wish.minutes is not None and not 1 <= wish.minutes <= MOST_MINUTES:
        raise InvalidError(f"Choose a time limit of 1 to {MOST_MINUTES} minutes, or none.")


def fits(wish: Wish, question: Question) -> bool:
    """Tell whether a question is one of those wished for."""
    return (not wish.kinds or question.kind in wish.kinds) and (
        not wish.sections or question.source.section in wish.sections
    )


def pick_questions(
    questions: Sequence[VersionQuestion], most: int | None, seed: str
) -> tuple[QuestionId, ...]:
    """Return questions picked by chance, at most so many; the same seed picks the same.

    Two that ask for the same fact give each other away, so each fact has its turn before one is
    asked again.
    """
    by_key = {str(each.id): each for each in questions}
    waiting = [by_key[key] for key in sort_by_chance(by_key, seed)]
    picked: list[QuestionId] = []
    while waiting:
        asked: set[str] = set()
        later = []
        for each in waiting:
            facts = question_from_dict(each.body).facts
            if asked.isdisjoint(facts):
                asked.update(facts)
                picked.append(each.id)
            else:
                later.append(each)
        waiting = later
    return tuple(picked[:most])
