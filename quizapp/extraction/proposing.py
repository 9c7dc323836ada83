"""An article -> proposed facts: rules read the sentences, guards judge, and rivals are shown."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.extraction.aliases import Suggestion
from quizapp.extraction.dates import find_dates, has_yearless_date
from quizapp.extraction.guards import judge
from quizapp.extraction.names import Name
from quizapp.extraction.proposals import Named, Proposal
from quizapp.extraction.rules_figures import propose_figures
from quizapp.extraction.rules_happenings import propose_happenings
from quizapp.extraction.rules_infobox import propose_infobox
from quizapp.extraction.rules_people import propose_people
from quizapp.extraction.rules_terms import list_explained, propose_terms
from quizapp.extraction.sentences import LONGEST, Sentence, list_sentences
from quizapp.extraction.subjects import Scene
from quizapp.extraction.typing import check_types, guess_types
from quizapp.extraction.writing import Document
from quizapp.facts.folding import fold
from quizapp.facts.model import EntityType, PredicateName
from quizapp.facts.predicates import list_shipped_predicates
from quizapp.facts.values import PartialDate, overlap

MOST_PROPOSALS = 1_000
"""The most statements that are read, twice what a long article has."""
RULES: tuple[Callable[[Sentence, Scene], Iterator[Proposal]], ...] = (
    propose_people,
    propose_happenings,
    propose_figures,
    propose_terms,
)
_LASTING = frozenset({"leader", "role", "headquarters", "size", "population", "deputy"})
"""Predicates whose value holds for a time, so that every date in the sentence matters."""
_ASIDES = frozenset({"acronym", "apposition"})
_DATED = frozenset({"size", "population"})
"""Predicates whose value says little without its date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Words that a rule could read and a guard left out, and the reason."""

    sentence: Sentence
    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was found in an article, none of it confirmed.

    `types` holds what each folded name is taken for, `explained` the acronyms that the article
    explains itself, `dropped` what the guards left out.
    """

    document: Document
    names: tuple[Name, ...]
    suggestions: tuple[Suggestion, ...]
    explained: dict[str, str]
    types: dict[str, EntityType]
    proposals: tuple[Proposal, ...]
    dropped: tuple[Dropped, ...]


def extract(document: Document) -> Extraction:
    """Return the names and the proposed facts of an article, in the order of the article."""
    title = document.article.title
    sentences = list_sentences(document.article, document.text)
    explained = list_explained(sentences)
    scene = Scene(title, sentences, explained)
    dropped: list[Dropped] = []
    found = [*_read_prose(sentences, scene, dropped), *propose_infobox(sentences, scene)]
    found.sort(key=lambda one: (one.sentence.offset, one.start))
    full = [_write_out(one, explained) for one in found]
    unique = tuple(_drop_doubles(full))[:MOST_PROPOSALS]
    predicates = list_shipped_predicates()
    types = guess_types(unique, predicates, title)
    typed = [check_types(_ask_for_missing(one), predicates, types) for one in unique]
    return Extraction(
        document=document,
        names=scene.names,
        suggestions=scene.suggestions,
        explained=explained,
        types=types,
        proposals=tuple(_show_rivals(typed)),
        dropped=tuple(dropped),
    )


def add_proposals(found: Extraction, proposals: Iterable[Proposal]) -> Extraction:
    """Return the extraction with these proposals among its own, in the order of the article.

    What it proposes already is not doubled; two values of one slot are shown as rivals.
    """
    both = sorted((*found.proposals, *proposals), key=lambda one: one.sentence.offset)
    # Those of rules come first, so that of two that say the same the rule's is kept.
    ruled = sorted(both, key=lambda one: one.provenance is not None)
    kept = {id(one) for one in _drop_doubles(ruled)}
    unique = [one for one in both if id(one) in kept]
    types = guess_types(unique, list_shipped_predicates(), found.document.article.title)
    shown = tuple(_show_rivals(unique))
    return replace(found, proposals=shown, types={**types, **found.types})


