"""How well forecasts fitted, in words that claim no more than the answers tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from quizapp.psychometrics.bands import FEWEST
from quizapp.psychometrics.calibration import Calibration
from quizapp.psychometrics.intervals import Interval
from quizapp.web.words import write_percent, write_plural

__all__ = ["FEWEST", "FitRow", "say_fit", "write_band", "write_fits"]
# An interval of a slope wider than this may hold 1 and still tell nothing.
_WIDEST = 0.6
_TO = "\N{EN DASH}\N{WORD JOINER}"
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FitRow:
    """Predictions of one kind beside their outcomes, as a table writes them."""

    name: str
    n: int
    predicted: str
    right: str
    brier: str
    slope: str


def say_fit(fit: Calibration) -> str:
    """Return how predictions fitted, in plain words."""
    if fit.right is None or fit.predicted is None or fit.interval is None or fit.n < FEWEST:
        return (
            f"Cannot tell yet (n = {fit.n}): few answers came a day or more after the one before."
        )
    low, high = fit.interval
    if low <= fit.predicted <= high:
        level = "as predicted"
    else:
        level = "more often than predicted" if fit.predicted < low else "less often than predicted"
    return (
        f"{write_plural(fit.n, 'answer')}: {write_percent(fit.right)} right, {level} "
        f"({write_percent(fit.predicted)}). {_say_slope(fit)}"
    )


def _say_slope(fit: Calibration) -> str:
    low, high = fit.slope_interval or (-inf, inf)
    if high < 1:
        return "High forecasts were too high and low ones too low: the forecasts are too bold."
    if low > 1:
        return "High forecasts were too low and low ones too high: the forecasts are too timid."
    if high - low > _WIDEST:
        return f"Whether the forecasts are too bold or too timid, cannot be told yet (n = {fit.n})."
    return "High and low forecasts differ as the answers do."


def write_fits(kinds: Iterable[tuple[str, Calibration]]) -> tuple[FitRow, ...]:
    """Return a row for each kind of answers."""
    return tuple(_write_fit(name, fit) for name, fit in kinds)


def _write_fit(name: str, fit: Calibration) -> FitRow:
    unknown = f"cannot tell yet (n = {fit.n})"
    if fit.right is None or fit.predicted is None or fit.n < FEWEST:
        return FitRow(
            name=name, n=fit.n, predicted=unknown, right=unknown, brier=unknown, slope=unknown
        )
    slope = unknown
    if fit.slope is not None and fit.slope_interval is not None:
        low, high = fit.slope_interval
        slope = f"{fit.slope:.2f} ({low:.2f} to {high:.2f})".replace("-", _MINUS)
    return FitRow(
        name=name,
        n=fit.n,
        predicted=write_percent(fit.predicted),
        right=f"{write_percent(fit.right)} {write_band(fit.interval)}",
        brier=f"{fit.brier:.3f} (constant: {fit.brier_constant:.3f})",
        slope=slope,
    )


def write_band(interval: Interval | None) -> str:
    """Return from where to where a share may lie, in brackets."""
    if interval is None:
        return ""
    return f"({100 * interval[0]:.0f}{_TO}{write_percent(interval[1])})"
