"""The forms of assignments as they are shown first: with what stands in the plan or override."""

from collections.abc import Sequence

from quizapp.attempts.overrides import UNLIMITED, Override
from quizapp.attempts.rules import AssignmentRules, CreditStep
from quizapp.attempts.switches import MOMENTS
from quizapp.services.assigning.planning import Plan
from quizapp.web.instructor.assignments_forms import AssignmentForm, OverrideForm
from quizapp.web.zones import write_field

_SPARE_DRAWS, _FEWEST_DRAWS, _FEWEST_STEPS = 2, 4, 2
_NO_DRAW = {"count": "", "tag": "", "difficulty": "0:1"}
_NO_STEP = {"until": "", "credit": ""}


def fill_new() -> AssignmentForm:
    """Return the form of a new assignment, with the rules that hold where nothing is said."""
    return AssignmentForm(
        formdata=None, data=_fill_rules(AssignmentRules(), "UTC") | _fill_draws(())
    )


def fill_edit(plan: Plan, timezone: str, edits: int) -> AssignmentForm:
    """Return the form of an assignment with all that is set."""
    content = plan.content
    data = {
        **_fill_rules(plan.rules, timezone),
        **_fill_draws(
            [
                {
                    "count": str(wanted.count),
                    "tag": wanted.tag or "",
                    "difficulty": write_bounds(wanted.easiest, wanted.hardest),
                }
                for wanted in content.draws
            ]
        ),
        "title": plan.title,
        "edits": str(edits),
        "picking": content.picking,
        "picks": [str(pick.question_id) for pick in content.picks],
        "points": f"{content.points:g}",
    }
    return AssignmentForm(formdata=None, data=data)


def fill_override(whose: str, override: Override, timezone: str) -> OverrideForm:
    """Return the form of an override with what differs."""
    allowed = override.attempts_allowed
    data = {
        "whose": whose,
        "opens_at": write_field(override.opens_at, timezone),
        "due_at": write_field(override.due_at, timezone),
        "closes_at": write_field(override.closes_at, timezone),
        "time_factor": "" if override.time_factor is None else f"{override.time_factor:g}",
        "extra_minutes": "" if override.extra_minutes is None else str(override.extra_minutes),
        "attempts_allowed": "" if allowed in {None, UNLIMITED} else str(allowed),
        "unlimited": allowed == UNLIMITED,
    }
    return OverrideForm(formdata=None, data=data)


def write_bounds(easiest: float, hardest: float) -> str:
    """Return bounds of difficulty as the form sends them."""
    return f"{easiest:g}:{hardest:g}"


def _fill_rules(rules: AssignmentRules, timezone: str) -> dict[str, object]:
    limit, late = rules.time_limit, [_fill_step(step, timezone) for step in rules.late]
    spare = max(1, _FEWEST_STEPS - len(late))
    return {
        "opens_at": write_field(rules.opens_at, timezone),
        "due_at": write_field(rules.due_at, timezone),
        "closes_at": write_field(rules.closes_at, timezone),
        "early": _fill_step(rules.early, timezone),
        "late": [*late, *[_NO_STEP] * spare],
        "practice": rules.practice,
        "time_limit": "" if limit is None else f"{limit.total_seconds() / 60:g}",
        "grace": f"{rules.grace.total_seconds():g}",
        "attempts_allowed": "" if rules.attempts_allowed is None else str(rules.attempts_allowed),
        "counts": rules.counts,
        "shuffle_questions": rules.shuffle_questions,
        "shuffle_options": rules.shuffle_options,
        "layout": rules.layout,
        "feedback": {moment: sorted(rules.feedback.at(moment)) for moment in MOMENTS},
    }


def _fill_step(step: CreditStep | None, timezone: str) -> dict[str, str]:
    if step is None:
        return _NO_STEP
    return {"until": write_field(step.until, timezone), "credit": f"{step.credit * 100:g}"}


def _fill_draws(draws: Sequence[dict[str, str]]) -> dict[str, object]:
    spare = max(_SPARE_DRAWS, _FEWEST_DRAWS - len(draws))
    return {"draws": [*draws, *[_NO_DRAW] * spare]}
