"""What an assignment is to be, and what is wrong with that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from sqlalchemy.orm import Session

from quizapp.attempts.checking import RuleProblem, check_rules
from quizapp.attempts.rules import AssignmentRules
from quizapp.errors import InvalidError, Problem
from quizapp.services.quizzing.choosing import draw_questions, list_askable
from quizapp.storage.assignments import (
    Content,
    VersionQuestion,
    list_version_questions,
    teaches,
)
from quizapp.storage.ids import CourseId

LONGEST_TITLE = 200
MOST_POINTS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that an instructor says of an assignment but its password."""

    title: str
    content: Content
    rules: AssignmentRules


def check_plan(session: Session, course_id: CourseId, plan: Plan) -> tuple[RuleProblem, ...]:
    """Return every problem of a plan by field; none if it can be used.

    The fields are "title", "version_id", "points", "picks", "draws" and those of `check_rules`.
    """
    questions = list_version_questions(session, plan.content.version_id)
    taught = teaches(session, course_id, plan.content.version_id)
    return (
        *_check_title(plan.title),
        *_check_version(list_askable(questions), taught=taught),
        *_check_points(plan.content),
        *_check_picks(plan.content, list_askable(questions)),
        *_check_draws(plan.content, list_askable(questions)),
        *check_rules(plan.rules),
    )


def refuse_problems(problems: Sequence[RuleProblem]) -> None:
    """Do nothing without problems.

    Raises:
        InvalidError: there are some; each is told with its field and remedy.
    """
    if problems:
        found = tuple(Problem(text=f"{p.field}: {p.text}; {p.remedy}") for p in problems)
        raise InvalidError("The assignment cannot be set like this.", found)


def _check_title(title: str) -> Iterator[RuleProblem]:
    if not title.strip() or len(title) > LONGEST_TITLE:
        yield RuleProblem(
            field="title",
            text="there is no title, or too long a one",
            remedy=f"give a title of 1 to {LONGEST_TITLE} characters",
        )


def _check_version(askable: Sequence[VersionQuestion], *, taught: bool) -> Iterator[RuleProblem]:
    if not taught:
        yield RuleProblem(
            field="version_id",
            text="the course does not teach this set",
            remedy="choose one of its sets, or let the course teach this one",
        )
    elif not askable:
        yield RuleProblem(
            field="version_id",
            text="the set has no question that can be marked",
            remedy="choose another set; flashcards are for reviewing alone",
        )


def _check_points(content: Content) -> Iterator[RuleProblem]:
    given = [content.points, *(pick.points for pick in content.picks)]
    if not all(isfinite(points) and 0 < points <= MOST_POINTS for points in given):
        yield RuleProblem(
            field="points",
            text=f"the points of a question are not more than 0 and at most {MOST_POINTS}",
            remedy="give such a number, for example 1",
        )


def _check_picks(content: Content, askable: Sequence[VersionQuestion]) -> Iterator[RuleProblem]:
    if content.picking != "list":
        return
    picked = [pick.question_id for pick in content.picks]
    if not picked or len(set(picked)) < len(picked):
        yield RuleProblem(
            field="picks",
            text="no question is chosen, or one is chosen twice",
            remedy="choose each question once, at least one",
        )
    elif not set(picked) <= {each.id for each in askable}:
        yield RuleProblem(
            field="picks",
            text="a question that is chosen is none of this set that can be marked",
            remedy="choose questions of this set; flashcards are for reviewing alone",
        )


def _check_draws(content: Content, askable: Sequence[VersionQuestion]) -> Iterator[RuleProblem]:
    if content.picking != "draw":
        return
    if not content.draws or any(wanted.count < 1 for wanted in content.draws):
        yield RuleProblem(
            field="draws",
            text="no question is to be drawn",
            remedy="say how many questions of which section or kind are to be drawn",
        )
        return
    try:
        draw_questions(askable, content.draws, "check")
    except InvalidError as error:
        yield RuleProblem(
            field="draws", text=str(error), remedy="change what is to be drawn accordingly"
        )
