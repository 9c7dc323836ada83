"""Logs of classes whose true weights are known, for the tests of fitting."""

from collections.abc import Sequence
from random import Random

from quizapp.memory import DEFAULT_PARAMETERS, Grade, fsrs6
from quizapp.memory.fitting import Answer, FactHistory

STANDARD = DEFAULT_PARAMETERS.weights
# New facts are lost sooner and grow more slowly than the standard weights say.
FORGETFUL = (*(weight * 0.25 for weight in STANDARD[:3]), *STANDARD[3:8], 1.1, *STANDARD[9:])
# New facts last twice as long as the standard weights say.
LASTING = (*(weight * 2 for weight in STANDARD[:3]), *STANDARD[3:])
# What is known is forgotten along another curve.
STEEP = (*STANDARD[:20], 0.5)
FIRST_DAY = 730_000
_FIRST_KNOWN = 0.6


def simulate_class(
    truth: Sequence[float],
    *,
    seed: int,
    learners: int = 15,
    facts: int = 40,
    days: int = 120,
    guess: float = 0.0,
) -> list[FactHistory]:
    """Let learners who remember by `truth` review when the standard weights say."""
    rng = Random(seed)
    return [
        FactHistory(learner=learner, answers=_simulate_fact(truth, days, guess, rng))
        for learner in range(1, learners + 1)
        for _ in range(facts)
    ]


def _simulate_fact(
    truth: Sequence[float], days: int, guess: float, rng: Random
) -> tuple[Answer, ...]:
    day = rng.randrange(days * 4 // 5)
    grade = Grade.GOOD if rng.random() < _FIRST_KNOWN else Grade.AGAIN
    own, believed = fsrs6.start(grade, truth), fsrs6.start(grade, STANDARD)
    answers = [Answer(day=FIRST_DAY + day, grade=grade, guess=guess)]
    while True:
        gap = max(round(fsrs6.find_days(believed[0], 0.9, STANDARD)), 1)
        day += gap
        if day >= days:
            return tuple(answers)
        recall = fsrs6.predict_recall(own[0], gap, truth)
        right = rng.random() < recall or rng.random() < guess
        grade = Grade.GOOD if right else Grade.AGAIN
        own = fsrs6.update(*own, gap, grade, truth)
        believed = fsrs6.update(*believed, gap, grade, STANDARD)
        answers.append(Answer(day=FIRST_DAY + day, grade=grade, guess=guess))
