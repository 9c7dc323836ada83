"""What is right, read from the fields of the editor: each kind of question has its own way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from quizapp.facts.folding import fold, fold_space
from quizapp.kinds.cloze import BLANK
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.question import KindName, Option, Question
from quizapp.kinds.true_false import ANSWERS
from quizapp.services.authoring.sheets import Row, Sheet

Complain = Callable[[str, str], None]
_FEWEST = 2
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What is right of a question, what stands beside it, and how likely a guess is right."""

    options: tuple[Option, ...] = ()
    answer: str = ""
    accept: tuple[str, ...] = ()
    tolerance: str | None = None
    pairs: tuple[tuple[str, str], ...] | None = None
    order: tuple[str, ...] | None = None
    guess: float = 0.0

    def list_parts(self, kind: KindName) -> list[str]:
        """Return the texts of the parts that may each ask for a fact of its own."""
        return _list_parts(kind, self.options, self.pairs, self.order)


def list_parts(question: Question) -> list[str]:
    """Return the same of a question: its prompts, its items, or its right options."""
    return _list_parts(question.kind, question.options, question.pairs, question.order)


def _list_parts(
    kind: KindName,
    options: Sequence[Option],
    pairs: Sequence[tuple[str, str]] | None,
    order: Sequence[str] | None,
) -> list[str]:
    if kind == "select_all":
        return [option.text for option in options if option.correct]
    return [prompt for prompt, _ in pairs or ()] or list(order or ())


def read_key(sheet: Sheet, former: Question | None, complain: Complain) -> Key:
    """Read what is right; what is wrong goes to `complain` as a field and a text."""
    return _READERS[sheet.kind](sheet, former, complain)


def _list_given(sheet: Sheet) -> list[tuple[int, Row]]:
    """The rows that say something, each with its place."""
    return [
        (place, row)
        for place, row in enumerate(sheet.rows)
        if row.text.strip() or row.match.strip() or row.feedback.strip()
    ]


def _check_texts(rows: Sequence[tuple[int, str]], name: str, what: str, complain: Complain) -> None:
    """Each row needs a text, and one of its own."""
    seen: set[str] = set()
    for place, text in rows:
        if not text:
            complain(f"rows-{place}-{name}", f"Write {what}, or remove the row.")
        elif fold(text) in seen:
            complain(f"rows-{place}-{name}", f"Another row says the same: {text}.")
        seen.add(fold(text))


def _read_options(sheet: Sheet, former: Question | None, complain: Complain) -> tuple[Option, ...]:
    rows = _list_given(sheet)
    _check_texts([(at, fold_space(row.text)) for at, row in rows], "text", "the option", complain)
    if len(rows) < _FEWEST:
        complain("rows", "Offer at least two options.")
    known = {} if former is None else {one.text: one.refuted_by for one in former.options}
    return tuple(
        Option(
            text=fold_space(row.text),
            correct=row.right,
            refuted_by=None if row.right else known.get(fold_space(row.text)),
            feedback=row.feedback.strip() or None,
        )
        for _, row in rows
    )


def _read_choice(sheet: Sheet, former: Question | None, complain: Complain) -> Key:
    options = _read_options(sheet, former, complain)
    right = [option.text for option in options if option.correct]
    if len(right) != 1:
        complain("rows", "Choose the one option that is right.")
    answer = right[0] if right else ""
    return Key(options=options, answer=answer, guess=1 / max(len(options), 1))


def _read_several(sheet: Sheet, former: Question | None, complain: Complain) -> Key:
    """A guess is one of all ways to tick; of a single fact, which has its own option, a half."""
    options = _read_options(sheet, former, complain)
    right = [option.text for option in options if option.correct]
    if not right:
        complain("rows", "Tick every option that is right.")
    parted = former is not None and len(former.facts) == len(right) > 1
    guess = _HALF if parted else _HALF ** len(options)
    return Key(options=options, answer="; ".join(right), guess=guess)


def _read_truth(sheet: Sheet, _former: Question | None, complain: Complain) -> Key:
    if sheet.answer not in ANSWERS:
        complain("answer", "Say whether the statement is true or false.")
    return Key(answer=sheet.answer, guess=_HALF)


