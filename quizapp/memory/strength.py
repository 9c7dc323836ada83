"""How a review changes stability and difficulty, and what guessing takes off."""

from math import exp, log

from quizapp.memory import fsrs6
from quizapp.memory.grades import Grade
from quizapp.memory.log import Review
from quizapp.memory.parameters import Parameters
from quizapp.memory.state import Memory

FIRST_RECALL = 0.5  # before the first review nothing is known


def recall(memory: Memory, day: int, parameters: Parameters) -> float:
    """Return the predicted probability, 0 to 1, of recall on a study day.

    It is 1 on the study day of the last review and on any before it.
    """
    return fsrs6.predict_recall(memory.stability, _count_days(memory, day), parameters.weights)


def strengthen(
    memory: Memory | None, review: Review, parameters: Parameters
) -> tuple[float, float]:
    """Return stability (days) and difficulty (1 to 10) after a review.

    A right answer that may have been a guess counts as knowledge with the probability
    known = R / (R + (1 - R) g), by Bayes' rule from the predicted recall R and the guess
    probability g: ln(stability) and difficulty move that far from the result for Again (0)
    to the result for the grade (1).
    """
    right = _grade(memory, review, review.grade, parameters)
    if review.grade == Grade.AGAIN or not review.guess:
        return right
    expected = FIRST_RECALL if memory is None else recall(memory, review.study_day, parameters)
    known = expected / (expected + (1 - expected) * review.guess)
    wrong = _grade(memory, review, Grade.AGAIN, parameters)
    logarithm = (1 - known) * log(wrong[0]) + known * log(right[0])
    return exp(logarithm), (1 - known) * wrong[1] + known * right[1]


def _grade(
    memory: Memory | None, review: Review, grade: Grade, parameters: Parameters
) -> tuple[float, float]:
    if memory is None:
        return fsrs6.start(grade, parameters.weights)
    elapsed = _count_days(memory, review.study_day)
    return fsrs6.update(memory.stability, memory.difficulty, elapsed, grade, parameters.weights)


def _count_days(memory: Memory, day: int) -> int:
    return max(day - memory.last_day, 0)  # a clock or a time zone may have gone back
