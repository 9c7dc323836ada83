"""What a learner has done, as charts: the calendar, predictions and outcomes, time."""

from collections.abc import Sequence
from datetime import timedelta

from quizapp.charts import BandPoint, Bar, Caption, Line, Svg, draw_bars, draw_calendar, draw_lines
from quizapp.services.progress.looking import CALENDAR_WEEKS, POOLED, DayCount, Week
from quizapp.services.progress.replaying import Checked
from quizapp.web.charts import ChartView, Table, caption_of, label_some, write_short
from quizapp.web.words import write_percent, write_plural, write_step

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_WEEK = len(_WEEKDAYS)
# Figures at the side that are closer together would read alike.
_LEAST_STEP = 0.05
# A dash after which no line ends.
_TO = "\N{EN DASH}\N{WORD JOINER}"


def show_calendar(days: Sequence[DayCount]) -> ChartView:
    """Return the calendar of reviews."""
    key, heading, finding = "calendar", "Reviews by day", _say_days(days)
    counts = [day.count for day in days]
    caption = caption_of(key, heading, finding)
    weeks = (days[at : at + _WEEK] for at in range(0, len(days), _WEEK))
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=draw_calendar(caption, first=days[0].date, counts=counts),
        table=Table(
            head=("Week from", *_WEEKDAYS), rows=tuple(_write_days(week) for week in weeks)
        ),
        note="Four steps of colour lead up to your busiest day.",
        variant="chart--calendar",
    )


def _say_days(days: Sequence[DayCount]) -> str:
    reviews, active = sum(day.count for day in days), sum(day.count > 0 for day in days)
    when = f"in the last {CALENDAR_WEEKS} weeks"
    if not reviews:
        return f"No reviews {when}."
    busiest = max(days, key=lambda day: day.count)
    return (
        f"{write_plural(reviews, 'review')} on {write_plural(active, 'day')} {when}; "
        f"most on {write_short(busiest.date)}, {busiest.count}."
    )


def _write_days(week: Sequence[DayCount]) -> tuple[str, ...]:
    counts = [str(day.count) for day in week]
    return (write_short(week[0].date), *counts, *[""] * (_WEEK - len(counts)))


def show_retention(weeks: Sequence[Week], checked: Checked) -> ChartView:
    """Return the shares of right answers beside those that were predicted, by week.

    `checked` are all weeks together.
    """
    key, heading, finding = "retention", "Remembered and predicted", _say_checked(checked)
    told = any(week.recent.tells for week in weeks)
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=_draw_retention(caption_of(key, heading, finding), weeks) if told else None,
        table=Table(
            head=("Up to the week of", "Reviews", "Right", "Predicted"),
            rows=tuple(_write_checked(week) for week in weeks),
        ),
        note=(
            f"Each point counts the {POOLED} weeks up to it. The band shows where your true share "
            "may lie (95%); a prediction counts what guessing adds."
        ),
    )


def _say_checked(checked: Checked) -> str:
    if not checked.tells:
        return f"Cannot tell yet (n = {checked.count}): few learned facts have come up again."
    low, high = checked.interval
    if checked.predicted < low:
        fits = "more often than predicted"
    else:
        fits = "less often than predicted" if checked.predicted > high else "as predicted"
    return (
        f"You were right in {write_percent(checked.share)} of "
        f"{write_plural(checked.count, 'review')} of learned facts, "
        f"{fits} ({write_percent(checked.predicted)})."
    )


def _draw_retention(caption: Caption, weeks: Sequence[Week]) -> Svg:
    told = [(n, week.recent) for n, week in enumerate(weeks) if week.recent.tells]
    shares = {n: (recent.share, recent.predicted) for n, recent in told}
    bands = [(n, *recent.interval) for n, recent in told]
    nothing = (None, None)
    return draw_lines(
        caption,
        (
            Line(
                name="right",
                look="full",
                points=[(n, shares.get(n, nothing)[0]) for n in range(len(weeks))],
                band=[BandPoint(x=n, low=low, high=high) for n, low, high in bands],
            ),
            Line(
                name="predicted",
                look="dashed",
                points=[(n, shares.get(n, nothing)[1]) for n in range(len(weeks))],
            ),
        ),
        unit="Right answers",
        labels=list(enumerate(label_some([week.first for week in weeks]))),
        write=write_percent,
        least_step=_LEAST_STEP,
    )


def _write_checked(week: Week) -> tuple[str, ...]:
    day, checked = write_short(week.first), week.recent
    if not checked.count:
        return day, "0", "", ""
    if not checked.tells:
        return day, str(checked.count), f"cannot tell yet (n = {checked.count})", ""
    low, high = checked.interval
    right = f"{write_percent(checked.share)} ({100 * low:.0f}{_TO}{write_percent(high)})"
    return day, str(checked.count), right, write_percent(checked.predicted)


def show_time(weeks: Sequence[Week]) -> ChartView:
    """Return the minutes spent answering, by week."""
    key, heading, finding = "time", "Time spent answering", _say_time(weeks)
    labels = label_some([week.first for week in weeks])
    bars = [Bar(label=text, value=week.minutes) for text, week in zip(labels, weeks, strict=True)]
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=draw_bars(caption_of(key, heading, finding), bars, unit="Minutes, by week"),
        table=Table(
            head=("Week from", "Reviews", "Minutes"),
            rows=tuple(
                (write_short(week.first), str(week.reviews), f"{week.minutes:.0f}")
                for week in weeks
            ),
        ),
        note="Thinking for longer than a minute counts as a minute.",
    )


def _say_time(weeks: Sequence[Week]) -> str:
    whole = write_step(timedelta(minutes=sum(week.minutes for week in weeks)))
    if len(weeks) == 1:
        return f"You spent {whole} this week."
    said = f"You spent {whole} in {write_plural(len(weeks), 'week')}"
    this = timedelta(minutes=weeks[-1].minutes)
    if this < timedelta(minutes=1):
        return f"{said}."
    return f"{said}, {write_step(this)} of them this week."
