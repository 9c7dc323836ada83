"""Rules for what happened when and where: founded, born, fought, took place, began, ended."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizapp.extraction.adjuncts import Adjuncts, read_adjuncts
from quizapp.extraction.proposals import Draft, Named, Proposal
from quizapp.extraction.sentences import Sentence
from quizapp.extraction.subjects import SUBJECT, Scene, Subject, find_name, is_event


@dataclass(frozen=True, slots=True)
class _Verb:
    """The predicates for the date, the place and the agent that follow a verb."""

    date: str | None = None
    place: str | None = None
    agent: str | None = None
    event: bool = False


_FOUNDED = _Verb("founded_on", "founded_in", "founder")
_HELD = _Verb("date", "place", event=True)
_PASSIVES: Mapping[str, _Verb] = {
    "founded": _FOUNDED,
    "established": _FOUNDED,
    "formed": _Verb("founded_on", "founded_in"),
    "born": _Verb("born_on", "born_in"),
    "fought": _HELD,
    "signed": _HELD,
    "held": _HELD,
    "dissolved": _Verb("dissolved_on"),
    "disbanded": _Verb("dissolved_on"),
    "discovered": _Verb("discovered_on", None, "discovered_by"),
    "published": _Verb("published_on"),
    "built": _Verb("built_on"),
    "opened": _Verb("opened_on"),
    "closed": _Verb("closed_on"),
}
_ACTIVES: Mapping[str, _Verb] = {
    "died": _Verb("died_on", "died_in"),
    "took place": _HELD,
    "occurred": _HELD,
    "happened": _HELD,
    "began": _Verb("began", event=True),
    "started": _Verb("began", event=True),
    "broke out": _Verb("began", event=True),
    "ended": _Verb("ended", event=True),
    "came to an end": _Verb("ended", event=True),
}
_GAP = r"(?: \([^()]{1,60}\))?(?:, an? [^,;:.()]{3,80},|, (?:who|which)|(?P<aside>,))?"
"""What may stand between a subject and its verb: brackets, an apposition, a relative clause."""
_PASSIVE = re.compile(
    rf"{SUBJECT}{_GAP} (?:was|were|is|had been"
    rf"|has been) (?P<verb>{'|'.join(_PASSIVES)})\b"
)
_ACTIVE = re.compile(
    rf"{SUBJECT}{_GAP} "
    rf"(?P<verb>{'|'.join(_ACTIVES)})\b(?! (?:a|the|an|his|her|its|their|to|as|with)\b)"
)
_DISCOVERED = re.compile(
    rf"{SUBJECT} discovered (?:the )?(?P<thing>[a-z]+)(?=,? (?:in|on) \d{{4}}"
    rf"|\.?$)"
)


def propose_happenings(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    """Yield a date, a place and an agent for each verb of happening that the sentence has."""
    for pattern, verbs in ((_PASSIVE, _PASSIVES), (_ACTIVE, _ACTIVES)):
        for match in pattern.finditer(sentence.text):
            subject = scene.find_subject(match.group("s"), sentence, match.start("s"))
            # "Her brother, Bob Bell, died": only a name between two commas has one behind it.
            between = sentence.text[: match.start("s")].endswith(", ")
            if subject is None or (match.group("aside") and not between):
                continue
            verb = verbs[match.group("verb")]
            yield from _propose_verb(sentence, scene, match, subject, verb)
    yield from _propose_discoveries(sentence, scene)


def _propose_verb(
    sentence: Sentence, scene: Scene, match: re.Match[str], subject: Subject, verb: _Verb
) -> Iterator[Proposal]:
    found = read_adjuncts(sentence.text, match.end(), match.start("s"))
    if verb.event and subject.name is not None and not is_event(subject.name):
        reason = f"it is not certain that \u201c{subject.name}\u201d is an event"
        subject = Subject(name=subject.name, review=(*subject.review, reason))
    for predicate, value, reasons in _list_values(found, verb, scene):
        yield Proposal(
            rule=f"happening/{match.group('verb')}",
            sentence=sentence,
            start=match.start(),
            end=found.end,
            subject=subject.name,
            predicate=predicate,
            value=value,
            review=(*subject.review, *reasons),
        )


def _list_values(
    found: Adjuncts, verb: _Verb, scene: Scene
) -> Iterator[tuple[str, Draft, tuple[str, ...]]]:
    if verb.date is not None and found.date is not None and not found.hedged:
        yield verb.date, found.date, ()
    for predicate, name in ((verb.place, found.place), (verb.agent, found.agent)):
        if predicate is not None and name is not None:
            known = find_name(name, scene)
            more = ("another name follows, so this one may be one of several",) * found.more
            yield predicate, Named(name=known.name or name), (*known.review, *more)


def _propose_discoveries(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    """The other way round: "Ann Bell discovered radium in 1900"."""
    for match in _DISCOVERED.finditer(sentence.text):
        who = scene.find_subject(match.group("s"), sentence, match.start("s"))
        if who is None or who.name is None:
            continue
        found = read_adjuncts(sentence.text, match.end(), match.start("s"))
        values: list[tuple[str, Draft]] = [("discovered_by", Named(name=who.name))]
        if found.date is not None and not found.hedged:
            values.append(("discovered_on", found.date))
        for predicate, value in values:
            yield Proposal(
                rule="happening/discovered",
                sentence=sentence,
                start=match.start(),
                end=found.end,
                subject=match.group("thing"),
                predicate=predicate,
                value=value,
                review=who.review,
            )
