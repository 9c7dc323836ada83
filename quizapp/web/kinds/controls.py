"""The fields in which a question of each kind is answered.

Nothing here depends on the key: what is shown comes from the stem, the texts of the options, and
an order that is handed in. Of a date the grain alone is told, which the stem asks for anyway.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from markupsafe import Markup

from quizapp.kinds.dates import describe_grain, parse_dates
from quizapp.kinds.matching import list_matches
from quizapp.kinds.ordering import list_items
from quizapp.kinds.question import KindName, Question
from quizapp.kinds.true_false import ANSWERS
from quizapp.web.kinds.given import Given
from quizapp.web.kinds.stems import NOTHING, Stem, show_stem

InputMode = Literal["text", "decimal"]
_NUMBER_HINT = "In digits or in words, for example 1,500, 2 million or twelve."
_DATE_HINT = "Give {grain}, for example {example}."
_EXAMPLES = MappingProxyType(
    {
        "the day, month and year": "31 December 1999 or 31/12/1999",
        "the month and year": "December 1999 or 12/1999",
        "the year alone": "1999",
    }
)
_ORDER_HINT = "Give each item its place. The first place is 1."
_MATCH_HINT = "Each match can be used once, and some may be left over."


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What every kind's fields have.

    `level` is that of the heading which holds the stem; names and ids of fields begin with
    `prefix`, so that several questions may stand in one form; `target` is the id of the field to
    go to when something is wrong.
    """

    kind: KindName
    stem: Stem
    level: int
    prefix: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """An option to choose; `position` is the value it sends."""

    number: int
    id: str
    position: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceControl(Control):
    """Options to choose one of, or several, under one name."""

    name: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedControl(Control):
    """A text field; for a cloze it stands between `before` and `after`, the parts of the stem."""

    name: str
    value: str
    before: Markup = NOTHING
    after: Markup = NOTHING
    hint: str = ""
    unit: str = ""
    mode: InputMode = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An item to be placed, or a prompt to be matched, with the list to choose from."""

    id: str
    name: str
    text: str
    chosen: str
    wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An entry of such a list."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesControl(Control):
    """Lines, each with a list of the same entries."""

    hint: str
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a control is made of; `refused` tells that what is given could not be taken."""

    question: Question
    order: Sequence[int]
    given: Given
    prefix: str
    level: int
    refused: bool


AnyControl: TypeAlias = ChoiceControl | TypedControl | LinesControl | Control


def show_control(
    question: Question,
    order: Sequence[int],
    *,
    given: Given,
    prefix: str = "",
    level: int = 1,
    refused: bool = False,
) -> AnyControl:
    """Return the fields of a question, with what is given standing in them.

    `order` are the positions of the options or items as its kind's `order` returned them; `refused`
    marks the lines that are the reason why the kind's `parse` did not take what is given.
    """
    make = _MAKERS[question.kind]
    return make(
        Asked(
            question=question,
            order=order,
            given=given,
            prefix=prefix,
            level=level,
            refused=refused,
        )
    )


def list_choices(question: Question, order: Sequence[int]) -> list[tuple[str, str]]:
    """Return value and text of the options to choose from, as they are shown."""
    if question.kind == "true_false":
        return [(value, value.capitalize()) for value in ANSWERS]
    return [(str(position), question.options[position].text) for position in order]


def _show_card(asked: Asked) -> Control:
    return Control(
        kind=asked.question.kind,
        stem=show_stem(asked.question),
        level=asked.level,
        prefix=asked.prefix,
        target="",
    )


def _show_options(asked: Asked) -> ChoiceControl:
    question, prefix = asked.question, asked.prefix
    chosen = asked.given.getlist("answer")
    return ChoiceControl(
        kind=question.kind,
        stem=show_stem(question),
        level=asked.level,
        prefix=prefix,
        target=f"{prefix}option-1",
        name=f"{prefix}answer",
        options=tuple(
            OptionView(
                number=number,
                id=f"{prefix}option-{number}",
                position=value,
                text=text,
                chosen=value in chosen,
            )
            for number, (value, text) in enumerate(list_choices(question, asked.order), 1)
        ),
    )


def _show_field(
    asked: Asked, *, hint: str = "", unit: str = "", mode: InputMode = "text"
) -> TypedControl:
    question, prefix = asked.question, asked.prefix
    stem = show_stem(question)
    before, after = stem.around
    return TypedControl(
        kind=question.kind,
        stem=stem,
        level=asked.level,
        prefix=prefix,
        target=f"{prefix}answer",
        name=f"{prefix}answer",
        value=asked.given.get("answer"),
        before=before,
        after=after,
        hint=hint,
        unit=unit,
        mode=mode,
    )


def _show_number(asked: Asked) -> TypedControl:
    return _show_field(asked, hint=_NUMBER_HINT, unit=asked.question.unit or "", mode="decimal")


def _show_date(asked: Asked) -> TypedControl:
    grain = describe_grain(parse_dates(asked.question.answer)[0].grain)
    return _show_field(asked, hint=_DATE_HINT.format(grain=grain, example=_EXAMPLES[grain]))


def _show_items(asked: Asked) -> LinesControl:
    items = list_items(asked.question)
    places = tuple(str(place) for place in range(1, len(items) + 1))
    rows = [(f"place_{number}", items[number]) for number in asked.order]
    given = [asked.given.get(name).strip() for name, _ in rows]
    wrong = [each not in places or given.count(each) > 1 for each in given]
    choices = tuple(Choice(value=place, text=place) for place in places)
    return _show_lines(asked, rows, wrong, choices, _ORDER_HINT)


def _show_prompts(asked: Asked) -> LinesControl:
    prompts = [text for text, _ in asked.question.pairs or ()]
    rows = [(f"match_{number}", text) for number, text in enumerate(prompts)]
    matches = list_matches(asked.question)
    choices = tuple(Choice(value=str(each), text=matches[each]) for each in asked.order)
    given = [asked.given.get(name).strip() for name, _ in rows]
    wrong = [bool(each) and given.count(each) > 1 for each in given]
    return _show_lines(asked, rows, wrong, choices, _MATCH_HINT)


def _show_lines(
    asked: Asked,
    rows: Sequence[tuple[str, str]],
    wrong: Sequence[bool],
    choices: tuple[Choice, ...],
    hint: str,
) -> LinesControl:
    lines = tuple(
        Line(
            id=f"{asked.prefix}{name}",
            name=f"{asked.prefix}{name}",
            text=text,
            chosen=asked.given.get(name).strip(),
            wrong=asked.refused and is_wrong,
        )
        for (name, text), is_wrong in zip(rows, wrong, strict=True)
    )
    return LinesControl(
        kind=asked.question.kind,
        stem=show_stem(asked.question),
        level=asked.level,
        prefix=asked.prefix,
        target=next((line.id for line in lines if line.wrong), lines[0].id),
        hint=hint,
        lines=lines,
        choices=choices,
    )


_MAKERS: Mapping[KindName, Callable[[Asked], AnyControl]] = MappingProxyType(
    {
        "choice": _show_options,
        "select_all": _show_options,
        "true_false": _show_options,
        "cloze": _show_field,
        "numeric": _show_number,
        "date": _show_date,
        "ordering": _show_items,
        "matching": _show_prompts,
        "flashcard": _show_card,
    }
)
