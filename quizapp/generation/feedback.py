"""What a learner is told after the answer: the facts in sentences, and where they stand."""

import re
from collections.abc import Sequence

from quizapp.facts.folding import split_words
from quizapp.facts.model import Fact, Pack
from quizapp.facts.values import Quantity
from quizapp.generation.distractors import Distractor
from quizapp.generation.drafts import Draft, make_realiser
from quizapp.generation.frames import write_counted_time, write_frame
from quizapp.generation.realiser import Realiser
from quizapp.generation.slots import Standing, examine_fact
from quizapp.generation.wording import end_sentence, write_hedged

_COMPLETE = "The list is complete."


def write_feedback(draft: Draft, *, whole: bool = False) -> str:
    """Return the fact as a sentence, with hedge and claimant, and the rival versions in another.

    `whole` says of a complete list that it is one.
    """
    parts = (
        write_fact(draft.pack, draft.standing),
        _COMPLETE if whole and draft.fact.closed else _tell_loss(draft.fact),
        write_rivals(draft.pack, draft.standing),
    )
    return " ".join(part for part in parts if part)


def _tell_loss(fact: Fact) -> str:
    """What the fact's note says is lost from an open list."""
    sentences = re.split(r"(?<=\.) ", fact.note or "") if fact.closed is False else []
    lost = next((one for one in sentences if "lost" in split_words(one)), "")
    return end_sentence(lost, ".") if lost else ""


def write_option_feedback(draft: Draft, wrong: Sequence[Distractor]) -> str:
    """Return the feedback, and of every documented wrong option what it is, and where it stands."""
    facts = [one.fact for one in wrong if one.fact is not None]
    if not facts:
        return write_feedback(draft)
    told = dict.fromkeys(
        one.elsewhere or write_fact(draft.pack, examine_fact(draft.pack, one.fact))
        for one in wrong
        if one.fact is not None
    )
    passages = write_passages([draft.fact, *facts])
    return " ".join((write_feedback(draft, whole=True), *told, passages))


def write_passages(facts: Sequence[Fact]) -> str:
    """Return where the facts stand, each passage once, with its words."""
    places = dict.fromkeys(
        f"{fact.at.section}, paragraph {fact.at.paragraph}: \u201c{fact.at.quote}\u201d"
        for fact in facts
    )
    return f"Passages: {'; '.join(places)}."


def write_fact(pack: Pack, standing: Standing) -> str:
    """Return the fact as a sentence with its frame."""
    realiser = make_realiser(pack, standing)
    template = standing.predicate.statement or standing.predicate.member
    if template is None:
        return realiser.write_statement(f"{realiser.write_clause(standing.predicate.slot)}: {{v}}")
    return realiser.write_statement(template)


def write_rivals(pack: Pack, standing: Standing) -> str:
    """Return the other versions as one sentence, or ""."""
    rivals = standing.rivals
    clauses = [_write_rival(pack, standing.fact, rival) for rival in rivals]
    if all(isinstance(rival.value, Quantity) for rival in rivals):
        return end_sentence("; ".join(clauses), ".") if clauses else ""
    word = "Another version" if len(clauses) == 1 else "Other versions"
    return end_sentence(f"{word}: {'; '.join(clauses)}", ".")


def _write_rival(pack: Pack, fact: Fact, rival: Fact) -> str:
    frame = (
        write_frame(pack, rival) or f"in the section \u201c{rival.at.section}\u201d of the article"
    )
    if isinstance(rival.value, Quantity) and rival.predicate == fact.predicate:
        figure = f"{frame}, the figure was {write_hedged(rival.value)}"
        return f"{figure} {write_counted_time(pack, rival)}".rstrip()
    predicate = pack.predicates[rival.predicate]
    template = predicate.statement or predicate.member or "{v}"
    return f"{frame}, {Realiser(pack=pack, fact=rival).write_clause(template)}"
