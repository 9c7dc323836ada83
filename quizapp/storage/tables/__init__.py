"""All tables; importing this package fills the metadata."""

from quizapp.storage.tables.accounts import (
    AccountRow,
    PasswordLinkRow,
    RefusedTryRow,
    SignInRow,
)
from quizapp.storage.tables.assignments import (
    AssignmentOverrideRow,
    AssignmentQuestionRow,
    AssignmentRow,
    GradeOverrideRow,
    QuestionCorrectionRow,
)
from quizapp.storage.tables.attempts import (
    AttemptQuestionRow,
    AttemptRow,
    MarkChangeRow,
    ResponseSaveRow,
)
from quizapp.storage.tables.content import (
    FactRivalRow,
    FactRow,
    PassageRow,
    QuestionFactRow,
    QuestionRow,
    SetRow,
    VersionFactRow,
    VersionRow,
)
from quizapp.storage.tables.courses import (
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    SectionMemberRow,
    SectionRow,
)
from quizapp.storage.tables.jobs import JobRow
from quizapp.storage.tables.learning import (
    DayLimitRow,
    DisputeRow,
    ExamPlanRow,
    FactChoiceRow,
)
from quizapp.storage.tables.reviews import (
    IntroductionRow,
    MemoryRow,
    ReviewRow,
    StudyRow,
    UndoRow,
)

__all__ = [
    "AccountRow",
    "AssignmentOverrideRow",
    "AssignmentQuestionRow",
    "AssignmentRow",
    "AttemptQuestionRow",
    "AttemptRow",
    "CourseRow",
    "CourseSetRow",
    "DayLimitRow",
    "DisputeRow",
    "EnrolmentRow",
    "ExamPlanRow",
    "FactChoiceRow",
    "FactRivalRow",
    "FactRow",
    "GradeOverrideRow",
    "IntroductionRow",
    "JobRow",
    "MarkChangeRow",
    "MemoryRow",
    "PassageRow",
    "PasswordLinkRow",
    "QuestionCorrectionRow",
    "QuestionFactRow",
    "QuestionRow",
    "RefusedTryRow",
    "ResponseSaveRow",
    "ReviewRow",
    "SectionMemberRow",
    "SectionRow",
    "SetRow",
    "SignInRow",
    "StudyRow",
    "UndoRow",
    "VersionFactRow",
    "VersionRow",
]
