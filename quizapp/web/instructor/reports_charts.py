"""The charts of a report: scores, the map of the questions, time, options by thirds."""

from collections.abc import Sequence
from itertools import accumulate

from quizapp.charts import (
    Axis,
    BandPoint,
    Bar,
    Dot,
    Line,
    Marker,
    Span,
    Svg,
    draw_bars,
    draw_histogram,
    draw_lines,
    draw_scatter,
)
from quizapp.psychometrics.findings import Bin, OptionFindings, WholeTest
from quizapp.services.reporting.values import QuestionLine, TimeSpent, Trend
from quizapp.web.charts import ChartView, Table, caption_of
from quizapp.web.instructor.reports_words import write_index, write_seconds
from quizapp.web.words import write_percent, write_plural

# Scores below it are outlined.
HALF = 0.5
# Where the Open University's guide begins to call a question fairly easy, and adequate.
_EASY, _ADEQUATE = 0.66, 0.3
_TENTH, _LEAST, _TWO = 0.1, 0.05, 2


def show_scores(test: WholeTest) -> ChartView:
    """Return the distribution of the scores."""
    key, heading, finding = "scores", "Scores", _say_scores(test)
    spans = [
        Span(low=-_TENTH if each.low is None else each.low, high=each.high, count=each.count)
        for each in test.distribution
    ]
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=draw_histogram(
            caption_of(key, heading, finding),
            spans,
            unit="Attempts",
            along="Score",
            write=write_percent,
            below=HALF,
            marker=_mark_median(test),
        )
        if test.n
        else None,
        table=Table(
            head=("Score", "Attempts"),
            rows=tuple((_write_span(each), str(each.count)) for each in test.distribution),
        ),
    )


def _mark_median(test: WholeTest) -> Marker | None:
    share = test.median_share
    if share is None:
        return None
    return Marker(value=max(share, -_TENTH), name=f"median {write_percent(share)}")


def _write_span(span: Bin) -> str:
    if span.low is None:
        return "under 0%"
    return f"{span.low:.0%} to {'under ' if span.high < 1 else ''}{span.high:.0%}"


def _say_scores(test: WholeTest) -> str:
    if not test.n:
        return "Nobody has finished yet."
    low, high = _find_most(test.distribution)
    start = "under 0%" if low is None else write_percent(low)
    where = f"between {start} and {write_percent(high)}"
    return (
        f"Most of the {write_plural(test.n, 'attempt')} scored {where}. "
        f"Outlined bars are below {HALF:.0%}."
        if test.n > 1
        else f"The one attempt scored {where}."
    )


def _find_most(bins: Sequence[Bin]) -> tuple[float | None, float]:
    """The fewest neighbouring bins that hold more than half of all, the fullest of such."""
    sums = [0, *accumulate(each.count for each in bins)]
    for width in range(1, len(bins) + 1):
        counts = [sums[at + width] - sums[at] for at in range(len(bins) - width + 1)]
        best = max(range(len(counts)), key=counts.__getitem__)
        if 2 * counts[best] > sums[-1]:
            return bins[best].low, bins[best + width - 1].high
    return bins[0].low, bins[-1].high


def show_map(lines: Sequence[QuestionLine]) -> tuple[str, Svg | None]:
    """Return what the map of the questions shows, and the map; the table of items has its figures.

    A question without either figure has no place in it.
    """
    dots = list(_list_dots(lines))
    if not dots:
        return "No question has both figures yet.", None
    good, below = sum(dot.y >= _ADEQUATE for dot in dots), sum(dot.y < 0 for dot in dots)
    finding = (
        f"{good} of {write_plural(len(dots), 'question')} separate by "
        f"{write_index(_ADEQUATE)} or more, {below} by less than 0."
    )
    picture = draw_scatter(
        caption_of("map", "Map of the questions", finding),
        dots,
        across=Axis(unit="Correct", write=write_percent, low=0, high=1, parts=(_EASY,)),
        up=Axis(unit="Separates", write=_write_tick, low=0, high=0.6, parts=(_ADEQUATE,)),
    )
    return finding, picture


def _list_dots(lines: Sequence[QuestionLine]) -> Sequence[Dot]:
    known = [(line, line.findings) for line in lines if line.findings is not None]
    return [
        Dot(
            x=found.facility,
            y=found.discrimination,
            name=str(line.number),
            marked=any(check.sure for check in line.checks),
        )
        for line, found in known
        if found.facility is not None and found.discrimination is not None
    ]


