"""From marks to the report."""

from collections.abc import Iterator

import numpy as np

from quizapp.psychometrics import bands
from quizapp.psychometrics.bands import Verdict, judge, judge_plainly
from quizapp.psychometrics.findings import Report, WholeTest
from quizapp.psychometrics.groups import report_facts, report_templates
from quizapp.psychometrics.intervals import Interval, find_mean_interval
from quizapp.psychometrics.items import report_items, report_slots
from quizapp.psychometrics.marks import FloatArray, Marks
from quizapp.psychometrics.places import Places, find_places, weigh
from quizapp.psychometrics.reliability import find_alpha, find_alpha_interval
from quizapp.psychometrics.totals import Moments, count_bins, find_moments


def analyse(marks: Marks, *, seed: int = 0) -> Report:
    """Return all that the marks tell; `seed` fixes the draws of the interval of alpha."""
    places = find_places(marks)
    weights = weigh(places)
    items = tuple(report_items(marks, places, weights))
    return Report(
        attempts=len(marks.marks),
        test=_report_test(marks, places, seed),
        items=items,
        slots=tuple(report_slots(places, weights)),
        facts=report_facts(marks, items),
        templates=report_templates(marks, items),
    )


def _report_test(marks: Marks, places: Places, seed: int) -> WholeTest:
    totals, shares = marks.marks.sum(axis=1), _find_shares(marks)
    moments, relative = find_moments(totals), find_moments(shares)
    complete = places.marks[places.asked.all(axis=1)]
    alpha = find_alpha(complete)
    error = None if alpha is None else max(1 - alpha, 0.0) ** 0.5
    alpha_interval = find_alpha_interval(complete, seed)
    mean_interval = _find_mean_interval(relative, len(shares))
    return WholeTest(
        n=len(totals),
        item_count=len(marks.items),
        maximum=sum(item.maximum for item in places.items),
        mean=moments.mean,
        median=moments.median,
        sd=moments.sd,
        mean_share=relative.mean,
        mean_share_interval=mean_interval,
        median_share=relative.median,
        sd_share=relative.sd,
        skewness=moments.skewness,
        kurtosis=moments.kurtosis,
        alpha=alpha,
        alpha_interval=alpha_interval,
        alpha_attempts=len(complete),
        error_ratio=error,
        sem=None if error is None or moments.sd is None else error * moments.sd,
        distribution=count_bins(shares),
        bands=_judge(relative, mean_interval, alpha, alpha_interval, len(shares), len(complete)),
        notes=tuple(_list_notes(marks, places, moments, alpha)),
    )


def _find_shares(marks: Marks) -> FloatArray:
    """The total of each attempt over what could be earned in it, where anything could."""
    possible = marks.asked @ np.array([item.maximum for item in marks.items])
    some = possible > 0
    return np.asarray(marks.marks.sum(axis=1)[some] / possible[some])


def _find_mean_interval(moments: Moments, n: int) -> Interval | None:
    if moments.mean is None or moments.sd is None:
        return None
    return find_mean_interval(moments.mean, moments.sd, n)


def _judge(
    shares: Moments,
    mean_interval: Interval | None,
    alpha: float | None,
    alpha_interval: Interval | None,
    n: int,
    complete: int,
) -> tuple[Verdict, ...]:
    return (
        *judge(bands.TEST_MEAN, shares.mean, mean_interval, n),
        *judge_plainly(bands.TEST_SD, shares.sd, n),
        *judge(bands.TEST_ALPHA, alpha, alpha_interval, complete),
    )


def _list_notes(
    marks: Marks, places: Places, moments: Moments, alpha: float | None
) -> Iterator[str]:
    yield from _explain_missing(places, moments)
    if alpha is not None and alpha < 0:
        yield "alpha is negative: the items do not measure one thing, or a key is wrong"
    if (blank := int((marks.asked & ~marks.answered).sum())) > 0:
        yield f"asked but without an answer, counted as 0: {blank}"
    if (negative := int((marks.marks < 0).sum())) > 0:
        yield f"negative marks, counted as they are: {negative}"


def _explain_missing(places: Places, moments: Moments) -> Iterator[str]:
    attempts, complete = len(places.marks), int(places.asked.all(axis=1).sum())
    if not attempts:
        yield "there is no attempt"
    elif attempts == 1:
        yield "one attempt tells nothing of spread and reliability"
    elif moments.sd == 0:
        yield "every attempt has the same total, so reliability cannot be told"
    if len(places.items) < 2:  # noqa: PLR2004
        yield "reliability needs two items"
    if complete < attempts:
        yield (
            f"reliability is that of the {complete} of {attempts} attempts "
            "that were asked something in every place"
        )
