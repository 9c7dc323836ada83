"""All checks on a fact pack, in one order."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from quizapp.facts.checking.asking import check_askable, check_negative_asks, check_open_lists
from quizapp.facts.checking.claims import check_claims
from quizapp.facts.checking.contradictions import (
    check_contradictions,
    check_lists,
    check_revisions,
)
from quizapp.facts.checking.damage import check_article
from quizapp.facts.checking.dates import check_undated, check_undated_events
from quizapp.facts.checking.names import (
    check_article_names,
    check_doubles,
    check_events,
    check_names,
)
from quizapp.facts.checking.problems import PackProblem, Severity
from quizapp.facts.model import FactId, Pack
from quizapp.facts.packs import Inspection
from quizapp.facts.schema import Fault

_RULES: tuple[Callable[[Pack], Iterator[PackProblem]], ...] = (
    check_contradictions,
    check_lists,
    check_revisions,
    check_names,
    check_events,
    check_doubles,
    check_article_names,
    check_undated,
    check_undated_events,
    check_claims,
    check_open_lists,
    check_negative_asks,
    check_askable,
    check_article,
)
_RANKS: Mapping[Severity, int] = {"error": 0, "warning": 1, "note": 2}


def check_pack(pack: Pack) -> tuple[PackProblem, ...]:
    """Return the problems of a pack: errors, warnings, then what the pack explains itself."""
    found = chain.from_iterable(rule(pack) for rule in _RULES)
    return tuple(sorted(found, key=lambda problem: _RANKS[problem.severity]))


def check_inspection(inspection: Inspection) -> tuple[PackProblem, ...]:
    """Return the faults of reading a pack, which are errors, and then the problems of the pack."""
    name = inspection.file.name
    faults = tuple(_describe_fault(name, fault) for fault in inspection.faults)
    return (*faults, *check_pack(inspection.pack))


def _describe_fault(name: str, fault: Fault) -> PackProblem:
    text, _, remedy = fault.text.rpartition("; ")
    return PackProblem(
        rule=fault.rule,
        severity="error",
        where=f"{name}:{fault.line}",
        facts=() if fault.fact is None else (FactId(fault.fact),),
        text=text or remedy,
        remedy=remedy if text else "mend the line",
    )
