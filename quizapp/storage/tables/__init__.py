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
    VersionFileRow,
    VersionRow,
)
from quizapp.storage.tables.courses import (
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    SectionMemberRow,
    SectionRow,
)
from quizapp.storage.tables.drafts import (
    ArticleUploadRow,
    DraftEntityRow,
    DraftFactRow,
    DraftQuestionRow,
    EditorSaveRow,
    SetChangeRow,
    SetDraftRow,
    SetImageRow,
    SetShareRow,
)
from quizapp.storage.tables.jobs import JobRow
from quizapp.storage.tables.learning import (
    DayLimitRow,
    DisputeRow,
    ExamPlanRow,
    FactChoiceRow,
)
from quizapp.storage.tables.reports import ParameterFitRow
from quizapp.storage.tables.reviews import (
    IntroductionRow,
    MemoryRow,
    ReviewRow,
    StudyRow,
    UndoRow,
)

__all__ = [
    "AccountRow",
    "ArticleUploadRow",
    "AssignmentOverrideRow",
    "AssignmentQuestionRow",
    "AssignmentRow",
    "AttemptQuestionRow",
    "AttemptRow",
    "CourseRow",
    "CourseSetRow",
    "DayLimitRow",
    "DisputeRow",
    "DraftEntityRow",
    "DraftFactRow",
    "DraftQuestionRow",
    "EditorSaveRow",
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
    "ParameterFitRow",
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
    "SetChangeRow",
    "SetDraftRow",
    "SetImageRow",
    "SetRow",
    "SetShareRow",
    "SignInRow",
    "StudyRow",
    "UndoRow",
    "VersionFactRow",
    "VersionFileRow",
    "VersionRow",
]
