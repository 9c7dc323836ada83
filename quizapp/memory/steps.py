"""The steps of minutes that a fact takes while it is new or after a lapse, as Anki has them."""

from dataclasses import dataclass
from datetime import timedelta

from quizapp.memory.grades import Grade
from quizapp.memory.parameters import Parameters
from quizapp.memory.state import Memory, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a review leads: a phase, the step in it, and how long the step lasts.

    `delay` is None in the phase review, where the interval is counted in study days.
    """

    phase: Phase
    index: int
    delay: timedelta | None


_GRADUATED = Step(phase="review", index=0, delay=None)


def next_step(memory: Memory | None, grade: Grade, parameters: Parameters) -> Step:
    """Return where a grade leads.

    Again leads to the first step, Hard repeats the step, Good leads to the next one, Easy past all
    of them. In the phase review every grade but Again stays there.
    """
    phase = _find_phase(memory)
    delays = parameters.learning_steps if phase == "learning" else parameters.relearning_steps
    index = _find_index(memory, grade)
    if index is None or index >= len(delays):
        return _GRADUATED
    delay = _hard_delay(delays, index) if grade == Grade.HARD else delays[index]
    return Step(phase=phase, index=index, delay=delay)


def _find_phase(memory: Memory | None) -> Phase:
    return "learning" if memory is None or memory.phase == "learning" else "relearning"


def _find_index(memory: Memory | None, grade: Grade) -> int | None:
    if grade == Grade.AGAIN:
        return 0
    if grade == Grade.EASY or (memory is not None and memory.phase == "review"):
        return None
    index = 0 if memory is None else memory.step
    return index + 1 if grade == Grade.GOOD else index


def _hard_delay(delays: tuple[timedelta, ...], index: int) -> timedelta:
    if index > 0:
        return delays[index]
    return (delays[0] + delays[1]) / 2 if len(delays) > 1 else delays[0] * 1.5
