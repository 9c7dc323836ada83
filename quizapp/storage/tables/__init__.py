"""All tables; importing this package fills the metadata."""

from quizapp.storage.tables.accounts import (
    AccountRow,
    PasswordLinkRow,
    SignInFailureRow,
    SignInRow,
)
from quizapp.storage.tables.content import (
    FactRow,
    PassageRow,
    QuestionFactRow,
    QuestionRow,
    SetRow,
    VersionFactRow,
    VersionRow,
)
from quizapp.storage.tables.courses import CourseRow, CourseSetRow, EnrolmentRow
from quizapp.storage.tables.reviews import (
    IntroductionRow,
    MemoryRow,
    ReviewRow,
    StudyRow,
    UndoRow,
)

__all__ = [
    "AccountRow",
    "CourseRow",
    "CourseSetRow",
    "EnrolmentRow",
    "FactRow",
    "IntroductionRow",
    "MemoryRow",
    "PassageRow",
    "PasswordLinkRow",
    "QuestionFactRow",
    "QuestionRow",
    "ReviewRow",
    "SetRow",
    "SignInFailureRow",
    "SignInRow",
    "StudyRow",
    "UndoRow",
    "VersionFactRow",
    "VersionRow",
]
