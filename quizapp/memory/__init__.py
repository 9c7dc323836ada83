"""What a learner remembers of a fact and when it is due, computed from the log of reviews.

A log entry is a `Review` or an `Undo`; `fold` turns a log into a `Memory`, one `advance` a review.
Study days come from a `StudyCalendar`, all constants from `Parameters`, which each review names.
Nothing here reads a clock or draws from the global random numbers.

`forecast`, `exam_forecast` and `fitting` need NumPy, whose import takes longer than a hundred
answers: they are imported by their own names, only where a page shows what they tell.
"""

from quizapp.memory.balance import Ease, choose_interval
from quizapp.memory.days import StudyCalendar
from quizapp.memory.fitted import (
    FittedWeights,
    choose_parameters,
    find_fit,
    make_fitted,
    register_fits,
)
from quizapp.memory.grades import Grade, grade_marked
from quizapp.memory.leeches import FIRST_LEECH, is_leech, is_marked_anew
from quizapp.memory.log import Entry, Review, Undo
from quizapp.memory.log_file import Row, read_rows
from quizapp.memory.parameter_file import read_parameters
from quizapp.memory.parameters import (
    DEFAULT_PARAMETERS,
    REGISTRY,
    RETENTIONS,
    Parameters,
    get_parameters,
    name_version,
)
from quizapp.memory.planning import (
    DEFAULT_PLAN,
    ExamPlan,
    count_polish,
    find_reach,
    is_polish_day,
    list_polish,
    needs_polish,
    plan_at,
)
from quizapp.memory.replay import Replayed, replay_rows
from quizapp.memory.scheduling import advance, fold, list_choices, preview
from quizapp.memory.state import Memory, Phase, due_instant, is_due
from quizapp.memory.strength import recall

__all__ = [
    "DEFAULT_PARAMETERS",
    "DEFAULT_PLAN",
    "FIRST_LEECH",
    "REGISTRY",
    "RETENTIONS",
    "Ease",
    "Entry",
    "ExamPlan",
    "FittedWeights",
    "Grade",
    "Memory",
    "Parameters",
    "Phase",
    "Replayed",
    "Review",
    "Row",
    "StudyCalendar",
    "Undo",
    "advance",
    "choose_interval",
    "choose_parameters",
    "count_polish",
    "due_instant",
    "find_fit",
    "find_reach",
    "fold",
    "get_parameters",
    "grade_marked",
    "is_due",
    "is_leech",
    "is_marked_anew",
    "is_polish_day",
    "list_choices",
    "list_polish",
    "make_fitted",
    "name_version",
    "needs_polish",
    "plan_at",
    "preview",
    "read_parameters",
    "read_rows",
    "recall",
    "register_fits",
    "replay_rows",
]
