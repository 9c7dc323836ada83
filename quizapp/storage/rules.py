"""The rules, draws and overrides of an assignment, between columns and the ground's own values."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import RowMapping

from quizapp.attempts.drawing import Wanted
from quizapp.attempts.overrides import UNLIMITED, Override
from quizapp.attempts.rules import AssignmentRules, CreditStep
from quizapp.attempts.switches import MOMENTS, SWITCHES, FeedbackTable, Switch
from quizapp.storage.tables.content import JsonObject


def write_rules(rules: AssignmentRules) -> dict[str, object]:
    """Return the columns of an assignment that hold its rules."""
    return {
        "opens_at": rules.opens_at,
        "due_at": rules.due_at,
        "closes_at": rules.closes_at,
        "early_until": rules.early.until if rules.early else None,
        "early_credit": rules.early.credit if rules.early else None,
        "late": [{"until": s.until.isoformat(), "credit": s.credit} for s in rules.late],
        "practice": rules.practice,
        "time_limit": _to_seconds(rules.time_limit),
        "grace": _to_seconds(rules.grace),
        "attempts_allowed": rules.attempts_allowed,
        "counts": rules.counts,
        "shuffle_questions": rules.shuffle_questions,
        "shuffle_options": rules.shuffle_options,
        "layout": rules.layout,
        "feedback": {moment: sorted(rules.feedback.at(moment)) for moment in MOMENTS},
    }


def read_rules(row: RowMapping, prefix: str) -> AssignmentRules:
    """Read what `write_rules` wrote, the names of the columns behind a prefix."""
    limit: int | None = row[f"{prefix}time_limit"]
    until: datetime | None = row[f"{prefix}early_until"]
    return AssignmentRules(
        early=CreditStep(until=until, credit=row[f"{prefix}early_credit"]) if until else None,
        late=tuple(_read_step(step) for step in row[f"{prefix}late"]),
        time_limit=None if limit is None else timedelta(seconds=limit),
        grace=timedelta(seconds=row[f"{prefix}grace"]),
        feedback=_read_feedback(row[f"{prefix}feedback"]),
        **{name: row[prefix + name] for name in _PLAIN},
    )


def write_draw(wanted: Wanted) -> JsonObject:
    """Return how a draw is stored."""
    return {
        "tag": wanted.tag,
        "easiest": wanted.easiest,
        "hardest": wanted.hardest,
        "count": wanted.count,
    }


def read_draw(draw: JsonObject) -> Wanted:
    """Read what `write_draw` wrote."""
    tag, count = draw["tag"], draw["count"]
    easiest, hardest = draw["easiest"], draw["hardest"]
    assert tag is None or isinstance(tag, str)
    assert isinstance(count, int)
    assert isinstance(easiest, float | int)
    assert isinstance(hardest, float | int)
    return Wanted(tag=tag, easiest=easiest, hardest=hardest, count=count)


def write_override(override: Override) -> dict[str, object]:
    """Return the columns that hold an override."""
    unlimited = override.attempts_allowed == UNLIMITED
    return {
        "opens_at": override.opens_at,
        "due_at": override.due_at,
        "closes_at": override.closes_at,
        "extra_minutes": override.extra_minutes,
        "time_factor": override.time_factor,
        "attempts_allowed": None if unlimited else override.attempts_allowed,
        "unlimited": unlimited,
    }


def read_override(row: RowMapping, prefix: str) -> Override:
    """Read what `write_override` wrote, the names of the columns behind a prefix."""
    unlimited: bool = row[f"{prefix}unlimited"]
    return Override(
        opens_at=row[f"{prefix}opens_at"],
        due_at=row[f"{prefix}due_at"],
        closes_at=row[f"{prefix}closes_at"],
        extra_minutes=row[f"{prefix}extra_minutes"],
        time_factor=row[f"{prefix}time_factor"],
        attempts_allowed=UNLIMITED if unlimited else row[f"{prefix}attempts_allowed"],
    )


_PLAIN = (
    "opens_at",
    "due_at",
    "closes_at",
    "practice",
    "attempts_allowed",
    "counts",
    "shuffle_questions",
    "shuffle_options",
    "layout",
)


def _to_seconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds())


def _read_step(step: JsonObject) -> CreditStep:
    until, credit = step["until"], step["credit"]
    assert isinstance(until, str)
    assert isinstance(credit, float | int)
    return CreditStep(until=datetime.fromisoformat(until), credit=float(credit))


def _read_feedback(stored: Mapping[str, Iterable[str]]) -> FeedbackTable:
    def keep(moment: str) -> frozenset[Switch]:
        on = frozenset(stored[moment])
        return frozenset(switch for switch in SWITCHES if switch in on)

    return FeedbackTable(
        during=keep("during"),
        right_after=keep("right_after"),
        while_open=keep("while_open"),
        after_close=keep("after_close"),
    )
