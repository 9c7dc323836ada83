"""How each learner did in an assignment, and who may need help, with plain reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import fmean
from typing import Final

from quizapp.attempts.states import close_if_over
from quizapp.services.grading.gradebook import Material, make_grade, select_overrides
from quizapp.services.reporting.choosing import choose_attempts, share_of
from quizapp.services.reporting.values import Progress, ScoreLine, Which
from quizapp.storage.assignments import Assignment
from quizapp.storage.attempts import AttemptRecord
from quizapp.storage.gradebooks import RosterLearner
from quizapp.storage.ids import AccountId, AttemptId
from quizapp.storage.overrides import SetOverride

LOW: Final = 0.5
"""A score below this share is low."""
BIG_DROP: Final = 0.2
"""A score so far below the mean of former assignments is a big drop."""
MANY_BLANK: Final = 0.25
"""From this share of questions on, leaving them blank is a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sat:
    """What the answers of an attempt tell: how many of its questions were blank, the seconds."""

    questions: int
    blank: int
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSat:
    """An assignment with what its learners did.

    `chosen` is the last attempt of each that counts, `former` their shares of assignments before.
    """

    material: Material
    assignment: Assignment
    overrides: Sequence[SetOverride]
    chosen: Mapping[AccountId, AttemptRecord]
    former: Mapping[AccountId, Sequence[float]]
    sat: Mapping[AttemptId, Sat]
    now: datetime


def describe_learners(found: ClassSat) -> tuple[ScoreLine, ...]:
    """Return a line for each learner of the course, by name."""
    return tuple(_describe(found, learner) for learner in found.material.course.learners)


def list_former(
    material: Material, former: Sequence[Assignment], which: Which
) -> dict[AccountId, list[float]]:
    """Return the shares that each learner earned in these assignments."""
    shares: dict[AccountId, list[float]] = {}
    ids = {each.id for each in former}
    for (assignment_id, learner_id), attempts in material.attempts.items():
        if assignment_id in ids:
            found = [share_of(each) for each in choose_attempts(attempts, which)]
            shares.setdefault(learner_id, []).extend(each for each in found if each is not None)
    return shares


def _describe(found: ClassSat, learner: RosterLearner) -> ScoreLine:
    attempts = found.material.attempts.get((found.assignment.id, learner.id), [])
    attempt = found.chosen.get(learner.id)
    told = found.sat.get(attempt.id) if attempt else None
    former = found.former.get(learner.id, ())
    line = ScoreLine(
        learner_id=learner.id,
        name=learner.name,
        enrolled=learner.enrolled,
        progress=_find_progress(attempts, found.now),
        attempts=len(attempts),
        attempt_id=attempt.id if attempt else None,
        number=attempt.number if attempt else None,
        submitted_at=attempt.submitted_at if attempt else None,
        points=attempt.points if attempt else None,
        maximum=attempt.maximum if attempt else None,
        share=share_of(attempt) if attempt else None,
        blank=told.blank if told else 0,
        questions=told.questions if told else 0,
        seconds=told.seconds if told else None,
        former=fmean(former) if former else None,
        reasons=(),
    )
    if not learner.enrolled:
        return line
    behind = line.progress != "finished" and _is_behind(found, learner, attempts)
    auto = attempt is not None and attempt.auto
    reasons = tuple(_list_reasons(line, len(former), behind=behind, auto=auto))
    return replace(line, reasons=reasons) if reasons else line


def _is_behind(found: ClassSat, learner: RosterLearner, attempts: Sequence[AttemptRecord]) -> bool:
    rules = select_overrides(found.overrides, learner).resolve(found.assignment.rules)
    given = found.material.given.get((found.assignment.id, learner.id))
    return make_grade(rules, attempts, given, found.now).behind


def _find_progress(attempts: Sequence[AttemptRecord], now: datetime) -> Progress:
    if not attempts:
        return "not_begun"
    return "finished" if any(_is_over(each, now) for each in attempts) else "in_progress"


def _is_over(attempt: AttemptRecord, now: datetime) -> bool:
    if attempt.submitted_at is not None:
        return True
    return close_if_over(attempt.facts, attempt.clock, now).submitted_at is not None


def _list_reasons(line: ScoreLine, former: int, *, behind: bool, auto: bool) -> Iterator[str]:
    if behind and line.progress == "not_begun":
        yield "did not begin, and it was due"
    elif behind:
        yield "began and did not hand in, and it was due"
    if line.blank and (auto or line.blank >= MANY_BLANK * line.questions):
        why = "ran out of time with" if auto else "left"
        yield f"{why} {line.blank} of {line.questions} questions without an answer"
    if line.share is None:
        return
    if line.share < LOW:
        yield f"scored {line.share:.0%}, which is under half"
    if line.former is not None and line.former - line.share >= BIG_DROP:
        of = "the former assignment" if former == 1 else f"{former} former assignments"
        yield f"scored {line.share:.0%} after {line.former:.0%} in {of}"