def _read_prose(
    sentences: Sequence[Sentence], scene: Scene, dropped: list[Dropped]
) -> Iterator[Proposal]:
    count = 0
    for sentence in sentences:
        if sentence.item:
            continue
        if count > MOST_PROPOSALS:
            reason = f"only the first {MOST_PROPOSALS:,} statements are read; split the article"
            dropped.append(Dropped(sentence=sentence, words=sentence.text[:60], reason=reason))
            return
        if len(sentence.text) > LONGEST:
            words, reason = f"{sentence.text[:60]}\u2026", f"longer than {LONGEST:,} characters"
            dropped.append(Dropped(sentence=sentence, words=words, reason=reason))
            continue
        scene.move_to(sentence)
        for rule in RULES:
            for proposal in rule(sentence, scene):
                count += 1
                judged = _apply_guards(proposal, dropped)
                if judged is not None:
                    yield judged


def _apply_guards(proposal: Proposal, dropped: list[Dropped]) -> Proposal | None:
    text = proposal.sentence.text
    aside = proposal.rule in _ASIDES
    verdict = judge(text, proposal.start, proposal.end, aside=aside)
    if verdict.dropped is not None:
        words = text[proposal.start : proposal.end]
        dropped.append(Dropped(sentence=proposal.sentence, words=words, reason=verdict.dropped))
        return None
    judged = replace(
        proposal,
        said=verdict.said,
        status=verdict.status,
        as_of=proposal.as_of or verdict.as_of,
        missing=(*proposal.missing, *verdict.missing),
    ).with_review(*verdict.review, *list_time_reasons(proposal))
    if fold(proposal.subject or "") in [fold(one) for one in verdict.said]:
        return judged.with_review("it is said by the one whom it is about")
    return judged


def list_time_reasons(proposal: Proposal) -> Iterator[str]:
    """Yield the reasons to look at the time of something that holds for a while."""
    if proposal.predicate not in _LASTING:
        return
    text = proposal.sentence.text
    if not (proposal.as_of or proposal.since or proposal.until):
        if any(True for _ in find_dates(text)):
            yield "a date in the sentence may belong to it"
        elif proposal.predicate in _DATED:
            yield "no date is told; add `as_of`"
    if has_yearless_date(text):
        yield "a date in the sentence has no year"


def _write_out(proposal: Proposal, explained: Mapping[str, str]) -> Proposal:
    """Return the proposal with full names for the acronyms that the article explains."""

    def write(name: str) -> str:
        return explained.get(name, name)

    value = proposal.value
    if isinstance(value, Named):
        value = Named(name=write(value.name))
    elif isinstance(value, tuple):
        value = tuple(Named(name=write(one.name)) for one in value)
    subject = None if proposal.subject is None else write(proposal.subject)
    said = tuple(write(name) for name in proposal.said)
    return replace(proposal, subject=subject, value=value, said=said)


def _ask_for_missing(proposal: Proposal) -> Proposal:
    if proposal.subject is None:
        return replace(proposal, missing=("s", *proposal.missing))
    return proposal


def _drop_doubles(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    seen = set()
    for one in proposals:
        key = (
            fold(one.subject or one.sentence.text),
            one.predicate,
            one.value,
            one.said,
            one.status,
        )
        if key not in seen:
            seen.add(key)
            yield one


def _show_rivals(proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """Mark the proposals that give one slot two values."""
    predicates = list_shipped_predicates()
    slots: dict[tuple[str, str], list[Proposal]] = {}
    for one in proposals:
        if one.subject is not None:
            slots.setdefault((fold(one.subject), one.predicate), []).append(one)
    for one in proposals:
        rivals = slots.get((fold(one.subject or ""), one.predicate), [])
        functional = predicates[PredicateName(one.predicate)].functional
        if functional and any(are_rivals(one, other) for other in rivals):
            yield one.with_review("the article gives another value for the same; compare them")
        else:
            yield one


def are_rivals(one: Proposal, other: Proposal) -> bool:
    """Return whether two proposals of one slot cannot both be right at one time."""
    if one is other or one.value == other.value:
        return False
    if isinstance(one.value, PartialDate) and isinstance(other.value, PartialDate):
        return not overlap(one.value, other.value)
    times = [proposal.as_of or proposal.since or proposal.until for proposal in (one, other)]
    first, second = times
    return first is None or second is None or overlap(first, second)
