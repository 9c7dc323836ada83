"""A problem of a fact pack, and how far the pack itself explains it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from quizapp.facts.model import Fact, FactId

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackProblem:
    """What a rule found: where ("Founding p2"), in which facts, what is wrong and what to do.

    A note is something that the pack explains, so that nothing is left to do.
    """

    rule: str
    severity: Severity
    where: str
    facts: tuple[FactId, ...]
    text: str
    remedy: str


def report(
    rule: str,
    facts: Iterable[Fact],
    text: str,
    remedy: str,
    *,
    severity: Severity = "warning",
    explanation: str | None = None,
) -> PackProblem:
    """Return a problem of these facts, at the place of the first; a note if it is explained."""
    found = tuple(facts)
    return PackProblem(
        rule=rule,
        severity="note" if explanation else severity,
        where=write_place(found[0].at.section, found[0].at.paragraph) if found else "the pack",
        facts=tuple(fact.id for fact in found),
        text=f"{text} (explained: {explanation})" if explanation else text,
        remedy="nothing to do" if explanation else remedy,
    )


def write_place(section: str, paragraph: int) -> str:
    """Return a place in the article as it is written in reports: "Founding p2"."""
    return f"{section} p{paragraph}"


def find_note(*facts: Fact) -> str | None:
    """Return the first note of these facts."""
    return next((fact.note for fact in facts if fact.note), None)


def explain_pair(one: Fact, other: Fact) -> str | None:
    """Return how the pack explains that two facts do not agree, None if it does not."""
    if other.id in one.supersedes or one.id in other.supersedes:
        newer, older = (one, other) if other.id in one.supersedes else (other, one)
        return f"{newer.id} supersedes {older.id}"
    if other.id in one.conflicts or one.id in other.conflicts:
        note = find_note(one, other)
        declared = f"{one.id} and {other.id} are declared as conflicting"
        return f"{declared}; {note}" if note else declared
    return find_note(one, other)
