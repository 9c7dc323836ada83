"""What is found of single items, and of slots as if they were items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from quizapp.psychometrics import bands
from quizapp.psychometrics.bands import Verdict, judge, judge_plainly
from quizapp.psychometrics.columns import (
    Measured,
    correlate,
    find_efficiency,
    known,
    measure,
    sum_others,
)
from quizapp.psychometrics.findings import ItemFindings
from quizapp.psychometrics.intervals import (
    Interval,
    find_correlation_interval,
    find_facility_interval,
)
from quizapp.psychometrics.marks import BoolArray, FloatArray, Item, Marks
from quizapp.psychometrics.options import report_options
from quizapp.psychometrics.places import Places, Weight

_WILSON = "Wilson"
_DRAWN = "drawn for slot {}: compared with the other marks, where Moodle takes the whole total"
_WILSON_WIDE = "Wilson, rather too wide for marks between 0 and the maximum"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Figures:
    """What is reckoned for all columns at once: arrays of shape (columns,), lowest in marks."""

    measured: Measured
    rest: Measured
    discrimination: FloatArray
    efficiency: FloatArray
    lowest: FloatArray
    binary: BoolArray
    negative: FloatArray
    blank: FloatArray


def report_items(marks: Marks, places: Places, weights: Sequence[Weight]) -> Iterator[ItemFindings]:
    """Yield the findings of each item; a drawn one is compared with what else was in its attempts.

    Moodle correlates a drawn question with the whole total; here it is left out of it, as any other
    item is.
    """
    rest = sum_others(marks.marks)
    drawn = set(places.list_drawn())
    figures = _reckon(marks.items, marks.marks, marks.asked, marks.answered, rest)
    for position, item in enumerate(marks.items):
        place = places.of_items[position]
        weight = Weight() if place in drawn else weights[place]
        found = _report(position, item, figures, weight, attempts=len(marks.marks))
        if place in drawn:
            found = replace(found, notes=(_DRAWN.format(item.slot), *found.notes))
        chosen = marks.choices.get(position)
        if chosen is not None:
            asked = marks.asked[:, position]
            thirds, options = report_options(item, chosen[asked], rest[asked, position])
            found = replace(found, thirds=thirds, options=options)
        yield found


def report_slots(places: Places, weights: Sequence[Weight]) -> Iterator[ItemFindings]:
    """Yield the findings of each place that several items are drawn for."""
    drawn = places.list_drawn()
    if not drawn:
        return
    rest = sum_others(places.marks)
    figures = _reckon(places.items, places.marks, places.asked, places.answered, rest)
    for place in drawn:
        yield _report(
            place, places.items[place], figures, weights[place], attempts=len(places.marks)
        )


def _reckon(
    items: Sequence[Item],
    marks: FloatArray,
    asked: BoolArray,
    answered: BoolArray,
    rest: FloatArray,
) -> _Figures:
    maxima = np.array([item.maximum for item in items])
    measured, others = measure(marks, asked), measure(rest, asked)
    return _Figures(
        measured=measured,
        rest=others,
        discrimination=correlate(measured, others),
        efficiency=find_efficiency(measured, others),
        lowest=np.min(marks, axis=0, where=asked, initial=0.0),
        binary=np.all((marks == 0) | (marks == maxima), axis=0, where=asked),
        negative=np.sum(marks < 0, axis=0, where=asked),
        blank=(asked & ~answered).sum(axis=0),
    )


def _report(
    column: int, item: Item, figures: _Figures, weight: Weight, *, attempts: int
) -> ItemFindings:
    measured = figures.measured
    n, maximum = int(measured.n[column]), item.maximum
    facility = known(measured.mean[column] / maximum) if maximum else None
    spread = known(np.sqrt(measured.variance[column]))
    r = known(figures.discrimination[column])
    found = ItemFindings(
        item=item.name,
        n=n,
        blank=int(figures.blank[column]),
        maximum=maximum,
        facility=facility,
        facility_interval=_find_interval(facility, n, figures.lowest[column] / (maximum or 1)),
        facility_method=_name_method(facility, binary=bool(figures.binary[column])),
        sd=spread / maximum if spread is not None and maximum else None,
        sd_marks=spread,
        guess=item.guess,
        intended_weight=weight.intended,
        effective_weight=weight.effective,
        negative_covariance=weight.negative_covariance,
        discrimination=r,
        discrimination_interval=None if r is None else find_correlation_interval(r, n),
        efficiency=known(figures.efficiency[column]),
        alpha_without=weight.alpha_without,
        slot=item.slot,
        facts=item.facts,
        template=item.template,
        bands=(),
        notes=(),
    )
    notes = tuple(_list_notes(found, figures, column, attempts=attempts))
    return replace(found, bands=_judge(found), notes=notes)


def _find_interval(facility: float | None, n: int, lowest: float) -> Interval | None:
    return None if facility is None else find_facility_interval(facility, n, float(lowest))


def _name_method(facility: float | None, *, binary: bool) -> str | None:
    if facility is None:
        return None
    return _WILSON if binary else _WILSON_WIDE


def _judge(found: ItemFindings) -> tuple[Verdict, ...]:
    n, r, interval = found.n, found.discrimination, found.discrimination_interval
    verdicts = [
        *judge(bands.FACILITY, found.facility, found.facility_interval, n),
        *judge(bands.LEXTURES_FACILITY, found.facility, found.facility_interval, n),
        *judge_plainly(bands.ITEM_SD, found.sd, n),
        *judge_plainly(bands.GUESS, found.guess),
        *judge(bands.DISCRIMINATION, r, interval, n),
        *judge(bands.NEEDS_CHECKING, r, interval, n),
        *judge(bands.LEXTURES_DISCRIMINATION, r, interval, n),
        *judge_plainly(bands.EFFICIENCY, found.efficiency, n),
    ]
    if found.facility is not None and found.facility <= bands.PRAIRIELEARN_EASY:
        verdicts += judge(bands.PRAIRIELEARN, r, interval, n)
    return tuple(verdicts)


def _list_notes(
    found: ItemFindings, figures: _Figures, column: int, *, attempts: int
) -> Iterator[str]:
    """Say what a reader of the figures should know, and why some are missing."""
    if found.n < attempts:
        yield (
            f"asked in {found.n} of {attempts} attempts, and compared with the other marks of these"
        )
    if found.blank:
        yield f"without an answer, counted as 0: {found.blank} of {found.n} attempts"
    if figures.negative[column]:
        yield f"negative marks, counted as they are: {int(figures.negative[column])}"
    if not found.maximum:
        yield "the maximum is 0, so there are no shares of it"
    if found.negative_covariance:
        yield "those with better scores earn less here: a negative covariance gives no weight"
    yield from _explain_missing(found, figures, column)


def _explain_missing(found: ItemFindings, figures: _Figures, column: int) -> Iterator[str]:
    if found.n == 0:
        yield "no attempt was asked it"
    elif found.n == 1:
        yield "one attempt tells nothing of spread and discrimination"
    elif not found.sd_marks:
        yield "every attempt has the same mark, so it cannot tell attempts apart"
    elif not figures.rest.variance[column]:
        yield "the marks on all other items are the same, so there is nothing to compare with"
