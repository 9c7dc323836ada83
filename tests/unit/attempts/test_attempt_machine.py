"""Attempts under any order of events, against a model that keeps time in whole seconds.

The model closes what is over at once, at every tick. The rules under test close nothing by
themselves: here that is stored only when the closing job happens to run, when an attempt is written
to, and before the rules are changed. Both must tell the same at every step.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quizapp.attempts.overrides import Override, resolve
from quizapp.attempts.rules import AssignmentRules
from quizapp.attempts.states import (
    Attempt,
    State,
    close_if_over,
    may_save,
    may_start,
    may_submit,
    state_at,
    submit,
)
from tests.unit.attempts.making import NOON, SECOND

GRACE = 3
ORDER: tuple[State, ...] = ("in_progress", "overdue", "submitted", "marked")


def clock(second: int) -> datetime:
    return NOON + second * SECOND


@dataclass(kw_only=True)
class Sitting:
    """An attempt as the model has it, beside what is stored under the rules."""

    start: int
    stored: Attempt
    ended: int | None = None
    auto: bool = False
    marked: bool = False
    answer: int = 0
    stored_answer: int = 0
    furthest: int = 0


class Attempts(RuleBasedStateMachine):
    """One learner in one assignment."""

    @initialize(
        opens=st.integers(0, 10),
        closes=st.none() | st.integers(11, 60),
        limit=st.none() | st.integers(1, 30),
        allowed=st.none() | st.integers(1, 3),
    )
    def publish(
        self, opens: int, closes: int | None, limit: int | None, allowed: int | None
    ) -> None:
        self.now = 0
        self.opens, self.closes, self.limit, self.allowed = opens, closes, limit, allowed
        self.sittings: list[Sitting] = []
        self.applied = AssignmentRules(
            opens_at=clock(opens),
            closes_at=None if closes is None else clock(closes),
            time_limit=None if limit is None else limit * SECOND,
            attempts_allowed=allowed,
            grace=GRACE * SECOND,
        )

    # What the model says.

    def end_of(self, sitting: Sitting) -> int | None:
        ends = []
        if self.limit is not None:
            ends.append(sitting.start + self.limit)
        if self.closes is not None:
            ends.append(self.closes)
        return min(ends) if ends else None

    def close_those_over(self) -> None:
        for sitting in self.sittings:
            end = self.end_of(sitting)
            if sitting.ended is None and end is not None and self.now > end + GRACE:
                sitting.ended, sitting.auto = end, True

    def is_open(self) -> bool:
        if self.now < self.opens or (self.closes is not None and self.now > self.closes):
            return False
        return self.allowed is None or len(self.sittings) < self.allowed

    def expect(self, sitting: Sitting) -> State:
        if sitting.marked:
            return "marked"
        if sitting.ended is not None:
            return "submitted"
        end = self.end_of(sitting)
        return "overdue" if end is not None and self.now > end else "in_progress"

    # What happens.

    def store_closing(self) -> None:
        for sitting in self.sittings:
            sitting.stored = close_if_over(sitting.stored, self.applied, clock(self.now))

    @rule(seconds=st.sampled_from((0, 1, 1, 2, GRACE, GRACE + 1, 10, 40)))
    def tick(self, seconds: int) -> None:
        self.now += seconds
        self.close_those_over()

    @rule()
    def run_closing_job(self) -> None:
        self.store_closing()

    @rule()
    def start(self) -> None:
        refusal = may_start(
            self.applied, [each.stored for each in self.sittings], clock(self.now), password_ok=True
        )
        free = all(each.ended is not None for each in self.sittings)
        assert (refusal is None) == (free and self.is_open())
        if refusal is None:
            fresh = Attempt(started_at=clock(self.now))
            self.sittings.append(Sitting(start=self.now, stored=fresh))

    @precondition(lambda self: self.sittings)
    @rule(data=st.data(), answer=st.integers(1, 99))
    def save(self, data: Any, answer: int) -> None:
        sitting = data.draw(st.sampled_from(self.sittings))
        if sitting.ended is None:
            sitting.answer = answer
        if may_save(sitting.stored, self.applied, clock(self.now)) is None:
            sitting.stored_answer = answer

    @precondition(lambda self: self.sittings)
    @rule(data=st.data())
    def submit(self, data: Any) -> None:
        sitting = data.draw(st.sampled_from(self.sittings))
        refusal = may_submit(sitting.stored, self.applied, clock(self.now))
        assert (refusal is None) == (sitting.ended is None)
        if refusal is None:
            end = self.end_of(sitting)
            sitting.ended = self.now if end is None else min(self.now, end)
            sitting.stored = submit(sitting.stored, self.applied, clock(self.now))

    @precondition(lambda self: self.sittings)
    @rule(data=st.data())
    def mark(self, data: Any) -> None:
        sitting = data.draw(st.sampled_from(self.sittings))
        self.store_closing()
        if sitting.ended is not None:
            sitting.marked = True
            sitting.stored = replace(sitting.stored, marked=True)

    @precondition(lambda self: self.limit is not None)
    @rule(seconds=st.integers(1, 20))
    def extend(self, seconds: int) -> None:
        self.store_closing()
        self.limit = (self.limit or 0) + seconds
        self.applied = replace(self.applied, time_limit=self.limit * SECOND)

    @precondition(lambda self: self.closes is not None)
    @rule(seconds=st.integers(1, 30))
    def reopen(self, seconds: int) -> None:
        self.store_closing()
        self.closes = max(self.now, self.closes or 0) + seconds
        self.allowed = None if self.allowed is None else self.allowed + 1
        override = Override(closes_at=clock(self.closes), attempts_allowed=self.allowed)
        self.applied = resolve(self.applied, override, ())

    # What always holds.

    @invariant()
    def rules_and_model_tell_the_same(self) -> None:
        for sitting in self.sittings:
            stood = close_if_over(sitting.stored, self.applied, clock(self.now))
            ended = None if sitting.ended is None else clock(sitting.ended)
            assert (stood.submitted_at, stood.auto) == (ended, sitting.auto)
            assert state_at(sitting.stored, self.applied, clock(self.now)) == self.expect(sitting)
            assert sitting.stored_answer == sitting.answer

    @invariant()
    def no_attempt_goes_back(self) -> None:
        for sitting in self.sittings:
            place = ORDER.index(state_at(sitting.stored, self.applied, clock(self.now)))
            if sitting.furthest >= ORDER.index("submitted"):
                assert place >= sitting.furthest
            sitting.furthest = place

    @invariant()
    def limits_hold(self) -> None:
        states = [state_at(each.stored, self.applied, clock(self.now)) for each in self.sittings]
        assert sum(state in {"in_progress", "overdue"} for state in states) <= 1
        assert self.allowed is None or len(states) <= self.allowed


TestAttempts = Attempts.TestCase
TestAttempts.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
