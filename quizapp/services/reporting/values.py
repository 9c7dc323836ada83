"""What a report on an assignment says: frozen values, the same for a page and for every file.

Shares are fractions of 1; None is what the answers cannot tell, and the words beside it say why.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quizapp.kinds.question import KindName, Question
from quizapp.psychometrics.findings import ItemFindings, Report
from quizapp.psychometrics.intervals import Interval
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, CourseId, QuestionId
from quizapp.storage.questions import Passage

Which = Literal["first", "last", "highest", "all"]
Progress = Literal["not_begun", "in_progress", "finished"]
CheckCode = Literal[
    "wrong_key",
    "negative_discrimination",
    "too_hard",
    "too_easy",
    "weak_discrimination",
    "unused_distractor",
    "many_blank",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpent:
    """The median of seconds, of `n` measured; None without any."""

    seconds: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonAnswer:
    """The wrong answer given most often, in words, by `count` of the `n` attempts asked."""

    text: str
    count: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something to look at in a question, in plain words.

    Only if it is `sure` may it be shown as a warning; otherwise `text` ends with "cannot tell yet
    (n = 9)" or says from where to where the figure may lie. `source` names whose rule it is.
    """

    question_id: QuestionId
    number: int
    stem: str
    code: CheckCode
    title: str
    text: str
    sure: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """A question of the assignment; `number` is its place in it from 1.

    `item` names it in `Report.items`, where `findings` are taken from: None if it was dropped, or
    in no attempt that counts here. Question, key and answer are as the course marks them now.
    """

    question_id: QuestionId
    number: int
    item: str
    kind: KindName
    stem: str
    answer: str
    section: str
    paragraph: int
    points: float
    corrected: bool
    dropped: bool
    findings: ItemFindings | None
    wrong: CommonAnswer | None
    time: TimeSpent
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """What a fact of `Report.facts` states; `fact` names it there."""

    fact: str
    statement: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """A learner with the attempt that counts here, if any.

    `share` is points over maximum, without credit for time and without given grades. `former` is
    the mean share of their former assignments in this course. `reasons` say in plain words why they
    may need help: empty where nothing does.
    """

    learner_id: AccountId
    name: str
    enrolled: bool
    progress: Progress
    attempts: int
    attempt_id: AttemptId | None
    number: int | None
    submitted_at: datetime | None
    points: float | None
    maximum: float | None
    share: float | None
    blank: int
    questions: int
    seconds: float | None
    former: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The assignment before this one, by due date, whose attempts were chosen by the same rule."""

    assignment_id: AssignmentId
    title: str
    median_share: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentReport:
    """All that an assignment tells at one instant.

    `which` attempts of a learner count; `doubtful` says what is wrong with the choice, if anything.
    `finished` counts learners that are `enrolled` in the course now and have handed in, as does
    `in_progress` those who have an attempt that goes on. `computed_at` is when the figures were
    reckoned, `as_of` when this was asked. `time` is that of an attempt.
    """

    course_id: CourseId
    course_title: str
    timezone: str
    assignment_id: AssignmentId
    title: str
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    which: Which
    doubtful: str | None
    as_of: datetime
    computed_at: datetime
    enrolled: int
    finished: int
    in_progress: int
    report: Report
    questions: tuple[QuestionLine, ...]
    facts: tuple[FactLine, ...]
    checks: tuple[Check, ...]
    learners: tuple[ScoreLine, ...]
    previous: Former | None
    time: TimeSpent
    notes: tuple[str, ...]

    @property
    def may_need_help(self) -> tuple[ScoreLine, ...]:
        """The learners with a reason, those with most of them first, then by name."""
        lines = [each for each in self.learners if each.reasons]
        return tuple(sorted(lines, key=lambda line: -len(line.reasons)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How a question fared in one assignment of the course, in whichever version of the set.

    `facility` is by the key that marks now; `published_facility` by the key as it was published,
    where a correction changed marks, else None. `n` are the attempts that count.
    """

    assignment_id: AssignmentId
    title: str
    version: int
    question_id: QuestionId
    n: int
    facility: float | None
    facility_interval: Interval | None
    published_facility: float | None
    dropped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReport:
    """A question in full: as it is marked now, what was found of it, where it stands, its past.

    `published` is the question before any correction. `trend` holds every assignment of the course
    that asked the same question, by due date. `before` and `after` are its neighbours.
    """

    course_id: CourseId
    course_title: str
    timezone: str
    assignment_id: AssignmentId
    title: str
    which: Which
    computed_at: datetime
    line: QuestionLine
    question: Question
    published: Question
    passage: Passage | None
    facts: tuple[FactLine, ...]
    trend: tuple[Trend, ...]
    before: QuestionLine | None
    after: QuestionLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseLine:
    """One answer to a question; `answer` is in words, None where nothing was given.

    `fraction` is the mark that counts as a share, None where there is no answer; `equal` is how
    many gave the same answer, this one included.
    """

    attempt_id: AttemptId
    position: int
    learner_id: AccountId
    name: str
    attempt: int
    answer: str | None
    given: bool
    fraction: float | None
    points: float
    dropped: bool
    saved_at: datetime | None
    seconds: float | None
    equal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGroup:
    """An answer in words that `count` attempts gave, and what it earns; the most given first.

    `answer` is None for those who gave none. Equal are answers that differ at most in capitals and
    in how a number or a date is written.
    """

    answer: str | None
    count: int
    fraction: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePage:
    """All answers to a question, page by page, by learner and attempt; pages count from 1."""

    course_id: CourseId
    course_title: str
    timezone: str
    assignment_id: AssignmentId
    title: str
    question_id: QuestionId
    question: Question
    dropped: bool
    total: int
    page: int
    pages: int
    lines: tuple[ResponseLine, ...]
    groups: tuple[AnswerGroup, ...]