def _write_tick(value: float) -> str:
    return f"{value:.1f}".replace("-", "\N{MINUS SIGN}")


def show_times(whole: TimeSpent, lines: Sequence[QuestionLine]) -> ChartView:
    """Return the median time that each question took, and that of an attempt in words."""
    key, heading = "times", "Time spent"
    timed = [(line, line.time.seconds) for line in lines if line.time.seconds is not None]
    finding = _say_times(whole, timed)
    bars = [Bar(label=str(line.number), value=seconds) for line, seconds in timed]
    unit = "Seconds, by question"
    return ChartView(
        key=key,
        heading=heading,
        finding=finding,
        picture=draw_bars(caption_of(key, heading, finding), bars, unit=unit) if bars else None,
        table=Table(
            head=("Question", "Median time", "n"),
            rows=tuple(
                (str(line.number), write_seconds(seconds), str(line.time.n))
                for line, seconds in timed
            ),
        ),
    )


def _say_times(whole: TimeSpent, timed: Sequence[tuple[QuestionLine, float]]) -> str:
    if whole.seconds is None:
        return "No attempt has been timed yet."
    said = f"Half of the attempts took {write_seconds(whole.seconds)} or less (n = {whole.n})."
    if not timed:
        return said
    longest, seconds = max(timed, key=lambda each: each[1])
    return (
        f"{said} Question {longest.number} took longest: {write_seconds(seconds)} in the median "
        f"(n = {longest.time.n})."
    )


def draw_thirds(
    options: Sequence[OptionFindings], thirds: tuple[int, int, int]
) -> tuple[str, Svg | None]:
    """Return how the shares of the key and of the commonest wrong option change by thirds.

    There is nothing to draw without both, or where a third is empty.
    """
    keys = [each for each in options if each.role == "key"]
    wrong = [each for each in options if each.role == "distractor"]
    if not (keys and wrong and all(thirds)):
        return "There are too few answers to part them into thirds.", None
    key, other = (max(each, key=lambda option: option.count) for each in (keys, wrong))
    finding = f"{_say_thirds('The key', key)} {_say_thirds(f'“{other.option}”', other)}"
    picture = draw_lines(
        caption_of("thirds", "Options by thirds", finding),
        (
            Line(name="key", look="full", points=_list_points(key), dots=True),
            Line(name="wrong option", look="dashed", points=_list_points(other), dots=True),
        ),
        unit="Chosen by",
        labels=[(0, "bottom third"), (1, "middle"), (2, "top third")],
        write=write_percent,
        least_step=_LEAST,
    )
    return finding, picture


def draw_trend(trend: Sequence[Trend]) -> tuple[str, Svg | None]:
    """Return how a question fared from one assignment to another; one alone is not drawn."""
    told = [(each, each.facility) for each in trend if each.facility is not None]
    if len(told) < _TWO:
        return "It was asked in one assignment so far: nothing to compare with.", None
    finding = f"{_say_use(*told[0])}, {_say_use(*told[-1])}."
    line = Line(
        name="correct",
        look="full",
        points=[(place, facility) for place, (_, facility) in enumerate(told)],
        band=[
            BandPoint(x=place, low=each.facility_interval[0], high=each.facility_interval[1])
            for place, (each, _) in enumerate(told)
            if each.facility_interval is not None
        ],
        dots=True,
    )
    picture = draw_lines(
        caption_of("trend", "Trend by version", finding),
        (line,),
        unit="Correct",
        labels=[(place, f"version {each.version}") for place, (each, _) in enumerate(told)],
        write=write_percent,
        least_step=_LEAST,
    )
    return finding, picture


def _say_use(use: Trend, facility: float) -> str:
    return f"{write_percent(facility)} in {use.title}, version {use.version} (n = {use.n})"


def _list_points(option: OptionFindings) -> list[tuple[float, float | None]]:
    return [(0, option.bottom), (1, option.middle), (2, option.top)]


def _say_thirds(name: str, option: OptionFindings) -> str:
    shares = (option.bottom or 0.0, option.middle or 0.0, option.top or 0.0)
    bottom, middle, top = (write_percent(share) for share in shares)
    return f"{name}: {bottom} of the bottom, {middle} of the middle, {top} of the top third."
