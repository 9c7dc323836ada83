"""Claims whose claimant is not named."""

import re
from collections.abc import Iterator

from quizapp.facts.checking.problems import PackProblem, find_note, report
from quizapp.facts.checking.wording import describe_fact, describe_slot
from quizapp.facts.model import Fact, Pack

_ATTRIBUTED = frozenset({"estimate", "reported", "considered", "unofficial"})
"""What somebody must have said; a `claim` without a claimant is refused by the reader."""

_ATTRIBUTION = re.compile(
    r"\b(?:according to|claim(?:s|ed)? (?:that|to|responsibility)|reportedly"
    r"|(?:was|were|is|are) (?:reported|said|believed|thought) to|in the account of)\b",
    re.IGNORECASE,
)
_CLAIMING = frozenset({"claimed_by", "announced", "announced_by", "described_as"})
"""Predicates that tell of a claim, so that the claim is the fact."""


def check_claims(pack: Pack) -> Iterator[PackProblem]:
    """Yield facts that are said by somebody, by their status or their quote, and do not say who."""
    for fact in pack.facts:
        words = "" if fact.said else _find_attribution(fact, pack)
        if not words:
            continue
        yield report(
            "claim-without-claimant",
            (fact,),
            f"{describe_slot(pack, fact)}: {describe_fact(pack, fact)} is {words}, but nobody is "
            "named as saying so",
            "add `said` with the claimant, or a note that the source names none",
            explanation=find_note(fact),
        )


def _find_attribution(fact: Fact, pack: Pack) -> str:
    if fact.status in _ATTRIBUTED:
        return f"of status {fact.status}"
    telling = fact.predicate in _CLAIMING or pack.entities[fact.subject].type == "publication"
    found = None if telling else _ATTRIBUTION.search(fact.at.quote)
    return "" if found is None else f"quoted with \u201c{found.group().lower()}\u201d"