def _read_blank(sheet: Sheet, _former: Question | None, complain: Complain) -> Key:
    if sheet.stem.strip().partition("\n\n")[0].count(BLANK) != 1 or sheet.stem.count(BLANK) != 1:
        complain("stem", f"Put one blank, {BLANK} (five underscores), into the first paragraph.")
    return _read_card(sheet, _former, complain)


def _read_card(sheet: Sheet, _former: Question | None, complain: Complain) -> Key:
    answer = fold_space(sheet.answer)
    if not answer:
        complain("answer", "Write the right answer.")
    lines = (fold_space(line) for line in sheet.accept.splitlines())
    accept = dict.fromkeys(line for line in lines if line and line != answer)
    return Key(answer=answer, accept=tuple(accept))


def _read_number(sheet: Sheet, former: Question | None, complain: Complain) -> Key:
    answer = fold_space(sheet.answer)
    if parse_number(answer) is None:
        complain("answer", "Write a number, such as 1,500 or 2 million; its unit stands beside it.")
    return Key(
        answer=answer,
        accept=_keep_accept(answer, former),
        tolerance=_read_tolerance(sheet.tolerance, complain),
    )


def _read_tolerance(text: str, complain: Complain) -> str:
    plain = fold_space(text).replace(",", "")
    try:
        found = Decimal(plain or 0)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0 or len(plain) > 30:  # noqa: PLR2004 - no such figure
        complain("tolerance", "Give a number from 0 up: how far off still counts as right.")
        return "0"
    return f"{found.normalize():f}"


def _read_date(sheet: Sheet, former: Question | None, complain: Complain) -> Key:
    answer = fold_space(sheet.answer)
    found = parse_dates(answer)
    if not found:
        complain("answer", "Write a date, such as 2 March 2017, March 2017 or 2017.")
    elif len(found) > 1:
        complain("answer", "This may mean two days; write the month as a word.")
    return Key(answer=answer, accept=_keep_accept(answer, former))


def _keep_accept(answer: str, former: Question | None) -> tuple[str, ...]:
    return former.accept if former is not None and former.answer == answer else ()


def _read_order(sheet: Sheet, _former: Question | None, complain: Complain) -> Key:
    rows = [(place, fold_space(row.text)) for place, row in _list_given(sheet)]
    _check_texts(rows, "text", "the item", complain)
    if len(rows) < _FEWEST:
        complain("rows", "Give at least two items, in the right order.")
    order = tuple(text for _, text in rows)
    return Key(answer="; ".join(order), order=order)


def _read_pairs(sheet: Sheet, former: Question | None, complain: Complain) -> Key:
    """A row without a prompt is a match that goes with nothing."""
    rows = _list_given(sheet)
    prompts = [(place, fold_space(row.text)) for place, row in rows if row.text.strip()]
    matches = [(place, fold_space(row.match)) for place, row in rows]
    _check_texts(prompts, "text", "the prompt", complain)
    _check_texts(matches, "match", "the match", complain)
    if len(prompts) < _FEWEST:
        complain("rows", "Give at least two prompts with their matches.")
    known = {} if former is None else {one.text: one.refuted_by for one in former.options}
    pairs = tuple(
        (fold_space(row.text), fold_space(row.match)) for _, row in rows if row.text.strip()
    )
    left = tuple(
        Option(
            text=fold_space(row.match),
            correct=False,
            refuted_by=known.get(fold_space(row.match)),
            feedback=row.feedback.strip() or None,
        )
        for _, row in rows
        if not row.text.strip()
    )
    answer = "; ".join(f"{prompt}: {match}" for prompt, match in pairs)
    return Key(options=left, answer=answer, pairs=pairs, guess=1 / max(len(matches), 1))


_READERS: Mapping[KindName, Callable[[Sheet, Question | None, Complain], Key]] = MappingProxyType(
    {
        "choice": _read_choice,
        "select_all": _read_several,
        "true_false": _read_truth,
        "cloze": _read_blank,
        "numeric": _read_number,
        "date": _read_date,
        "ordering": _read_order,
        "matching": _read_pairs,
        "flashcard": _read_card,
    }
)
