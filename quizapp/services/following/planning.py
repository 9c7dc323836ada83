"""What a new version changes in the keys of questions that were asked already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizapp.kinds.question import Question
from quizapp.services.authoring.comparing import name_apart
from quizapp.services.grading.correcting import KeyChange, apply_change
from quizapp.services.quizzing.showing import mask_question
from quizapp.storage.ids import QuestionId

Fate: TypeAlias = Literal["corrected", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What becomes of a question in attempts: another key, or None if it is to count no more."""

    question_id: QuestionId
    question: Question
    key: Question | None
    change: KeyChange | None

    @property
    def fate(self) -> Fate:
        """Whether it is corrected or dropped."""
        return "dropped" if self.change is None else "corrected"


def plan_steps(
    asked: Mapping[QuestionId, Question],
    latter: Sequence[Question],
    changed: frozenset[str],
    disputed: frozenset[QuestionId],
) -> tuple[Step, ...]:
    """Return what becomes of the questions of a former version, those that stay as they are not.

    A question of the latter version answers to one of the former by its facts, template and kind.
    It gives the former its key where learners were shown the same; where they were not, the former
    is dropped, but only if a fact of it says something else now (`changed` holds their keys) or a
    problem of it was told.
    """
    counterparts = name_apart(latter)
    names = {question.id: name for name, question in name_apart(list(asked.values())).items()}
    steps = []
    for question_id, question in asked.items():
        other = counterparts.get(names[question.id])
        is_wrong = question_id in disputed or not changed.isdisjoint(map(str, question.facts))
        step = _plan(question_id, question, other, is_wrong=is_wrong)
        if step is not None:
            steps.append(step)
    return tuple(steps)


def _plan(
    question_id: QuestionId, question: Question, other: Question | None, *, is_wrong: bool
) -> Step | None:
    change = None if other is None else find_change(question, other)
    key = None if change is None else apply_change(question, change)
    if key == question or (change is None and not is_wrong):
        return None
    return Step(question_id=question_id, question=question, key=key, change=change)


def find_change(question: Question, other: Question) -> KeyChange | None:
    """Return the change that gives a question the key of another one; None if it cannot have it.

    It cannot if it says something else to the learner, apart from the order and choice of options.
    Where the stem names how exact a number must be, it stays as exact as it was asked for.
    """
    if _read_stem(question) != _read_stem(other) or question.kind != other.kind:
        return None
    if question.options:
        return _find_options(question, other)
    change = KeyChange(
        answer=other.answer,
        accept=other.accept,
        tolerance=other.tolerance if question.stem == other.stem else question.tolerance,
        pairs=other.pairs,
        order=other.order,
    )
    changed = apply_change(question, change)
    return change if mask_question(changed) == mask_question(question) else None


def _read_stem(question: Question) -> str:
    """Return the stem without the tolerance that it may name."""
    return question.stem.replace(question.tolerance, "") if question.tolerance else question.stem


def _find_options(question: Question, other: Question) -> KeyChange | None:
    right = {option.text for option in other.options if option.correct}
    places = frozenset(
        place for place, option in enumerate(question.options) if option.text in right
    )
    known = {option.text for option in other.options}
    if question.kind == "select_all" and not known.issuperset(
        option.text for option in question.options
    ):
        return None
    return KeyChange(right=places, answer=other.answer) if places else None
