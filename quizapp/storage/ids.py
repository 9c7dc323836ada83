"""The names of rows, each a type of its own so that one cannot be passed for another."""

from typing import NewType

AccountId = NewType("AccountId", int)
SetId = NewType("SetId", int)
VersionId = NewType("VersionId", int)
PassageId = NewType("PassageId", int)
FactId = NewType("FactId", int)
QuestionId = NewType("QuestionId", int)
CourseId = NewType("CourseId", int)
SectionId = NewType("SectionId", int)
StudyId = NewType("StudyId", int)
ReviewId = NewType("ReviewId", int)
JobId = NewType("JobId", int)
AssignmentId = NewType("AssignmentId", int)
OverrideId = NewType("OverrideId", int)
CorrectionId = NewType("CorrectionId", int)
GradeOverrideId = NewType("GradeOverrideId", int)
AttemptId = NewType("AttemptId", int)
SaveId = NewType("SaveId", int)
MarkChangeId = NewType("MarkChangeId", int)
DisputeId = NewType("DisputeId", int)
