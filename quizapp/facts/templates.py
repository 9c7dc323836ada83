"""The language of the sentence templates that belong to predicates.

A template is text with slots in braces. A slot names what stands there: `{s}` the subject, `{v}`
the value, `{on v}` a date with its preposition, `{be s}` the verb in the number of the subject and
the time of the fact, and so on; `{s:it|they}` picks a form, `{s:runs|run|ran}` one for the past
too. What each slot becomes is the business
of generation/realiser.py; here a template is only taken apart and checked, so that a faulty one is
reported where it stands in the pack.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

SLOTS = (
    "s",
    "s's",
    "s.long",
    "v",
    "v's",
    "on v",
    "in v",
    "in which v",
    "which s",
    "which v",
    "noun s",
    "noun v",
    "when",
    "amount",
    "figure",
    "howmany",
    "whom",
    "of",
    "lang",
    "said",
    "be s",
    "be v",
    "do s",
    "do said",
    "have s",
    "have v",
)
"""The slots that become words of the fact."""

AGREEMENTS = ("s", "v", "said", "t", "e")
"""What a choice of forms may agree with: the number of the subject, of the value or of the
claimants, t = present or dated, e = event or anything else."""

_SLOT = re.compile(r"\{([^{}]*)\}")
_FORMS = (2, 3)


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a template: a name of `SLOTS`, or one of `AGREEMENTS` with its forms."""

    name: str
    forms: tuple[str, ...] = ()


@lru_cache(maxsize=2048)
def split_template(template: str) -> tuple[str | Slot, ...]:
    """Return the template as literal text and slots, in order."""
    pieces: list[str | Slot] = []
    for position, piece in enumerate(_SLOT.split(template)):
        if position % 2 == 0:
            pieces.append(piece)
        else:
            name, _, forms = piece.partition(":")
            pieces.append(Slot(name, tuple(forms.split("|")) if forms else ()))
    return tuple(pieces)


def find_template_fault(template: str) -> str | None:
    """Return what is wrong with the template and the remedy, or None."""
    for piece in split_template(template):
        if isinstance(piece, Slot):
            fault = _find_slot_fault(piece)
        else:
            fault = "a brace without its partner" if set(piece) & set("{}") else None
        if fault is not None:
            return fault
    return None


def _find_slot_fault(slot: Slot) -> str | None:
    if slot.forms:
        if slot.name in AGREEMENTS and len(slot.forms) in _FORMS:
            return None
        known = ", ".join(AGREEMENTS)
        remedy = f"write {{x:one|two}} or {{x:one|two|past}} with x of {known}"
        return f"the slot {slot.name!r} cannot choose a form; {remedy}"
    if slot.name in SLOTS:
        return None
    nearest = get_close_matches(slot.name, SLOTS, n=1)
    hint = f"did you mean {{{nearest[0]}}}?" if nearest else f"use one of {', '.join(SLOTS)}"
    return f"unknown slot {{{slot.name}}}; {hint}"
