"""What of an attempt may be shown and when: seven switches at four moments, as Moodle has them.

A table of its own, below the rules that hold it and above which `feedback.py` decides the moment.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

Switch = Literal[
    "attempt",  # the questions and what the learner answered
    "correctness",  # whether each answer is right
    "marks",  # points and score
    "specific",  # feedback on the answer given
    "general",  # feedback on the question, the same for everyone
    "right_answer",
    "passage",  # where the answer stands in the article
]
Moment = Literal["during", "right_after", "while_open", "after_close"]

SWITCHES: Final[tuple[Switch, ...]] = get_args(Switch)
MOMENTS: Final[tuple[Moment, ...]] = get_args(Moment)

# Each is said of an answer or beside it, and would hang in the air without it.
NEED_ATTEMPT: Final[frozenset[Switch]] = frozenset(
    {"correctness", "marks", "specific", "right_answer", "passage"}
)

_RESULT: Final[frozenset[Switch]] = frozenset({"attempt", "correctness", "marks"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackTable:
    """The switches that are on at each moment.

    As in Moodle, `during` shows the learner's own answers alone: the questions are marked together,
    at the end. Moodle ships with everything on from the submission; here what gives the key away
    (feedback, right answer, passage) waits until the assignment closes, since others may still be
    sitting it, and so may this learner once more. Without a closing date it is shown when an
    instructor switches it on for an earlier moment.
    """

    during: frozenset[Switch] = frozenset({"attempt"})
    right_after: frozenset[Switch] = _RESULT
    while_open: frozenset[Switch] = _RESULT
    after_close: frozenset[Switch] = frozenset(SWITCHES)

    def at(self, moment: Moment) -> frozenset[Switch]:
        """Return the switches that are on at the moment, as they were set."""
        return {
            "during": self.during,
            "right_after": self.right_after,
            "while_open": self.while_open,
            "after_close": self.after_close,
        }[moment]


DEFAULT_FEEDBACK: Final = FeedbackTable()
