"""What is wrong with rules is named by field, with a remedy."""

import ast
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import quizapp.attempts
from quizapp.attempts.checking import check_rules
from quizapp.attempts.overrides import Override
from quizapp.attempts.rules import AssignmentRules, CreditStep, ends_at
from quizapp.attempts.states import Attempt
from quizapp.attempts.switches import NEED_ATTEMPT, FeedbackTable, Switch
from tests.unit.attempts.making import DAY, HOUR, LINE, MICROSECOND, NOON

NAN = float("nan")


def steps(*pairs: tuple[float, float]) -> tuple[CreditStep, ...]:
    return tuple(CreditStep(until=NOON + days * DAY, credit=credit) for days, credit in pairs)


@pytest.mark.parametrize(
    "rules",
    [
        AssignmentRules(),
        LINE,
        replace(LINE, closes_at=LINE.due_at, late=()),
        replace(LINE, late=steps((5, 0.8), (10, 0.8))),
        replace(LINE, attempts_allowed=1, time_limit=HOUR, grace=timedelta()),
        replace(LINE, time_limit=366 * DAY, grace=HOUR),
    ],
)
def test_rules_in_order_have_no_problem(rules: AssignmentRules) -> None:
    assert check_rules(rules) == ()


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"due_at": NOON, "early": None}, ["due_at"]),
        ({"opens_at": NOON + 12 * DAY, "early": None}, ["due_at", "closes_at"]),
        ({"due_at": None, "late": (), "closes_at": NOON, "early": None}, ["closes_at"]),
        ({"closes_at": NOON + 3 * DAY - MICROSECOND, "late": ()}, ["closes_at"]),
        ({"early": CreditStep(until=NOON + DAY, credit=1.0)}, ["early-credit"]),
        ({"early": CreditStep(until=NOON + DAY, credit=NAN)}, ["early-credit"]),
        ({"early": CreditStep(until=NOON + DAY, credit=float("inf"))}, ["early-credit"]),
        ({"early": CreditStep(until=NOON, credit=1.1)}, ["early-until"]),
        ({"early": CreditStep(until=NOON + 3 * DAY, credit=1.1)}, ["early-until"]),
        ({"due_at": None}, ["due_at"]),
        ({"late": steps((3, 0.8))}, ["late-0-until"]),
        ({"late": steps((5, 0.8), (5, 0.5))}, ["late-1-until"]),
        ({"late": steps((11, 0.8))}, ["late-0-until"]),
        ({"late": steps((5, 1.01))}, ["late-0-credit"]),
        ({"late": steps((5, 0.5), (7, 0.8))}, ["late-1-credit"]),
        ({"late": steps((5, 0.0))}, ["late-0-credit"]),
        ({"late": steps((5, NAN))}, ["late-0-credit"]),
        ({"time_limit": timedelta()}, ["time_limit"]),
        ({"time_limit": 366 * DAY + MICROSECOND}, ["time_limit"]),
        ({"grace": -MICROSECOND}, ["grace"]),
        ({"grace": HOUR + MICROSECOND}, ["grace"]),
        ({"attempts_allowed": 0}, ["attempts_allowed"]),
    ],
)
def test_a_problem_is_named_by_its_field(change: dict[str, Any], fields: list[str]) -> None:
    problems = check_rules(replace(LINE, **change))
    assert [problem.field for problem in problems] == fields
    assert all(problem.text and problem.remedy for problem in problems)


def test_a_late_step_is_told_by_its_number_from_one() -> None:
    (problem,) = check_rules(replace(LINE, late=steps((5, 0.8), (4, 0.5))))
    assert problem.text == "step 2 of the late credit does not end after the one before"


@pytest.mark.parametrize("switch", sorted(NEED_ATTEMPT))
@pytest.mark.parametrize("moment", ["during", "right_after", "while_open", "after_close"])
def test_a_switch_that_needs_the_attempt_is_refused_without_it(switch: Switch, moment: str) -> None:
    table = replace(FeedbackTable(), **{moment: frozenset({switch})})
    (problem,) = check_rules(AssignmentRules(feedback=table))
    assert problem.field == f"feedback-{moment}"
    assert problem.text.startswith(switch)
    assert check_rules(AssignmentRules(feedback=replace(table, **{moment: frozenset()}))) == ()


@pytest.mark.parametrize(
    ("change", "end"),
    [
        ({}, LINE.closes_at),
        ({"closes_at": None}, None),
        ({"practice": False}, NOON + 7 * DAY),
        ({"practice": False, "closes_at": None}, NOON + 7 * DAY),
        ({"practice": False, "late": ()}, LINE.due_at),
        ({"practice": False, "closes_at": NOON + 6 * DAY}, NOON + 6 * DAY),
        ({"practice": False, "due_at": None, "late": ()}, LINE.closes_at),
    ],
)
def test_an_assignment_ends_at_its_closing_or_with_its_credit_where_nobody_practises(
    change: dict[str, Any], end: datetime | None
) -> None:
    assert ends_at(replace(LINE, **change)) == end


def test_an_instant_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 3, 2, 12)  # noqa: DTZ001
    for build in (
        lambda: AssignmentRules(due_at=naive),
        lambda: CreditStep(until=naive, credit=0.5),
        lambda: Override(closes_at=naive),
        lambda: Attempt(started_at=naive),
    ):
        with pytest.raises(ValueError, match="time zone"):
            build()


def test_instants_are_kept_in_utc() -> None:
    berlin = datetime(2026, 3, 2, 13, tzinfo=ZoneInfo("Europe/Berlin"))
    kept = AssignmentRules(due_at=berlin).due_at
    assert kept is not None
    assert (kept.hour, kept.tzname()) == (12, "UTC")


def test_the_room_knows_the_standard_library_and_what_stands_below_it_alone() -> None:
    (folder,) = quizapp.attempts.__path__
    foreign = [
        f"{file.name}: {name}"
        for file in sorted(Path(folder).glob("*.py"))
        for name in list_imports(file)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith(("quizapp.attempts", "quizapp.kinds", "quizapp.errors"))
    ]
    assert foreign == []


def list_imports(file: Path) -> list[str]:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
