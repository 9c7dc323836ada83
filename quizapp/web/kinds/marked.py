"""An answer of each kind after marking: what was given, what was right, and part by part.

What may be told is a set of switches, as an assignment has them; a review tells everything.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from quizapp.attempts.switches import SWITCHES, Switch
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.matching import OPEN, list_matches
from quizapp.kinds.ordering import list_items
from quizapp.kinds.question import FactKey, KindName, Question
from quizapp.kinds.registry import get_kind
from quizapp.kinds.writing import write_given, write_key
from quizapp.web.kinds.controls import list_choices

State = Literal["right", "missed", "wrong", "given", "other"]
EVERYTHING: frozenset[Switch] = frozenset(SWITCHES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a marked answer.

    `lead` is what the line answers to; `tag` says in words what `state` says by border and colour;
    `key` is the right answer where the line itself holds another.
    """

    text: str
    state: State
    number: int | None = None
    lead: str = ""
    tag: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a wrong option is wrong, or what its author says of one that was chosen."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedView:
    """A marked answer; `caption` heads its rows, `note` sums up how the parts were marked.

    `spellings` are those that are taken, where the answer was right but spelled otherwise;
    `remarks` what the author says of the options that were chosen.
    """

    kind: KindName
    rows: tuple[Row, ...]
    caption: str = ""
    note: str = ""
    spellings: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    remarks: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What such a view is made of."""

    question: Question
    response: Response
    order: Sequence[int]
    mark: Mark
    shown: AbstractSet[Switch]

    def tells(self, switch: Switch) -> bool:
        """Whether this may be told."""
        return switch in self.shown


def show_marked(
    question: Question,
    response: Response,
    order: Sequence[int],
    *,
    shown: AbstractSet[Switch] = EVERYTHING,
) -> MarkedView:
    """Return a marked answer; `order` are the positions of the options as they were shown."""
    mark = get_kind(question.kind).mark(question, response)
    marked = Marked(question=question, response=response, order=order, mark=mark, shown=shown)
    return _MAKERS[question.kind](marked)


def name_part(question: Question, fact: FactKey) -> str:
    """Return the text of the part that asks for one of a question's several facts; "" if none.

    The facts of a question stand in the order of its pairs, of its right order, or of its right
    options, if there are as many.
    """
    parts: Mapping[KindName, list[str]] = {
        "select_all": [option.text for option in question.options if option.correct],
        "matching": [prompt for prompt, _ in question.pairs or ()],
        "ordering": list(question.order or ()),
    }
    texts = parts.get(question.kind, [])
    several = len(question.facts) > 1 and len(texts) == len(question.facts)
    return texts[question.facts.index(fact)] if several else ""


def _mark_card(marked: Marked) -> MarkedView:
    row = Row(text=marked.question.answer, state="right")
    return MarkedView(
        kind=marked.question.kind, rows=(row,) if marked.tells("right_answer") else ()
    )


def _mark_options(marked: Marked) -> MarkedView:
    question = marked.question
    chosen = marked.response.text.split() if marked.response.given else []
    rows = tuple(
        _mark_option(marked, number, text, value in chosen, value in _list_keys(question))
        for number, (value, text) in enumerate(list_choices(question, marked.order), 1)
    )
    several = question.kind == "select_all" and marked.response.given
    return MarkedView(
        kind=question.kind,
        rows=rows,
        note=_count_ticks(question, chosen) if several and marked.tells("right_answer") else "",
        reasons=_list_reasons(marked),
        remarks=_list_remarks(marked, chosen),
    )


def _list_remarks(marked: Marked, chosen: Sequence[str]) -> tuple[Reason, ...]:
    if not (marked.tells("correctness") and marked.tells("specific")):
        return ()
    options = [
        option
        for place, option in enumerate(marked.question.options)
        if str(place) in chosen and option.feedback
    ]
    return tuple(Reason(text=one.text, why=one.feedback or "") for one in options)


def _list_keys(question: Question) -> list[str]:
    if question.kind == "true_false":
        return [question.answer]
    return [str(place) for place, option in enumerate(question.options) if option.correct]


def _mark_option(marked: Marked, number: int, text: str, chosen: bool, correct: bool) -> Row:
    several = marked.question.kind == "select_all"
    yours = "Ticked" if several else "Your answer"
    state: State = "other"
    tag = ""
    if chosen:
        state, tag = "given", yours
    if chosen and marked.tells("correctness"):
        state = "right" if correct else "wrong"
        tag = f"{yours}, correct" if correct else f"{yours}, not correct" if several else yours
    elif correct and marked.tells("right_answer"):
        state, tag = "right", "Correct answer"
        if several and marked.response.given:
            state, tag = "missed", "Correct, not ticked"
    return Row(number=number, text=text, state=state, tag=tag)


def _count_ticks(question: Question, chosen: Sequence[str]) -> str:
    keys = _list_keys(question)
    hits = sum(value in keys for value in chosen)
    wrong = len(chosen) - hits
    also = f", and {wrong} that {'is' if wrong == 1 else 'are'} not correct" if wrong else ""
    return f"You ticked {hits} of {len(keys)} correct answers{also}."


def _list_reasons(marked: Marked) -> tuple[Reason, ...]:
    if not (marked.tells("right_answer") and marked.tells("specific")):
        return ()
    texts = {str(place): option for place, option in enumerate(marked.question.options)}
    shown = [texts[str(place)] for place in marked.order if str(place) in texts]
    if marked.question.kind == "matching":
        shown = list(marked.question.options)
    return tuple(
        Reason(text=option.text, why=option.feedback or option.refuted_by or "")
        for option in shown
        if (option.feedback or option.refuted_by) and not option.correct
    )


def _mark_typed(marked: Marked) -> MarkedView:
    question, response, right = marked.question, marked.response, marked.mark.right
    rows = []
    if response.given:
        state: State = "right" if right else "wrong"
        tag = "Your answer, correct" if right else "Your answer"
        if not marked.tells("correctness"):
            state, tag = "given", "Your answer"
        rows.append(Row(text=write_given(question, response), state=state, tag=tag))
    if marked.tells("right_answer") and not right:
        rows.append(Row(text=write_key(question), state="right", tag="Correct answer"))
    otherwise = question.kind == "cloze" and right and response.text != question.answer
    spellings = (question.answer, *question.accept)
    return MarkedView(
        kind=question.kind,
        rows=tuple(rows),
        spellings=spellings if otherwise and marked.tells("right_answer") else (),
    )


def _mark_items(marked: Marked) -> MarkedView:
    question, items = marked.question, list_items(marked.question)
    given = [items[int(each)] for each in marked.response.text.split()]
    right = question.order or ()
    tells = marked.tells("correctness") and marked.tells("right_answer")
    if not marked.tells("right_answer"):
        rows = [Row(number=place, text=text, state="given") for place, text in enumerate(given, 1)]
        caption = "Your order" if given else ""
    else:
        rows = [_mark_item(marked, place, text, given) for place, text in enumerate(right, 1)]
        caption = "The right order"
    kept = round(marked.mark.fraction * (len(right) - 1))
    note = f"In your order {kept} of {len(right) - 1} neighbouring pairs are right."
    return MarkedView(
        kind=question.kind,
        rows=tuple(rows),
        caption=caption,
        note=note if given and tells and not marked.mark.right else "",
    )


def _mark_item(marked: Marked, place: int, text: str, given: Sequence[str]) -> Row:
    if not given:
        return Row(number=place, text=text, state="right")
    yours = given.index(text) + 1
    if not marked.tells("correctness"):
        return Row(number=place, text=text, state="given", tag=f"Your place: {yours}")
    if yours == place:
        return Row(number=place, text=text, state="right", tag="Your place, correct")
    return Row(number=place, text=text, state="wrong", tag=f"Your place: {yours}")


def _mark_prompts(marked: Marked) -> MarkedView:
    pairs, matches = marked.question.pairs or (), list_matches(marked.question)
    chosen = marked.response.text.split() if marked.response.given else [OPEN] * len(pairs)
    rows = tuple(
        _mark_prompt(marked, prompt, key, "" if number == OPEN else matches[int(number)])
        for (prompt, key), number in zip(pairs, chosen, strict=True)
    )
    hits = sum(marked.mark.parts)
    tells = marked.response.given and marked.tells("correctness")
    return MarkedView(
        kind=marked.question.kind,
        rows=rows,
        note=f"You matched {hits:.0f} of {len(pairs)} correctly." if tells else "",
        reasons=_list_reasons(marked),
    )


def _mark_prompt(marked: Marked, prompt: str, key: str, given: str) -> Row:
    answer = key if marked.tells("right_answer") else ""
    if not given:
        return _mark_open(marked, prompt, answer)
    if not marked.tells("correctness"):
        return Row(lead=prompt, text=given, state="given", tag="Your answer", key=answer)
    if given == key:
        return Row(lead=prompt, text=given, state="right", tag="Your answer, correct")
    return Row(lead=prompt, text=given, state="wrong", tag="Your answer", key=answer)


def _mark_open(marked: Marked, prompt: str, answer: str) -> Row:
    if not answer:
        return Row(lead=prompt, text="", state="other", tag="No answer")
    if marked.response.given:
        return Row(lead=prompt, text=answer, state="missed", tag="Correct, not matched")
    return Row(lead=prompt, text=answer, state="right", tag="Correct answer")


_MAKERS: Mapping[KindName, Callable[[Marked], MarkedView]] = MappingProxyType(
    {
        "choice": _mark_options,
        "select_all": _mark_options,
        "true_false": _mark_options,
        "cloze": _mark_typed,
        "numeric": _mark_typed,
        "date": _mark_typed,
        "ordering": _mark_items,
        "matching": _mark_prompts,
        "flashcard": _mark_card,
    }
)
