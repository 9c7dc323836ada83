"""The charts of a class's memory: expected recall, workload, activity, how forecasts came out."""

from collections.abc import Sequence
from datetime import timedelta

from quizapp.charts import (
    BandPoint,
    Bar,
    Caption,
    Line,
    Svg,
    draw_bars,
    draw_calendar,
    draw_lines,
)
from quizapp.psychometrics.calibration import Calibration, ReliabilityBin
from quizapp.services.reporting.memories_ahead import ClassAhead, DayAhead, Spread
from quizapp.services.reporting.memories_past import CALENDAR_WEEKS, Activity
from quizapp.web.charts import ChartView, Table, caption_of, write_short
from quizapp.web.instructor.memories_words import FEWEST, write_band
from quizapp.web.words import write_day, write_percent, write_plural

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_WEEK = len(_WEEKDAYS)
# Figures at the side that are closer together would read alike.
_LEAST_STEP = 0.05


def show_recall(ahead: ClassAhead) -> ChartView:
    """Return the expected recall of the days to come, with reviews as planned and without."""
    key, heading, finding = "recall", "Expected recall, next 30 days", _say_recall(ahead)
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=_draw_recall(caption_of(key, heading, finding), ahead),
        table=Table(
            head=("Day", "As planned", "Without reviews"),
            rows=tuple(
                (write_short(day.date), _write_spread(day.planned), _write_spread(day.alone))
                for day in ahead.days
            ),
        ),
        note=(
            f"Mean over {write_plural(ahead.learners, 'student')} of the facts that each has met "
            "today. The middle half of the students lies in the band. Planned reviews: everybody "
            "does every day what is due, before the day's reviews are counted."
        ),
    )


def _say_recall(ahead: ClassAhead) -> str:
    last = ahead.days[-1]
    planned, alone = write_percent(last.planned.mean), write_percent(last.alone.mean)
    return (
        f"With the planned reviews the class is expected at {planned} on {write_day(last.date)}, "
        f"without them at {alone}."
    )


def _draw_recall(caption: Caption, ahead: ClassAhead) -> Svg:
    days = range(len(ahead.days))
    planned = [day.planned for day in ahead.days]
    alone = [day.alone for day in ahead.days]
    return draw_lines(
        caption,
        (
            Line(
                name="with planned reviews",
                look="full",
                points=[(n, planned[n].mean) for n in days],
                band=[BandPoint(x=n, low=planned[n].low, high=planned[n].high) for n in days],
            ),
            Line(
                name="without reviews",
                look="dashed",
                points=[(n, alone[n].mean) for n in days],
                band=[BandPoint(x=n, low=alone[n].low, high=alone[n].high) for n in days],
            ),
            Line(
                name=f"goal {write_percent(ahead.goal)}",
                look="dotted",
                points=[(0, ahead.goal), (days[-1], ahead.goal)],
            ),
        ),
        unit="Mean recall",
        labels=[(n, _name_day(ahead.days, n)) for n in days if n % _WEEK == 0],
        write=write_percent,
        least_step=_LEAST_STEP,
    )


def _write_spread(spread: Spread) -> str:
    return f"{write_percent(spread.mean)} {write_band((spread.low, spread.high))}"


def _name_day(days: Sequence[DayAhead], number: int) -> str:
    return write_short(days[number].date) if number else "Today"


def show_workload(ahead: ClassAhead) -> ChartView:
    """Return the expected reviews of the class on each of the days to come."""
    days = ahead.days[:-1]
    key, heading, finding = "workload", "Workload of the class", _say_workload(days)
    bars = [
        Bar(label="" if n % _WEEK else _name_day(days, n), value=day.reviews)
        for n, day in enumerate(days)
    ]
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=draw_bars(caption_of(key, heading, finding), bars, unit="Reviews, by day"),
        table=Table(
            head=("Day", "Expected reviews", "Of them due by now"),
            rows=tuple(
                (_name_day(days, n), f"{day.reviews:,.0f}", f"{day.due:,}")
                for n, day in enumerate(days)
            ),
        ),
        note=(
            f"Of {write_plural(ahead.learners, 'student')}, if everybody does every day what is "
            "due; today with all that is overdue, up to each student's limit of a day. First "
            "meetings with new facts come on top."
        ),
    )


