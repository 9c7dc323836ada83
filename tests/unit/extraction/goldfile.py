"""Articles with their facts as data, and how proposals are held against them."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from quizapp.extraction.proposals import Named, Proposal
from quizapp.extraction.proposing import Extraction, extract
from quizapp.extraction.reading import read_document
from quizapp.facts.folding import fold
from quizapp.facts.values import PartialDate, Quantity, Words

FOLDER = Path(__file__).parent / "gold"


@dataclass(frozen=True)
class Held:
    """An article's proposals against its gold facts."""

    extraction: Extraction
    gold: list[dict[str, str]]

    @property
    def unreviewed(self) -> list[Proposal]:
        """What a person would be shown as ready."""
        return [one for one in self.extraction.proposals if not one.review and not one.missing]

    @property
    def wrong(self) -> list[str]:
        """Unreviewed proposals that are no gold fact."""
        return [
            describe(one)
            for one in self.unreviewed
            if not any(agree(one, fact) for fact in self.gold)
        ]

    @property
    def missed(self) -> list[str]:
        """Gold facts that nothing proposes, reviewed or not."""
        proposals = self.extraction.proposals
        return [str(fact) for fact in self.gold if not any(agree(one, fact) for one in proposals)]


def hold(name: str) -> Held:
    """Read an article of the folder, and its facts."""
    file = FOLDER / f"{name}.md"
    facts = yaml.load(file.with_suffix(".yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return Held(extract(read_document(file.name, file.read_bytes())), facts)


def agree(proposal: Proposal, fact: dict[str, str]) -> bool:
    """Return whether a proposal says what the gold fact says, with hedge, claimant and time."""
    said = ", ".join(proposal.said)
    status = fact.get("status") or ("" if "said" in fact else "stated")
    return (
        fold(proposal.subject or "") == fold(fact["s"])
        and proposal.predicate == fact["p"]
        and fold(write_value(proposal)) == fold(fact["v"])
        and fold(said) == fold(fact.get("said", ""))
        and (not status or proposal.status == status)
        and write_date(proposal.as_of) == fact.get("as_of", "")
        and write_date(proposal.since) == fact.get("from", "")
        and write_date(proposal.until) == fact.get("to", "")
    )


def describe(proposal: Proposal) -> str:
    """Write a proposal for a failing test."""
    told = f"{proposal.subject} | {proposal.predicate} | {write_value(proposal)}"
    return f"{told} | {proposal.said} {proposal.status} | {proposal.quote}"


def write_value(proposal: Proposal) -> str:
    """Write a value as the gold files do: ">= 900 soldiers", "300-400 men", "1643-05-14"."""
    value = proposal.value
    if isinstance(value, Quantity):
        if value.is_range:
            return f"{value.low:f}-{value.high:f} {value.unit}"
        return f"{value.comparison} {value.low:f} {value.unit}"
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Words):
        return value.text
    if isinstance(value, Named):
        return value.name
    assert isinstance(value, tuple)
    return ", ".join(one.name for one in value)


def write_date(date: PartialDate | None) -> str:
    """Write a date, or nothing."""
    return "" if date is None else date.iso
