"""A question as it stands in its editor: texts in fields, whether they make a question or not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType

from quizapp.kinds.question import KindName
from quizapp.kinds.registry import KINDS

MOST_ROWS = 12
_FEWEST_ROWS = 2
# How many rows a new question of a kind begins with; the others have none.
_BEGIN: Mapping[str, int] = MappingProxyType(
    {"choice": 4, "select_all": 5, "ordering": 4, "matching": 4}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the editor: an option, an item to be ordered, or a prompt (`text`) and its match."""

    text: str = ""
    match: str = ""
    right: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The fields of the editor as they were typed.

    `accept` and `said` hold one entry a line, `tags` are parted by commas. `place` is the paragraph
    that the quote stands in, as `2:Section`; empty, the quote is the author's own.
    """

    kind: KindName
    stem: str = ""
    answer: str = ""
    accept: str = ""
    unit: str = ""
    tolerance: str = ""
    feedback: str = ""
    place: str = ""
    quote: str = ""
    hedge: str = ""
    said: str = ""
    as_of: str = ""
    tags: str = ""
    importance: str = "2"
    difficulty: str = ""
    rows: tuple[Row, ...] = ()


TEXTS = (
    *("stem", "answer", "accept", "unit", "tolerance", "feedback", "place", "quote"),
    *("hedge", "said", "as_of", "tags", "importance", "difficulty"),
)


def begin_sheet(kind: KindName) -> Sheet:
    """Return the sheet of a new question."""
    return Sheet(kind=kind, rows=(Row(),) * _BEGIN.get(kind, 0))


def sheet_to_dict(sheet: Sheet) -> dict[str, object]:
    """Return the sheet as a JSON object."""
    return {**asdict(sheet), "rows": [asdict(row) for row in sheet.rows]}


def sheet_from_dict(entry: Mapping[str, object]) -> Sheet | None:
    """Return the sheet of such an object; None if it is none that this program can read."""
    kind = next((known for known in KINDS if known == entry.get("kind")), None)
    rows = entry.get("rows")
    if kind is None or not isinstance(rows, list):
        return None
    read = tuple(_read_row(row) for row in rows if isinstance(row, Mapping))
    texts = {name: str(entry.get(name, "")) for name in TEXTS}
    return Sheet(kind=kind, rows=read, **texts)


def change_rows(sheet: Sheet, act: str) -> tuple[Sheet, int]:
    """Add a row, or move or remove one: "add", "up-2", "down-2", "remove-2".

    Returns the sheet and the row to go on with; what cannot be done changes nothing.
    """
    verb, _, digits = act.partition("-")
    place = int(digits) if digits.isdecimal() else len(sheet.rows) - 1
    change = _CHANGES.get(verb)
    if change is None or not (0 <= place < len(sheet.rows) or verb == "add"):
        return sheet, -1
    rows, to = change(sheet.rows, place)
    return replace(sheet, rows=tuple(rows)), to


def _read_row(entry: Mapping[object, object]) -> Row:
    return Row(
        text=str(entry.get("text", "")),
        match=str(entry.get("match", "")),
        right=entry.get("right") is True,
        feedback=str(entry.get("feedback", "")),
    )


def _add(rows: Sequence[Row], _place: int) -> tuple[Sequence[Row], int]:
    if len(rows) >= MOST_ROWS:
        return rows, len(rows) - 1
    return (*rows, Row()), len(rows)


def _remove(rows: Sequence[Row], place: int) -> tuple[Sequence[Row], int]:
    if len(rows) <= _FEWEST_ROWS:
        return rows, place
    left = [*rows[:place], *rows[place + 1 :]]
    return left, min(place, len(left) - 1)


def _swap(rows: Sequence[Row], one: int, other: int) -> tuple[Sequence[Row], int]:
    if not 0 <= other < len(rows):
        return rows, one
    swapped = list(rows)
    swapped[one], swapped[other] = rows[other], rows[one]
    return swapped, other


_CHANGES: Mapping[str, Callable[[Sequence[Row], int], tuple[Sequence[Row], int]]] = (
    MappingProxyType(
        {
            "add": _add,
            "remove": _remove,
            "up": lambda rows, place: _swap(rows, place, place - 1),
            "down": lambda rows, place: _swap(rows, place, place + 1),
        }
    )
)
