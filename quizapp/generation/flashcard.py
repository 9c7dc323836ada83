"""Flashcards from a fact: one answer that a glance can check."""

from dataclasses import replace

from quizapp.facts.model import Ask
from quizapp.facts.values import Entities, EntityId, Words
from quizapp.generation.drafts import Draft, Refusal, check_ask, check_subject_end, is_given_away
from quizapp.generation.feedback import write_feedback
from quizapp.generation.wording import capitalise, count_members, name_entity
from quizapp.kinds.question import Question

LONGEST_LIST = 3
MOST_WORDS = 12


def make_flashcard(draft: Draft, ask: Ask) -> Question | Refusal:
    """Return a flashcard for the value or the subject of the fact."""
    if ask.end == "member":
        return Refusal("one member of a list is not the only answer")
    refusal = check_ask(draft, ask) or _check_end(draft, ask)
    if refusal is not None:
        return refusal
    value = draft.fact.value
    answers: tuple[EntityId, ...] = value.ids if isinstance(value, Entities) else ()
    answer = draft.realiser.write_answer()
    if ask.end == "subject":
        answers = (draft.fact.subject,)
        answer = capitalise(name_entity(draft.pack.entities[draft.fact.subject]))
    stem = replace(draft.realiser, offered=False).write_question(ask.stem)
    if is_given_away(draft, answers, answer, stem):
        return Refusal("the stem gives the answer away")
    return draft.build(
        stem=stem, answer=answer, feedback=write_feedback(draft), guess=0.0, near=0.0
    )


def _check_end(draft: Draft, ask: Ask) -> Refusal | None:
    if ask.end == "subject":
        return check_subject_end(draft)
    value = draft.fact.value
    if isinstance(value, Words):
        return _check_words(draft, value)
    complete = draft.standing.predicate.functional and draft.fact.closed is not False
    if not complete and not draft.fact.closed:
        return Refusal("its list may be incomplete, so that there are other answers")
    if isinstance(value, Entities) and len(value.ids) > LONGEST_LIST:
        return Refusal(f"a list of more than {LONGEST_LIST} cannot be checked at a glance")
    return None


def _check_words(draft: Draft, value: Words) -> Refusal | None:
    if len(value.text.split()) > MOST_WORDS:
        return Refusal(f"an answer of more than {MOST_WORDS} words cannot be checked at a glance")
    if count_members(value.text) > LONGEST_LIST:
        return Refusal(f"a list of more than {LONGEST_LIST} cannot be checked at a glance")
    if draft.standing.predicate.functional:
        return None
    documented = draft.pack.list_facts(draft.fact.subject, draft.fact.predicate)
    alone = len(documented) == 1 and draft.fact.closed is not False
    return None if alone else Refusal("its list may be incomplete, so that there are other answers")
