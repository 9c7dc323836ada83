"""What the figures of a report mean, in words; a verdict only where the report is sure of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from quizapp.psychometrics.bands import FEWEST, Verdict
from quizapp.psychometrics.intervals import Interval
from quizapp.services.reporting.values import Check, QuestionLine, Which
from quizapp.web.words import write_percent

WHICH: Final[dict[Which, str]] = {
    "first": "First attempt",
    "last": "Last attempt",
    "highest": "Best attempt",
    "all": "All attempts",
}
# Who publishes bands by which a figure is judged.
_PUBLISHERS = {"Open University", "Moodle", "PrairieLearn", "Lextures"}
_SERIOUS = {"wrong_key", "negative_discrimination"}
_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note on a question; `variant` is "bad" or "warn" only where the report is sure."""

    text: str
    variant: str = ""


def write_index(value: float | None) -> str:
    """Return a figure between -1 and 1 with a true minus sign: 0.46; nothing if there is none."""
    return "" if value is None else f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def write_share_range(interval: Interval | None) -> str:
    """Return an interval of shares: 46% to 75%."""
    return " to ".join(write_percent(end) for end in interval) if interval else ""


def write_index_range(interval: Interval | None) -> str:
    """Return an interval of indices: 0.12 to 0.46."""
    return " to ".join(write_index(end) for end in interval) if interval else ""


def write_seconds(seconds: float | None) -> str:
    """Return a length as people say it: 41 s, 7 min 30 s; nothing if it is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), _MINUTE)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def find_verdict(verdicts: Iterable[Verdict], statistic: str) -> Verdict | None:
    """Return the verdict of the Open University's guide on a figure, None if there is none."""
    named = (each for each in verdicts if each.source == "Open University")
    return next((each for each in named if each.statistic == statistic), None)


def say_verdict(verdicts: Iterable[Verdict], statistic: str, interval: str, n: int) -> str:
    """Return where a figure may lie, of how many attempts, and the verdict if it is sure."""
    ends = f"{interval} (95%, n = {n})" if interval else f"n = {n}"
    verdict = find_verdict(verdicts, statistic)
    if verdict is None:
        return ends
    return f"{ends} · {verdict.level if verdict.sure else 'cannot tell yet'}"


def name_source(check: Check) -> str:
    """Return whose bands a check goes by; nothing where it is a plain count."""
    return f"By the bands of {check.source}." if check.source in _PUBLISHERS else ""


def note_of(line: QuestionLine) -> NoteView:
    """Return the one note on a question that its row has room for."""
    if line.dropped:
        return NoteView(text="Dropped: counts neither way")
    if line.findings is None:
        return NoteView(text="In no attempt that counts here")
    sure = [check for check in line.checks if check.sure]
    if sure:
        return NoteView(text=sure[0].title, variant=variant_of(sure[0]))
    if line.checks:
        return NoteView(text=f"{line.checks[0].title}? Cannot tell yet")
    interval = line.findings.discrimination_interval
    known = interval is not None and interval[0] > 0 and line.findings.n >= FEWEST
    return NoteView(text="Separates" if known else "Cannot tell yet")


def variant_of(check: Check) -> str:
    """Return the colour of a check, none if it is not sure."""
    if not check.sure:
        return ""
    return "bad" if check.code in _SERIOUS else "warn"


def count_questions(checks: Sequence[Check], *, sure: bool) -> int:
    """Return how many questions have a check that is sure; or else, that have none but unsure."""
    certain = {check.question_id for check in checks if check.sure}
    return len(certain) if sure else len({check.question_id for check in checks} - certain)
