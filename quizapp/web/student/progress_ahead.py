"""What a learner would recall and what is due, as charts: strength, load, the exam."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.charts import Bar, Line, Svg, draw_bars, draw_lines
from quizapp.memory import DEFAULT_PARAMETERS
from quizapp.services.progress.foreseeing import ExamForecast, SectionForecast
from quizapp.services.progress.looking import EARLIER, DayCount, Holding
from quizapp.web.charts import ChartView, Table, caption_of, write_short
from quizapp.web.words import write_day, write_percent, write_plural

_WEEK = 7
_GOAL = DEFAULT_PARAMETERS.retention
# The recall that defines a memory's stability.
_HELD = 0.9
_BEFORE = write_plural(EARLIER // _WEEK, "week") + " ago"
# Figures at the side that are closer together would read alike.
_LEAST_STEP = 0.05
# The fields of `Holding` as a table calls them, and an axis; facts not met would dwarf the others.
_STRENGTHS = {
    "new": "Not met yet",
    "learning": "Being learned",
    "under_week": "Under 7 days",
    "under_three_weeks": "7 to 21 days",
    "under_three_months": "21 to 90 days",
    "longer": "90 days or more",
}
_DRAWN = {
    "learning": "Learning",
    "under_week": "< 7",
    "under_three_weeks": "7\N{EN DASH}21",
    "under_three_months": "21\N{EN DASH}90",
    "longer": "\N{GREATER-THAN OR EQUAL TO} 90",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamView:
    """The forecast of an exam: its curve, and the sections of the articles, strongest first."""

    course_id: int
    chart: ChartView
    sections: Table
    extremes: str


def show_holding(holding: Holding, earlier: Holding | None) -> ChartView:
    """Return how long facts hold, beside how it was before, if something was learned then."""
    key, heading, finding = "holding", "How long facts hold", _say_holding(holding, earlier)
    bars = [
        Bar(
            label=label,
            value=getattr(holding, name),
            other=getattr(earlier, name) if earlier else None,
        )
        for name, label in _DRAWN.items()
    ]
    names = ("now", _BEFORE)
    caption = caption_of(key, heading, finding)
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=draw_bars(caption, bars, unit="Facts, by days", names=names if earlier else None),
        table=Table(
            head=("Facts hold for", *(name.capitalize() for name in names[: 1 + bool(earlier)])),
            rows=tuple(_write_strength(name, holding, earlier) for name in _STRENGTHS),
        ),
        note=(
            "A fact holds for as many days as pass until the chance that you recall it has fallen "
            f"to {write_percent(_HELD)}. {write_plural(holding.new, 'fact')} you have not met yet."
        ),
    )


def _say_holding(holding: Holding, earlier: Holding | None) -> str:
    facts = sum(getattr(holding, name) for name in _STRENGTHS)
    verb = "holds" if holding.lasting == 1 else "hold"
    now = f"{holding.lasting} of {write_plural(facts, 'fact')} {verb} for three weeks or longer"
    return f"{now}; {_BEFORE} it was {earlier.lasting}." if earlier else f"{now}."


def _write_strength(name: str, holding: Holding, earlier: Holding | None) -> tuple[str, ...]:
    both = (holding, earlier) if earlier else (holding,)
    return (_STRENGTHS[name], *(str(getattr(each, name)) for each in both))


def show_load(load: Sequence[DayCount]) -> ChartView:
    """Return how many facts are due on each of the days to come."""
    key, heading, finding = "load", "Reviews to come", _say_load(load)
    bars = [
        Bar(label="" if n % _WEEK else _name_day(load, n), value=day.count)
        for n, day in enumerate(load)
    ]
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=draw_bars(caption_of(key, heading, finding), bars, unit="Reviews, by day"),
        table=Table(
            head=("Day", "Reviews"),
            rows=tuple((_name_day(load, n), str(day.count)) for n, day in enumerate(load)),
        ),
        note="New facts, and facts that come again after these reviews, are not counted.",
    )


def _name_day(load: Sequence[DayCount], number: int) -> str:
    return write_short(load[number].date) if number else "Today"


def _say_load(load: Sequence[DayCount]) -> str:
    whole = sum(day.count for day in load)
    busiest = max(range(len(load)), key=lambda number: load[number].count)
    said = f"{write_plural(whole, 'review')} in the next {len(load)} days"
    if not whole:
        return f"{said}."
    return f"{said}; most on {_name_day(load, busiest)}, {load[busiest].count}.".replace(
        "on Today", "today"
    )


def show_exams(exams: Iterable[ExamForecast]) -> tuple[ExamView, ...]:
    """Return the forecasts of exams."""
    return tuple(_show_exam(exam, f"exam-{number}") for number, exam in enumerate(exams, 1))


def _show_exam(exam: ExamForecast, key: str) -> ExamView:
    heading, finding = f"Exam: {exam.course}", _say_exam(exam)
    return ExamView(
        course_id=exam.course_id,
        chart=ChartView(
            key=key,
            heading=heading,
            finding=finding,
            picture=_draw_exam(exam, key, heading, finding),
            table=Table(
                head=("Day", "Mean recall"),
                rows=tuple(
                    (write_short(each.date), write_percent(each.recall)) for each in exam.curve
                ),
            ),
        ),
        sections=Table(
            head=("Section", "Facts met", "Not met", "Mean recall"),
            rows=tuple(_write_section(section) for section in exam.sections),
        ),
        extremes=_say_extremes(exam.sections),
    )


def _draw_exam(exam: ExamForecast, key: str, heading: str, finding: str) -> Svg:
    points = [(each.date.toordinal(), each.recall) for each in exam.curve]
    first, last = points[0][0], points[-1][0]
    days = {first: "Today", last: write_short(exam.exam_on)}
    return draw_lines(
        caption_of(key, heading, finding),
        (
            Line(name="without reviews", look="dashed", points=points),
            Line(
                name=f"goal {write_percent(_GOAL)}",
                look="dotted",
                points=[(first, _GOAL), (last, _GOAL)],
            ),
        ),
        unit="Mean recall",
        labels=list(days.items()),
        write=write_percent,
        least_step=_LEAST_STEP,
    )


def _say_exam(exam: ExamForecast) -> str:
    recalled = round(exam.recalled)
    said = (
        f"If you reviewed nothing more, on {write_day(exam.exam_on)} you would recall about "
        f"{recalled} of the {write_plural(exam.met, 'fact')} that you have met, "
        f"and have forgotten about {exam.met - recalled}."
    )
    if not exam.new:
        return said
    return f"{said} {write_plural(exam.new, 'fact')} of the course you have not met yet."


def _write_section(section: SectionForecast) -> tuple[str, ...]:
    recall = "" if section.recall is None else write_percent(section.recall)
    return section.title, str(section.met), str(section.new), recall


def _say_extremes(sections: Sequence[SectionForecast]) -> str:
    met = [section for section in sections if section.recall is not None]
    if len(met) < 2:  # noqa: PLR2004 - strongest and weakest
        return ""
    return f"Strongest on that day: {met[0].title}. Weakest: {met[-1].title}."
