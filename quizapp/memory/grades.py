"""The four grades of a review, and the grade of a question that the program marks."""

from enum import IntEnum

_PASS_FRACTION = 0.5


class Grade(IntEnum):
    """How well a fact was recalled; only flashcards use HARD and EASY."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def grade_marked(fraction: float) -> Grade:
    """Return the grade for a mark as a fraction of the maximum: Again below half, else Good."""
    return Grade.GOOD if fraction >= _PASS_FRACTION else Grade.AGAIN
