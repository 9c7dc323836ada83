"""Learners who were never there: their answers, drawn from a memory model with a fixed seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log
from random import Random
from typing import Literal, get_args

from quizapp.kinds.answers import DONT_KNOW
from quizapp.kinds.question import Question
from quizapp.memory import DEFAULT_PARAMETERS, Memory, recall
from quizapp.services.demo.answers import draw_guess, write_right

_FIRST_GUESS_SHARE = 0.35
_EARLY_SHARE = 0.35
_QUICK, _SLOW = 4.0, 22.0
_CARELESS = 0.25
_ABILITY = 0.12
# In a test people differ more than in reviews, which each meets when they are due, and so do
# questions: by so many logits.
_TALENT, _HARDNESS, _EASE = 1.8, 0.6, 0.8

QuizTime = Literal["in time", "late", "never"]
_QUIZ_TIMES: tuple[QuizTime, ...] = get_args(QuizTime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a simulated learner studies: share of days, hour of the day, facts a day, ability.

    `quiz` tells when they sit the quiz, `early` whether they have sat the test by now.
    """

    diligence: float
    hour: float
    most: int
    ability: float
    quiz: QuizTime
    early: bool


def draw_habit(rng: Random) -> Habit:
    """Return one learner's habit; the ability shifts the chance of recall."""
    return Habit(
        diligence=rng.uniform(0.15, 0.4),
        hour=rng.uniform(7.0, 20.0),
        most=rng.choice((5, 8, 11)),
        ability=rng.gauss(0.0, _ABILITY),
        quiz=rng.choices(_QUIZ_TIMES, (8, 2, 1))[0],
        early=rng.random() < _EARLY_SHARE,
    )


def draw_starts(rng: Random, habit: Habit, *, first: datetime, days: int) -> Iterator[datetime]:
    """Yield when the learner sits down on each day on which they do."""
    for day in range(days):
        if rng.random() < habit.diligence:
            minutes = habit.hour * 60 + rng.gauss(0, 40)
            yield first + timedelta(days=day, minutes=min(max(minutes, 300), 1380))


def draw_answer(
    rng: Random, habit: Habit, question: Question, memory: Memory | None, day: int
) -> str:
    """Return the value that the learner sends: the right one, a guess, or "dont_know"."""
    known = min(max(_find_recall(memory, day) + habit.ability, 0.05), 0.98)
    knows = rng.random() < known
    if question.kind == "flashcard":
        return str(rng.choices((2, 3, 4), (1, 6, 2))[0] if knows else 1)
    return _write(rng, question, knows=knows)


def draw_test_answer(
    rng: Random,
    habit: Habit,
    question: Question,
    memory: Memory | None,
    day: int,
    *,
    misled: bool = False,
) -> str:
    """Return the value that the learner sends in a test, where people differ more.

    How hard a question is, is drawn from its words, so that it is so for everybody. With `misled`
    its wording misleads: it is a choice.
    """
    if misled:
        return _draw_misled(rng, habit, question)
    known = min(max(_find_recall(memory, day), 0.02), 0.98)
    hardness = Random(question.stem).gauss(0.0, _HARDNESS)  # noqa: S311 - a simulation
    leaning = log(known / (1 - known)) + _lean(habit) + _EASE - hardness
    return _write(rng, question, knows=rng.random() < _squash(leaning))


def _draw_misled(rng: Random, habit: Habit, question: Question) -> str:
    """The option that the learner takes of a question whose wording misleads.

    Those who know most read too much into it and take the first wrong option, as it happens with a
    second answer that could be defended; the others take the key.
    """
    if rng.random() < _CARELESS:
        return draw_guess(rng, question)
    if rng.random() < _squash(1.5 * _lean(habit)):
        return str([option.correct for option in question.options].index(False))
    return write_right(question)


def _find_recall(memory: Memory | None, day: int) -> float:
    return _FIRST_GUESS_SHARE if memory is None else recall(memory, day, DEFAULT_PARAMETERS)


def _lean(habit: Habit) -> float:
    return _TALENT * habit.ability / _ABILITY


def _squash(logits: float) -> float:
    return 1 / (1 + exp(-logits))


def _write(rng: Random, question: Question, *, knows: bool) -> str:
    if not knows and rng.random() < 0.2:  # noqa: PLR2004 - one in five says so
        return DONT_KNOW
    return write_right(question) if knows else draw_guess(rng, question)


def draw_thinking(rng: Random) -> timedelta:
    """Return how long the learner thought."""
    return timedelta(seconds=round(rng.triangular(_QUICK, _SLOW, 7.0), 1))
