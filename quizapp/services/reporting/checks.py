"""What to look at in a question, in plain words, and how sure that is.

A figure is only a warning if a band's verdict on it is sure: from ten attempts on, with the whole
95 % interval in the band. Where it is not, the words say so, and what small classes would raise by
chance alone is not said at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quizapp.psychometrics import bands
from quizapp.psychometrics.bands import FEWEST, Verdict, doubt
from quizapp.psychometrics.findings import ItemFindings, OptionFindings
from quizapp.services.reporting.values import Check, CheckCode

TITLES: Final[dict[CheckCode, str]] = {
    "wrong_key": "Possible wrong key",
    "negative_discrimination": "Better students do worse",
    "too_hard": "Too hard",
    "too_easy": "Too easy",
    "weak_discrimination": "Tells students hardly apart",
    "unused_distractor": "Unused option",
    "many_blank": "Often left blank",
}
"""The codes in the order of their weight."""
# From this share on, blanks are worth a word.
MANY_BLANK: Final = 0.25
_OWN = "quizapp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A check before it is told of which question."""

    code: CheckCode
    text: str
    sure: bool
    source: str


def check_item(found: ItemFindings) -> tuple[Finding, ...]:
    """Return what to look at in a question, the weightiest first."""
    if not found.n:
        return ()
    listed = tuple(_list_findings(found))
    order = list(TITLES)
    return tuple(sorted(listed, key=lambda each: order.index(each.code)))


def sort_checks(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Return the checks of many questions: what is sure first, then by weight and number."""
    order = list(TITLES)
    return tuple(
        sorted(checks, key=lambda each: (not each.sure, order.index(each.code), each.number))
    )


def _list_findings(found: ItemFindings) -> Iterator[Finding]:
    wrong_key = _check_key(found)
    if wrong_key is not None:
        yield wrong_key
    else:
        yield from _check_discrimination(found)
    yield from _check_facility(found)
    yield from _check_options(found)
    yield from _check_blank(found)


def _check_key(found: ItemFindings) -> Finding | None:
    """A wrong option that more of the best chose than the key."""
    keys = [each for each in found.options if each.role == "key"]
    if len(keys) != 1 or keys[0].top is None:
        return None
    rivals = [each for each in found.options if each.role == "distractor" and each.suspect]
    rival = max(rivals, key=lambda each: each.top or 0.0, default=None)
    if rival is None or rival.verdict is None or (rival.top or 0.0) <= keys[0].top:
        return None
    text = (
        f"Strong students chose “{rival.option}” more often than the key “{keys[0].option}”:"
        f" {_percent(rival.top)} of the top third against {_percent(keys[0].top)}."
        " Check the key, the wording and the source."
    )
    return _make("wrong_key", text, rival.verdict)


def _check_discrimination(found: ItemFindings) -> Iterator[Finding]:
    r = found.discrimination
    if r is None:
        return
    verdict = _find(found, bands.DISCRIMINATION)
    if verdict is not None and r < 0:
        text = (
            "The better students did on the other questions, the less they earned here"
            f" (r = {r:.2f}, n = {found.n}). Check the key and the wording."
        )
        yield _make("negative_discrimination", text, verdict)
        return
    weak = _find(found, bands.LEXTURES_DISCRIMINATION)
    easy = (found.facility or 0.0) > bands.PRAIRIELEARN_EASY
    if weak is not None and weak.sure and weak.level.startswith("low") and not easy:
        text = (
            f"Who did well on the other questions did hardly better here (r = {r:.2f},"
            f" n = {found.n})."
        )
        yield _make("weak_discrimination", text, weak)


def _check_facility(found: ItemFindings) -> Iterator[Finding]:
    verdict = _find(found, bands.LEXTURES_FACILITY)
    if verdict is None or found.facility is None:
        return
    earned = f"Students earned {_percent(found.facility)} of its marks on average (n = {found.n})"
    if verdict.level.startswith("too hard"):
        text = f"{earned}, which is too hard to tell most of them apart. Check key and wording."
        yield _make("too_hard", text, verdict)
    elif verdict.level.startswith("over"):
        text = f"{earned}, so it says little about who knows the material."
        yield _make("too_easy", text, verdict)


def _check_options(found: ItemFindings) -> Iterator[Finding]:
    unused = [each for each in found.options if each.role == "distractor" and not each.count]
    if unused:
        text = f"Nobody of {found.n} chose {_join(unused)}, so it does not draw those who guess."
        yield _state("unused_distractor", text, found.n)


def _check_blank(found: ItemFindings) -> Iterator[Finding]:
    if found.blank / found.n >= MANY_BLANK:
        text = f"{found.blank} of {found.n} left it without an answer. Was there time enough?"
        yield _state("many_blank", text, found.n)


def _find(found: ItemFindings, scale: bands.Scale) -> Verdict | None:
    named = (scale.statistic, scale.source)
    return next((each for each in found.bands if (each.statistic, each.source) == named), None)


def _make(code: CheckCode, text: str, verdict: Verdict) -> Finding:
    words = text if verdict.sure else _add_doubt(text, verdict.text)
    return Finding(code=code, text=words, sure=verdict.sure, source=verdict.source)


def _state(code: CheckCode, text: str, n: int) -> Finding:
    """A count, which is what it is; of few attempts it says nothing of others."""
    sure = n >= FEWEST
    words = text if sure else _add_doubt(text, doubt(n))
    return Finding(code=code, text=words, sure=sure, source=_OWN)


def _add_doubt(text: str, words: str) -> str:
    return f"{text} {words[0].upper()}{words[1:]}."


def _join(options: Sequence[OptionFindings]) -> str:
    return " or ".join(f"“{each.option}”" for each in options)


def _percent(share: float | None) -> str:
    return f"{share or 0.0:.0%}"
