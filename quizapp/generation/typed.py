"""Questions whose answer is typed: a number, a date, the word that fills a blank."""

from dataclasses import replace
from decimal import Decimal

from quizapp.facts.folding import fold
from quizapp.facts.model import Ask
from quizapp.facts.values import Entities, EntityId, PartialDate, Period, Quantity, Words
from quizapp.generation.bounds import COUNT, give_figure
from quizapp.generation.drafts import (
    TOPIC,
    Draft,
    Refusal,
    check_ask,
    check_version,
    is_about_topic,
    is_given_away,
)
from quizapp.generation.feedback import write_feedback
from quizapp.generation.wording import (
    capitalise,
    is_bound,
    write_count,
    write_date_formats,
    write_number,
)
from quizapp.kinds.question import Question

CLOZE = "blank"
_WITHIN = Decimal("0.1")
_SHORT = 3
_SLOTS = ("{v}", "{on v}", "{in v}", "{amount}", "{figure}")


def make_numeric(draft: Draft, ask: Ask) -> Question | Refusal:
    """Return a question for a figure; the stem holds unit and hedge, and how near is near enough.

    A figure is to be given exactly, one that is itself about so many to within a tenth.
    """
    value = draft.fact.value
    refusal = _check_typed(draft, ask)
    if refusal is not None:
        return refusal
    if not isinstance(value, Quantity) or value.is_range:
        return Refusal("two figures are not typed as one")
    tolerance = _measure_tolerance(value)
    near = f", to within {write_number(tolerance)}" if tolerance else ""
    stem = draft.realiser.write_question(ask.stem + near)
    answer = draft.realiser.write_answer()
    if is_given_away(draft, (), answer, stem):
        return Refusal("the stem gives the answer away")
    return draft.build(
        stem=stem,
        answer=answer,
        accept=_list_figures(value),
        feedback=write_feedback(draft),
        unit=draft.realiser.write_clause("{whom}"),
        tolerance=f"{tolerance.normalize():f}",
    )


def make_date(draft: Draft, ask: Ask) -> Question | Refusal:
    """Return a question for a date of the grain that the source has."""
    refusal = _check_typed(draft, ask)
    if refusal is not None:
        return refusal
    if not isinstance(draft.fact.value, PartialDate):
        return Refusal("a period is not typed as a date")
    stem = draft.realiser.write_question(ask.stem)
    answer = draft.realiser.write_answer()
    if is_given_away(draft, (), answer, stem):
        return Refusal("the stem gives the answer away")
    return draft.build(
        stem=stem,
        answer=answer,
        accept=write_date_formats(draft.fact.value),
        feedback=write_feedback(draft),
    )


def make_cloze(draft: Draft) -> Question | Refusal:
    """Return the fact as a sentence with a blank for its value; unit and hedge stay outside."""
    template = _choose_template(draft)
    refusal = check_version(draft.standing) or _check_blank(draft, template)
    if refusal is None and is_about_topic(draft):
        refusal = Refusal(TOPIC)
    if refusal is not None:
        return refusal
    value = draft.fact.value
    answers: tuple[EntityId, ...] = value.ids if isinstance(value, Entities) else ()
    answer = draft.realiser.write_answer()
    if not template.startswith("{v}") and isinstance(value, Entities):
        answer = draft.realiser.write_value()
    stem = replace(draft.realiser, blank=True).write_statement(template)
    if is_given_away(draft, answers, answer, stem):
        return Refusal("the sentence gives the answer away")
    return draft.build(
        stem=stem,
        answer=answer,
        accept=_list_spellings(draft, answer),
        unit=draft.realiser.write_clause("{whom}") if isinstance(value, Quantity) else None,
        feedback=write_feedback(draft),
    )


def _choose_template(draft: Draft) -> str:
    """The sentence for the blank; none that would begin with the blank for a figure."""
    predicate = draft.standing.predicate
    if is_bound(draft.fact.value):
        return give_figure(draft)
    template = predicate.cloze or predicate.statement or ""
    counted = predicate.slot.startswith(COUNT) and "{whom}" in predicate.slot
    if counted and template.startswith("{amount}"):
        return f"{predicate.slot} {{e:was|is}} {{figure}}"
    return template


def _check_typed(draft: Draft, ask: Ask) -> Refusal | None:
    refusal = check_ask(draft, ask)
    if refusal is None and not draft.standing.proven:
        return Refusal("other versions stand beside it, so that another answer may be right")
    return refusal


def _check_blank(draft: Draft, template: str) -> Refusal | None:
    """A blank has one filling: one value, in a slot that takes one, and no phrase in free words."""
    value = draft.fact.value
    if draft.fact.predicate in draft.pack.entities[draft.fact.subject].hide:
        return Refusal(f"the subject's name gives the {draft.fact.predicate} away")
    several = isinstance(value, Entities) and len(value.ids) > 1
    worded = isinstance(value, Words) and (not _is_name(value.text) or value.lang is not None)
    ranged = isinstance(value, Period) or (isinstance(value, Quantity) and value.is_range)
    if several or worded or ranged or not any(slot in template for slot in _SLOTS):
        return Refusal("a blank would not have one filling")
    if not draft.standing.predicate.functional or draft.fact.closed is False:
        return Refusal("its list may be incomplete, so that the blank has other fillings")
    if isinstance(value, Words) or draft.standing.proven:
        return None
    return Refusal("other versions stand beside it, so that another filling may be right")


def _is_name(text: str) -> bool:
    """Whether the words are one name, which has one filling: no phrase, no title, no two names."""
    words = [word for word in text.split() if len(word) > _SHORT or word == text]
    named = text[:1].isupper() and " and " not in text
    return bool(words) and named and all(word[:1].isupper() for word in words)


def _measure_tolerance(value: Quantity) -> Decimal:
    """How far off still counts: nothing, or a tenth of a figure that is only about so many."""
    if value.comparison != "~":
        return Decimal(0)
    return max(Decimal(1), (value.low * _WITHIN).to_integral_value())


def _list_figures(value: Quantity) -> tuple[str, ...]:
    """The figure in words if it is small, and in digits alone, with and without separators."""
    texts = (write_count(value.low), f"{value.low.normalize():,f}", f"{value.low.normalize():f}")
    return tuple(dict.fromkeys(text for text in texts if text != write_number(value.low)))


def _list_spellings(draft: Draft, answer: str) -> tuple[str, ...]:
    """The other ways to write the answer that are right, too."""
    value = draft.fact.value
    if isinstance(value, PartialDate):
        return write_date_formats(value)
    if isinstance(value, Quantity):
        return _list_figures(value)
    if not isinstance(value, Entities):
        return ()
    entity = draft.pack.entities[value.ids[0]]
    same = [text for one in entity.same_as for text in draft.pack.entities[one].spellings]
    texts = [capitalise(text) for text in (*entity.spellings, *same)]
    others: dict[str, str] = {}
    for text in texts:
        others.setdefault(fold(text), text)
    return tuple(text for key, text in others.items() if key != fold(answer))