def _say_workload(days: Sequence[DayAhead]) -> str:
    whole = sum(day.reviews for day in days)
    busiest = max(range(len(days)), key=lambda number: days[number].reviews)
    return (
        f"About {whole:,.0f} reviews in the next {len(days)} days; most "
        f"{'today' if not busiest else f'on {write_short(days[busiest].date)}'}, "
        f"{days[busiest].reviews:,.0f}."
    )


def show_activity(activity: Activity) -> ChartView:
    """Return the calendar of answers."""
    key, heading, finding = "activity", "Review activity", _say_activity(activity)
    caption, counts = caption_of(key, heading, finding), activity.days
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=draw_calendar(caption, first=activity.first, counts=counts),
        table=Table(
            head=("Week from", *_WEEKDAYS),
            rows=tuple(_write_week(activity, at) for at in range(0, len(counts), _WEEK)),
        ),
        note="Four steps of colour lead up to the busiest day.",
        variant="chart--calendar",
    )


def _say_activity(activity: Activity) -> str:
    answers, when = sum(activity.days), f"in the last {CALENDAR_WEEKS} weeks"
    if not answers:
        return f"No reviews by this class {when}."
    return f"{write_plural(answers, 'review')} by this class {when}."


def _write_week(activity: Activity, at: int) -> tuple[str, ...]:
    counts = [str(count) for count in activity.days[at : at + _WEEK]]
    first = activity.first + timedelta(days=at)
    return (write_short(first), *counts, *[""] * (_WEEK - len(counts)))


def show_reliability(fit: Calibration) -> ChartView:
    """Return the shares of right answers beside what was predicted, in ten bins."""
    key, heading = "reliability", "Forecast and outcome"
    told = [each for each in fit.bins if each.n >= FEWEST]
    finding = _say_reliability(told, fit.n)
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=_draw_reliability(caption_of(key, heading, finding), told)
        if len(told) > 1
        else None,
        table=Table(
            head=("Forecast", "n", "Mean forecast", "Right"),
            rows=tuple(_write_bin(each) for each in fit.bins),
        ),
        note=f"Bins with fewer than {FEWEST} answers are in the table alone.",
    )


def _say_reliability(told: Sequence[ReliabilityBin], n: int) -> str:
    if len(told) < 2:  # noqa: PLR2004 - one point is no line
        return f"Cannot tell yet (n = {n}): the answers fill too few bins."
    fitting = sum(
        each.interval[0] <= each.predicted <= each.interval[1]
        for each in told
        if each.interval is not None and each.predicted is not None
    )
    return (
        f"In {fitting} of {len(told)} bins with {FEWEST} answers or more, the forecast lies where "
        "the true share may lie (95%)."
    )


def _draw_reliability(caption: Caption, told: Sequence[ReliabilityBin]) -> Svg:
    # In percent, since the scale of x is one unit wide at least.
    points = [(100 * e.predicted, e.right, e.interval) for e in told if e.predicted is not None]
    first, last = points[0][0], points[-1][0]
    return draw_lines(
        caption,
        (
            Line(
                name="right",
                look="full",
                points=[(x, right) for x, right, _ in points],
                band=[BandPoint(x=x, low=at[0], high=at[1]) for x, _, at in points if at],
                dots=True,
            ),
            Line(
                name="as forecast", look="dotted", points=[(first, first / 100), (last, last / 100)]
            ),
        ),
        unit="Right answers, by forecast",
        labels=[(x, f"{x:.0f}%") for x in (first, last)],
        write=write_percent,
        least_step=_LEAST_STEP,
    )


def _write_bin(each: ReliabilityBin) -> tuple[str, ...]:
    name = f"{write_percent(each.low)} to {write_percent(each.high)}"
    if not each.n or each.predicted is None or each.right is None:
        return name, "0", "", ""
    if each.n < FEWEST:
        return name, str(each.n), write_percent(each.predicted), "cannot tell yet"
    right = f"{write_percent(each.right)} {write_band(each.interval)}"
    return name, str(each.n), write_percent(each.predicted), right
