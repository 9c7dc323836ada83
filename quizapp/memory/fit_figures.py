"""What a fitting found, as it is stored and told: how well weights foretold held-out answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal, TypeGuard, get_args

# On a real log, fits to 250 to 2,000 reviews lost against the standard weights.
LEAST_LEARNED_FROM, LEAST_HELD_OUT = 2_000, 200
LEAST_TESTED = LEAST_LEARNED_FROM + LEAST_HELD_OUT
Outcome = Literal["better", "tie", "worse", "few", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well weights foretold the held-out answers.

    `log_loss` and `brier` are means, lower is better; `slope` is that of a logistic regression of
    the answers on the logit of what was foretold, 1 if well calibrated, None where it is not told.
    """

    log_loss: float
    brier: float
    slope: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FitFigures:
    """The decision on a fit, and what it rests on.

    Answers count that came a study day or more after the one before. `learned_from` could not be
    guessed and came before the study day `split_day`, the `held_out` ones since then; `guessable`
    is the share of the latter that could be guessed. `used` is the score of the weights in use,
    None where these were the standard ones. `difference` is the mean log loss of the fitted weights
    less that of those in use, with the ends of its interval (95 %, bootstrap over `clusters`).
    `why` says what went wrong.
    """

    outcome: Outcome
    why: str = ""
    answers: int = 0
    learners: int = 0
    learned_from: int = 0
    held_out: int = 0
    guessable: float = 0.0
    split_day: int | None = None
    standard: Score | None = None
    used: Score | None = None
    fitted: Score | None = None
    difference: tuple[float, float, float] | None = None
    clusters: Literal["students", "days"] = "students"

    def to_document(self) -> dict[str, object]:
        """Return the figures as JSON can say them."""
        return asdict(self)


def read_figures(document: Mapping[str, object]) -> FitFigures:
    """Return the figures that `to_document` wrote; a document of something else has failed."""
    outcome = document.get("outcome")
    if not _is_outcome(outcome):
        return FitFigures(outcome="failed", why="The fitting left no figures.")
    split_day, why = document.get("split_day"), document.get("why")
    return FitFigures(
        outcome=outcome,
        why=why if isinstance(why, str) else "",
        answers=_read_count(document.get("answers")),
        learners=_read_count(document.get("learners")),
        learned_from=_read_count(document.get("learned_from")),
        held_out=_read_count(document.get("held_out")),
        guessable=_read_number(document.get("guessable")) or 0.0,
        split_day=split_day if isinstance(split_day, int) else None,
        standard=_read_score(document.get("standard")),
        used=_read_score(document.get("used")),
        fitted=_read_score(document.get("fitted")),
        difference=_read_difference(document.get("difference")),
        clusters="days" if document.get("clusters") == "days" else "students",
    )


def _is_outcome(value: object) -> TypeGuard[Outcome]:
    return value in get_args(Outcome)


def _read_count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _read_number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _read_score(value: object) -> Score | None:
    if not isinstance(value, dict):
        return None
    log_loss, brier = _read_number(value.get("log_loss")), _read_number(value.get("brier"))
    if log_loss is None or brier is None:
        return None
    return Score(log_loss=log_loss, brier=brier, slope=_read_number(value.get("slope")))


def _read_difference(value: object) -> tuple[float, float, float] | None:
    if not isinstance(value, list | tuple):
        return None
    numbers = [float(each) for each in value if isinstance(each, int | float)]
    return (numbers[0], numbers[1], numbers[2]) if len(numbers) == 3 else None  # noqa: PLR2004
