"""What the page of a plan for an exam shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from quizapp.charts import Caption, Line, Svg, draw_lines, pick_ticks
from quizapp.services.planning.looking import Outlook, PlanDesk
from quizapp.web.charts import ChartView, Table, caption_of
from quizapp.web.student.plan_form import write_retention
from quizapp.web.words import write_day, write_percent, write_plural, write_step

_LEAST_STEP = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """The ways to an exam; `refusal` says why there is nothing to choose, "" if there is.

    `options` are pairs of a value of the form and the plan in words; `in_force` says what holds.
    """

    course_id: int
    course: str
    refusal: str
    exam_on: date | None
    days: int
    facts: int
    met: int
    in_force: str
    has_plan: bool
    chart: ChartView | None
    options: tuple[tuple[str, str], ...]


def show_plan(desk: PlanDesk) -> PlanPage:
    """Return the page's content."""
    return PlanPage(
        course_id=desk.course.id,
        course=desk.course.title,
        refusal=desk.refusal,
        exam_on=desk.course.exam_on,
        days=desk.days,
        facts=desk.facts,
        met=desk.met,
        in_force=_say_in_force(desk),
        has_plan=desk.course.plan is not None,
        chart=_show_chart(desk, desk.usual) if desk.usual else None,
        options=tuple(
            (write_retention(each.plan.retention), _say_outlook(each)) for each in desk.plans
        ),
    )


def _say_in_force(desk: PlanDesk) -> str:
    plan = desk.course.plan
    if plan is None:
        return "You have no plan for this exam: its facts come when the others do."
    found = next((each for each in desk.plans if each.plan.retention == plan.retention), None)
    name = _name(found) if found else write_percent(plan.retention)
    most = ""
    if found and found.plan.polish_days:
        most = f", at most {write_plural(plan.most_per_day, 'review')} a day"
    return f"Your plan: {name}{most}. You chose it on {write_day(plan.set_at)}."


def _name(outlook: Outlook) -> str:
    """Return a plan in words: 80% in the term, then a week of polish."""
    retention = write_percent(outlook.plan.retention)
    if outlook.plan.polish_days:
        return f"{retention} in the term, then a week of polish"
    return f"{retention} throughout"


def _say_outlook(outlook: Outlook) -> str:
    return (
        f"{_name(outlook)}: about {write_percent(outlook.recall)} on the day, by "
        f"{_write_count(outlook.per_day)} and {_write_minutes(outlook)} a day"
    )


def _write_count(number: float) -> str:
    return write_plural(round(number), "review")


def _write_minutes(outlook: Outlook) -> str:
    return write_step(timedelta(minutes=outlook.minutes))


def _show_chart(desk: PlanDesk, usual: Outlook) -> ChartView:
    key, heading, finding = (
        "ways",
        "What each plan would lead to",
        _say_best(desk.best or usual, usual),
    )
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=_draw(caption_of(key, heading, finding), usual, desk.plans),
        table=Table(
            head=("Plan", "Recall on the day", "Reviews", "A day", "Busiest day", "Time a day"),
            rows=tuple(_write_row(each, usual) for each in (usual, *desk.plans)),
        ),
        note=(
            "Played through with drawn answers, as if you studied every day; new facts come as "
            "your limit of them allows. Facts that come again on the same day are not counted."
        ),
    )


def _say_best(best: Outlook, usual: Outlook) -> str:
    without = f"{write_percent(usual.recall)} by {_write_count(usual.reviews)}"
    if best is usual:
        return f"Without a plan you would recall about {without}; no plan leads to more by fewer."
    return (
        f"With {_name(best)}, you would recall about {write_percent(best.recall)} on the day of "
        f"the exam by {_write_count(best.reviews)}; without a plan it would be {without}."
    )


def _draw(caption: Caption, usual: Outlook, plans: Sequence[Outlook]) -> Svg:
    polished = [each for each in plans if each.plan.polish_days]
    throughout = [usual, *(each for each in plans if not each.plan.polish_days)]
    counts = [each.per_day for each in (usual, *plans)]
    ticks = pick_ticks(min(counts), max(counts))
    return draw_lines(
        caption,
        (
            Line(name="with a week of polish", look="full", points=_place(polished), dots=True),
            Line(name="without", look="dashed", points=_place(throughout), dots=True),
        ),
        unit="Recall on the day of the exam, by reviews a day",
        labels=[(each, f"{each:g}") for each in ticks if min(counts) <= each <= max(counts)],
        write=write_percent,
        least_step=_LEAST_STEP,
    )


def _place(outlooks: Iterable[Outlook]) -> list[tuple[float, float]]:
    return sorted((each.per_day, each.recall) for each in outlooks)


def _write_row(outlook: Outlook, usual: Outlook) -> tuple[str, ...]:
    name = _name(outlook)
    return (
        f"No plan, {name}" if outlook is usual else name,
        write_percent(outlook.recall),
        f"{outlook.reviews:,.0f}",
        f"{outlook.per_day:.0f}",
        str(ceil(outlook.most)),
        _write_minutes(outlook),
    )
