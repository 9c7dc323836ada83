"""How fittings read, those to a course and a learner alike: each decision, and its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quizapp.jobs import JobState
from quizapp.memory.fit_figures import LEAST_HELD_OUT, LEAST_LEARNED_FROM, FitFigures, Outcome
from quizapp.services.fitting.looking import FittingDesk
from quizapp.storage.fittings import Fitting
from quizapp.storage.ids import FitId
from quizapp.web.words import write_day, write_percent, write_plural
from quizapp.web.zones import write_instant

_GONE = "an account that is gone"
_LABELS = (
    "Log loss (lower is better)",
    "Brier score (lower is better)",
    "Calibration slope (1 is best)",
)
_HEADINGS: dict[Outcome, str] = {
    "better": "The fitted parameters are better",
    "tie": "The parameters in use stay",
    "worse": "The parameters in use stay",
    "few": "Too few answers to tell",
    "failed": "The fitting failed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A figure of the parameters that are standard, that were in use then, and that were fitted."""

    label: str
    standard: str
    used: str
    fitted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingView:
    """A fitting that has ended: what was found and decided.

    `state` is a chip, `compared` whether others than the standard ones were in use then; `usable`
    tells that it may be put in use.
    """

    id: FitId
    heading: str
    state: str
    asked: str
    sentence: str
    basis: str
    lines: tuple[FigureLine, ...]
    compared: bool
    usable: bool
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenView:
    """A fitting that waits or runs."""

    id: FitId
    words: str
    cancelled: bool


def list_fittings(desk: FittingDesk, zone: str) -> tuple[FittingView, ...]:
    """Return those fittings of a desk that have ended, their times by the clocks of `zone`."""
    return tuple(_show(each, zone) for each in desk.fittings if not each.is_open)


def find_open(desk: FittingDesk) -> OpenView | None:
    """Return the fitting that waits or runs."""
    return _show_open(desk.open) if desk.open else None


def write_since(desk: FittingDesk, zone: str) -> str | None:
    """Return since when a fitting of the desk is in use, None if none is."""
    since = desk.used.used_from if desk.used else None
    return None if since is None else write_instant(since, zone)


def _show_open(fitting: Fitting) -> OpenView:
    waits = fitting.job_state is JobState.WAITING
    words = "It waits for its turn." if waits else f"It is {fitting.note or 'running'}."
    words = "It is being cancelled." if fitting.cancel_asked else words
    return OpenView(id=fitting.id, words=words, cancelled=fitting.cancel_asked)


def _show(fitting: Fitting, zone: str) -> FittingView:
    figures = fitting.figures or _explain_missing(fitting)
    return FittingView(
        id=fitting.id,
        heading="Cancelled" if figures is None else _HEADINGS[figures.outcome],
        state=_find_state(fitting, zone),
        asked=f"Asked for by {fitting.by_name or _GONE}, {write_instant(fitting.asked_at, zone)}",
        sentence="Nothing was stored." if figures is None else _decide(figures),
        basis="" if figures is None else _tell_basis(figures),
        lines=() if figures is None else _list_lines(figures),
        compared=figures is not None and figures.used is not None,
        usable=fitting.accepted and not fitting.is_used,
        used=fitting.is_used,
    )


def _explain_missing(fitting: Fitting) -> FitFigures | None:
    """A job that failed on its way left no figures, but says why."""
    if fitting.job_state is not JobState.FAILED:
        return None
    return FitFigures(outcome="failed", why=f"{fitting.reason or 'It broke off'}.")


def _find_state(fitting: Fitting, zone: str) -> str:
    if fitting.is_used:
        return "In use"
    if fitting.withdrawn_at is not None:
        return f"Withdrawn {write_instant(fitting.withdrawn_at, zone)}"
    return ""


def _decide(figures: FitFigures) -> str:
    if figures.outcome == "failed":
        return figures.why
    if figures.outcome == "few":
        return (
            f"There are {figures.learned_from:,} answers to learn from and {figures.held_out:,} to "
            f"test on; {LEAST_LEARNED_FROM:,} and {LEAST_HELD_OUT:,} are needed. Fits to fewer "
            "foretell worse than the standard parameters do."
        )
    difference = _write_difference(figures)
    if figures.outcome == "better":
        return f"On the answers held out they foretold better than those in use, {difference}."
    if figures.outcome == "worse":
        return f"The fitted ones foretold the answers held out worse, {difference}."
    if figures.difference is not None and figures.difference[2] < 0:
        return (
            f"They foretold too little better, or not better than the standard ones: {difference}."
        )
    return f"The difference on the answers held out is within chance: {difference}."


def _write_difference(figures: FitFigures) -> str:
    assert figures.difference is not None
    mean, low, high = (write_signed(each) for each in figures.difference)
    return f"by {mean} in log loss (95% interval {low} to {high}, by resampling {figures.clusters})"


def _tell_basis(figures: FitFigures) -> str:
    """Say what answers the figures rest on."""
    basis = (
        f"{write_plural(figures.answers, 'answer')} of {write_plural(figures.learners, 'student')}."
    )
    if figures.fitted is None or figures.split_day is None:
        return f"{basis} Answers count that came a day or more after the one before."
    day = write_day(date.fromordinal(figures.split_day))
    return (
        f"{basis} Learned from {figures.learned_from:,} before {day} that could not be guessed, "
        f"tested on {figures.held_out:,} since then, "
        f"{write_percent(figures.guessable)} of which could be."
    )


def _list_lines(figures: FitFigures) -> tuple[FigureLine, ...]:
    if figures.fitted is None:
        return ()
    scores = [
        (each.log_loss, each.brier, each.slope) if each else (None, None, None)
        for each in (figures.standard, figures.used, figures.fitted)
    ]
    return tuple(map(_line, _LABELS, zip(*scores, strict=True)))


def _line(label: str, figures: Sequence[float | None]) -> FigureLine:
    digits = 2 if label == _LABELS[-1] else 4
    standard, used, fitted = (write_figure(each, digits) for each in figures)
    return FigureLine(label=label, standard=standard, used=used, fitted=fitted)


def write_figure(value: float | None, digits: int) -> str:
    """Write a figure that may be unknown."""
    return "cannot tell" if value is None else f"{value:.{digits}f}"


def write_signed(value: float) -> str:
    """Write a difference with its sign."""
    return f"{value:+.4f}".replace("-", "\N{MINUS SIGN}")
