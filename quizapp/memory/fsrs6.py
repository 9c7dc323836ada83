"""The formulas of FSRS-6 on plain numbers, after the package `fsrs` 6.3 (MIT).

The package itself takes 9 microseconds a review, twice for a right answer that may be a guess, and
copies a card each time; these formulas take 3 to 4. That they agree with it is tested. `weights`
are the 21 of `Parameters`, stability and elapsed time are in days, difficulty is 1 to 10.
"""

from collections.abc import Sequence
from math import exp

from quizapp.memory.grades import Grade

LEAST_STABILITY = 0.001
LEAST_DIFFICULTY, MOST_DIFFICULTY = 1.0, 10.0


def predict_recall(stability: float, elapsed: int, weights: Sequence[float]) -> float:
    """Return the probability of recall `elapsed` days after the last review, by the power curve."""
    decay = -weights[20]
    return float((1 + find_factor(decay) * elapsed / stability) ** decay)


def find_days(stability: float, retention: float, weights: Sequence[float]) -> float:
    """Return the days after which recall has fallen to `retention`: the power curve, inverted."""
    decay = -weights[20]
    return float(stability / find_factor(decay) * (retention ** (1 / decay) - 1))


def start(grade: Grade, weights: Sequence[float]) -> tuple[float, float]:
    """Return stability and difficulty after a first review."""
    return max(weights[grade - 1], LEAST_STABILITY), _clamp(start_difficulty(grade, weights))


def update(
    stability: float, difficulty: float, elapsed: int, grade: Grade, weights: Sequence[float]
) -> tuple[float, float]:
    """Return stability and difficulty after a review `elapsed` study days after the last one."""
    if elapsed < 1:
        updated = _update_same_day(stability, grade, weights)
    else:
        forgotten = 1 - predict_recall(stability, elapsed, weights)
        change = _lapse if grade == Grade.AGAIN else _grow
        updated = change(stability, difficulty, forgotten, grade, weights)
    return max(updated, LEAST_STABILITY), _update_difficulty(difficulty, grade, weights)


def find_factor(decay: float) -> float:
    """Return the factor of the power curve at which recall after one stability is 0.9."""
    return float(0.9 ** (1 / decay) - 1)


def start_difficulty(grade: Grade, weights: Sequence[float]) -> float:
    """Return the difficulty after a first review before it is clamped to 1 to 10."""
    return weights[4] - exp(weights[5] * (grade - 1)) + 1


def _clamp(difficulty: float) -> float:
    return min(max(difficulty, LEAST_DIFFICULTY), MOST_DIFFICULTY)


def _update_difficulty(difficulty: float, grade: Grade, weights: Sequence[float]) -> float:
    damped = difficulty - weights[6] * (grade - 3) * (10 - difficulty) / 9
    easiest = start_difficulty(Grade.EASY, weights)
    return _clamp(weights[7] * easiest + (1 - weights[7]) * damped)


def _update_same_day(stability: float, grade: Grade, weights: Sequence[float]) -> float:
    increase = exp(weights[17] * (grade - 3 + weights[18])) * stability ** -weights[19]
    return float(stability * (increase if grade == Grade.AGAIN else max(increase, 1.0)))


def _grow(
    stability: float, difficulty: float, forgotten: float, grade: Grade, weights: Sequence[float]
) -> float:
    hard_penalty = weights[15] if grade == Grade.HARD else 1.0
    easy_bonus = weights[16] if grade == Grade.EASY else 1.0
    increase = (
        exp(weights[8])
        * (11 - difficulty)
        * stability ** -weights[9]
        * (exp(forgotten * weights[10]) - 1)
        * hard_penalty
        * easy_bonus
    )
    return float(stability * (1 + increase))


def _lapse(
    stability: float, difficulty: float, forgotten: float, _: Grade, weights: Sequence[float]
) -> float:
    by_time = (
        weights[11]
        * difficulty ** -weights[12]
        * ((stability + 1) ** weights[13] - 1)
        * exp(forgotten * weights[14])
    )
    return float(min(by_time, stability / exp(weights[17] * weights[18])))
