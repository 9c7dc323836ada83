"""What the page of a class's memory shows: figures, charts, what is forgotten next."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.psychometrics.calibration import Calibration
from quizapp.services.reporting.memories_ahead import ClassAhead, Spread
from quizapp.services.reporting.memories_facts import FactLine
from quizapp.services.reporting.memories_past import Activity
from quizapp.services.reporting.memories_report import ClassReport
from quizapp.services.reporting.warming_up import MOST, WarmUp
from quizapp.web.charts import ChartView
from quizapp.web.instructor.memories_charts import (
    show_activity,
    show_recall,
    show_reliability,
    show_workload,
)
from quizapp.web.instructor.memories_words import FEWEST, FitRow, say_fit, write_fits
from quizapp.web.instructor.pages import FigureView
from quizapp.web.words import write_day, write_percent, write_plural

FACTS_A_PAGE, LEARNERS_A_PAGE, LINES_A_PAGE = 12, 25, 25
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastView:
    """How past forecasts came out, in words and as figures."""

    finding: str
    rows: tuple[FitRow, ...]
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """The page of a class's memory; without anybody who met a fact there are no charts ahead.

    `forgotten` are the facts that come first, `others` how many more would follow; `below` are the
    charts at the end of the page.
    """

    figures: tuple[FigureView, ...]
    recall: ChartView | None
    activity: ChartView
    week: tuple[tuple[str, str], ...]
    forgotten: Sequence[FactLine]
    others: int
    forecasts: ForecastView
    below: tuple[ChartView, ...]


def show_class(report: ClassReport) -> ClassView:
    """Return what the page shows."""
    ahead, forgotten = report.ahead, report.forgotten
    return ClassView(
        figures=_list_figures(report),
        recall=show_recall(ahead) if ahead.days else None,
        activity=show_activity(report.activity),
        week=_sum_up_week(report.activity, report.learners),
        forgotten=forgotten[:MOST],
        others=len(forgotten[MOST:]),
        forecasts=_show_forecasts(report),
        below=(
            *([show_workload(ahead)] if ahead.days else []),
            show_reliability(report.past.answers),
        ),
    )


def say_warm_up(made: WarmUp) -> str:
    """Return what one who asked for a warm-up is told."""
    if not made.new:
        return "The warm-up of today is made already: this is it."
    due = f", due by the end of {write_day(made.due_at)}" if made.due_at else ""
    return (
        f"The warm-up is published: {write_plural(made.questions, 'question')}, open now{due}. "
        "You can change it here, or delete it until somebody begins."
    )


def _list_figures(report: ClassReport) -> tuple[FigureView, ...]:
    activity, ahead = report.activity, report.ahead
    return (
        FigureView(
            label="Active students",
            value=f"{activity.active} of {report.learners}",
            meaning="have answered at least once",
        ),
        FigureView(
            label="Right answers",
            value=_write_right(activity),
            meaning=f"of {activity.answered:,}; undone ones do not count"
            if activity.answered >= FEWEST
            else f"cannot tell yet (n = {activity.answered})",
        ),
        FigureView(
            label="Recall today",
            value=write_percent(ahead.days[0].alone.mean) if ahead.days else "not yet",
            meaning="expected of the facts each student has met "
            f"(n = {write_plural(ahead.learners, 'student')})",
        ),
        _show_exam(ahead),
    )


def _write_right(activity: Activity) -> str:
    if activity.answered < FEWEST:
        return "not yet"
    return write_percent(activity.right / activity.answered)


def _show_exam(ahead: ClassAhead) -> FigureView:
    exam = ahead.exam
    if exam is None:
        return FigureView(
            label="Exam", value="no forecast", meaning="no exam is to come, or no data"
        )
    label, alone = f"Exam, {write_day(exam.on)}", _write_spread(exam.alone)
    if exam.planned is None:
        meaning = f"of all facts: {alone} if nobody studies until then; it is far away"
        return FigureView(label=label, value=write_percent(exam.alone.mean), meaning=meaning)
    return FigureView(
        label=label,
        value=write_percent(exam.planned.mean),
        meaning=f"of all facts if everybody studies every day as planned "
        f"({_write_middle(exam.planned)}); {alone} if nobody does",
    )


def _write_spread(spread: Spread) -> str:
    return f"{write_percent(spread.mean)} ({_write_middle(spread)})"


def _write_middle(spread: Spread) -> str:
    return f"half of them {write_percent(spread.low)} to {write_percent(spread.high)}"


def _sum_up_week(activity: Activity, learners: int) -> tuple[tuple[str, str], ...]:
    busiest = "none yet" if activity.busiest is None else _WEEKDAYS[activity.busiest]
    return (
        ("Active in the last 7 days", f"{activity.active_this_week} of {learners} students"),
        ("Busiest day of the week", busiest),
    )


def _show_forecasts(report: ClassReport) -> ForecastView:
    past = report.past
    kinds: tuple[tuple[str, Calibration], ...] = (
        ("All answers", past.answers),
        ("First answers in assignments", past.marks),
    )
    looked = f"The answers of {write_plural(past.learners, 'student')} were looked at."
    return ForecastView(
        finding=say_fit(past.answers),
        rows=write_fits(kinds),
        sample="" if past.whole else looked,
    )
