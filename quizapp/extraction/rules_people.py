"""Rules for people and groups: dates of a life, roles, leaders, seats, responsibility."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.extraction.dates import ANY_DATE, is_hedged_date, read_date_words
from quizapp.extraction.names import NAME
from quizapp.extraction.proposals import Draft, Named, Proposal
from quizapp.extraction.sentences import Sentence
from quizapp.extraction.subjects import SUBJECT, Scene, find_name, is_event
from quizapp.facts.values import PartialDate, Words

_LIFE = re.compile(
    rf"^(?P<s>{NAME}) \((?:[^();]{{1,60}}; )?(?:born |b\. )?(?P<born>{ANY_DATE}|\d{{4}})"
    rf"(?:\s?[\u2013-]\s?(?P<died>{ANY_DATE}|\d{{4}}))?\)"
)
_ROLE_NOUNS = (
    "president|chair|chairman|chairwoman|director|professor|minister|governor|mayor|commander|head"
    "|leader|secretary|bishop|archbishop|king|queen|emperor|editor|rector|dean|chancellor|judge"
    "|ambassador|member|captain|general|admiral|colonel|manager|curator|librarian|treasurer|deputy"
    "|envoy|chief|senator|engineer|architect|physician|principal|conductor|organist|keeper"
)
_ROLE = (
    rf"(?P<role>(?:the )?(?:(?:first|second|third|deputy|vice|prime|chief|honorary|associate"
    rf"|assistant|full|foreign) )*"
    rf"(?:[a-z]+ )?(?:{_ROLE_NOUNS})\b(?: (?:of|for|at) (?:(?:the |a )?{NAME}|[a-z]+"
    r"(?: (?!(?:in|on|at|by|from|until|and|for|to|with|after|when)\b)[a-z]+)?)"
    rf"(?: (?:of|at) (?:the )?{NAME})?)?)"
    # Cut short, "chief engineer of the line" would be a chief.
    r"(?=[,.;)]|$| (?:in|on|from|since|until|by|and|after|when|at|before|under|but)\b)"
)
_APPOINTED = re.compile(
    rf"{SUBJECT} (?:(?:was|were|had been|has been) (?:appointed|elected|named|made|crowned|chosen)"
    rf"(?: as)?|became) {_ROLE}"
)
_LED = re.compile(
    rf"{SUBJECT} (?:is|was|were|are) (?:led|headed|commanded) by (?:the )?(?:[a-z]+ )?"
    rf"(?P<who>{NAME})"
)
_LEADER = re.compile(
    rf"{SUBJECT}(?: (?:is|was)|,) the (?:leader|head|commander) of (?:the )?"
    rf"(?P<group>{NAME})"
)
_ITS_LEADER = re.compile(
    r"^Its (?:(?P<which>first|second|last|current) )?(?:leader|head|commander) (?:is|was) "
    rf"(?P<who>{NAME})"
)
_CLAIMED = re.compile(rf"{SUBJECT} claimed responsibility for (?:the )?(?P<event>{NAME})")
_SEAT = re.compile(
    rf"(?:[Tt]he (?:headquarters|seat) of (?P<a>(?:the )?{NAME}) (?:is|are|was|were)"
    rf"(?: (?:located|situated))? (?:in|at)|(?P<b>(?:The )?{NAME}|It) (?:is|was) "
    rf"(?:headquartered|based) in) (?:the )?(?P<place>{NAME})"
)
_ITS_SEAT = re.compile(
    rf"^Its (?:headquarters|seat) (?:is|are|was|were) (?:located )?in (?P<place>{NAME})"
)
_AND_MORE = re.compile(rf",? (?:and|or) (?:the )?{NAME}|, (?:the )?{NAME},? (?:and|or)\b")
_SINCE = re.compile(rf",? (?P<prep>in|on|since|from|until|by) (?P<date>{ANY_DATE})")
_FROM_TO = re.compile(
    rf",? (?:from|between) (?P<since>{ANY_DATE}) (?:to|until|and) (?P<until>{ANY_DATE})"
)
_AT_FIRST = re.compile(rf"^(?P<prep>In|On|Since|From|Until|By) (?P<date>{ANY_DATE}),? ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When something held: at a date, since one, until one."""

    as_of: PartialDate | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None


NO_TIMES = Times()


def propose_people(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    """Yield what the sentence tells of a life, a role, a leader or a claim of responsibility."""
    yield from _propose_life(sentence, scene)
    yield from _propose_roles(sentence, scene)
    yield from _propose_leaders(sentence, scene)
    yield from _propose_claims(sentence, scene)
    yield from _propose_seats(sentence, scene)


def read_times(text: str, end: int) -> tuple[Times, tuple[str, ...], int]:
    """Return when something held, as told right behind it or at the head of the sentence.

    A date that is hedged is left out, and a reason to look is
    given; "by 1920" is taken as a date at which it held. The last part is where the words end.
    """
    span = _FROM_TO.match(text, end)
    if span is not None:
        since, until = (read_date_words(span.group(key)) for key in ("since", "until"))
        return Times(since=since, until=until), (), span.end()
    behind, ahead = _SINCE.match(text, end), _AT_FIRST.match(text)
    match = behind or ahead
    if match is None:
        return NO_TIMES, (), end
    prep = match.group("prep").lower()
    before = text[: match.start("date")] if prep != "by" else ""
    stop = end if behind is None else behind.end()
    if is_hedged_date(before, text[match.end("date") :]):
        return NO_TIMES, ("the date in the sentence is less than certain",), stop
    date = read_date_words(match.group("date"))
    if prep in ("since", "from"):
        return Times(since=date), (), stop
    return Times(until=date) if prep == "until" else Times(as_of=date), (), stop


def _propose_life(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    match = _LIFE.match(sentence.text)
    if match is None or (
        match.group("died") is None and "b" not in match.group(0).partition("(")[2]
    ):
        return
    scene.note_person(match.group("s"))
    for key, predicate in (("born", "born_on"), ("died", "died_on")):
        value = read_date_words(match.group(key)) if match.group(key) else None
        if value is not None:
            yield _make("life dates", sentence, match, match.group("s"), predicate, value)


def _propose_roles(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    for match in _APPOINTED.finditer(sentence.text):
        subject = scene.find_subject(match.group("s"), sentence, match.start("s"))
        if subject is None:
            continue
        times, reasons, end = read_times(sentence.text, match.end())
        if times.as_of is not None:
            times = Times(since=times.as_of)
        if times == NO_TIMES:
            reasons = (*reasons, "since when is not told beside it")
        if subject.name is not None and not subject.review:
            scene.note_person(subject.name)
        yield _make(
            "role",
            sentence,
            match,
            subject.name,
            "role",
            Words(text=match.group("role")),
            times,
            (*subject.review, *reasons),
            end,
        )


def _propose_leaders(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    for match in _LED.finditer(sentence.text):
        group = scene.find_subject(match.group("s"), sentence, match.start("s"))
        if group is not None:
            yield _lead(sentence, scene, match, group.name, match.group("who"), group.review)
    for match in _LEADER.finditer(sentence.text):
        who = scene.find_subject(match.group("s"), sentence, match.start("s"))
        if who is not None and who.name is not None:
            known = find_name(match.group("group"), scene)
            reviews = (*who.review, *known.review)
            yield _lead(sentence, scene, match, known.name, who.name, reviews)
    for match in _ITS_LEADER.finditer(sentence.text):
        group = scene.find_subject("It", sentence, match.start())
        if group is not None:
            which = match.group("which")
            told = (f"the {which} leader is meant; add the time",) if which else ()
            review = (*group.review, *told)
            yield _lead(sentence, scene, match, group.name, match.group("who"), review)


def _lead(
    sentence: Sentence,
    scene: Scene,
    match: re.Match[str],
    group: str | None,
    leader: str,
    review: tuple[str, ...],
) -> Proposal:
    times, reasons, end = read_times(sentence.text, match.end())
    known = find_name(leader, scene)
    more = _AND_MORE.match(sentence.text, match.end()) is not None
    reasons += ("another name follows, so there may be several",) * more
    value = Named(name=known.name or leader)
    review = (*review, *known.review, *reasons)
    return _make("leader", sentence, match, group, "leader", value, times, review, end)


def _propose_claims(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    for match in _CLAIMED.finditer(sentence.text):
        who = scene.find_subject(match.group("s"), sentence, match.start("s"))
        if who is None or who.name is None or not is_event(match.group("event")):
            continue
        event = find_name(match.group("event"), scene)
        review = (*who.review, *event.review)
        value = Named(name=who.name)
        yield _make("claimed", sentence, match, event.name, "claimed_by", value, NO_TIMES, review)


def _propose_seats(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    for pattern in (_SEAT, _ITS_SEAT):
        for match in pattern.finditer(sentence.text):
            groups = match.groupdict()
            words = groups.get("a") or groups.get("b") or "It"
            of_it = find_name(words, scene) if groups.get("a") else None
            subject = of_it or scene.find_subject(words, sentence, match.start())
            if subject is None:
                continue
            times, reasons, end = read_times(sentence.text, match.end())
            review = (*subject.review, *reasons)
            value = Named(name=match.group("place"))
            yield _make(
                "seat", sentence, match, subject.name, "headquarters", value, times, review, end
            )


def _make(
    rule: str,
    sentence: Sentence,
    match: re.Match[str],
    subject: str | None,
    predicate: str,
    value: Draft,
    times: Times = NO_TIMES,
    review: tuple[str, ...] = (),
    end: int | None = None,
) -> Proposal:
    return Proposal(
        rule=rule,
        sentence=sentence,
        start=match.start(),
        end=match.end() if end is None else end,
        subject=subject,
        predicate=predicate,
        value=value,
        review=review,
        as_of=times.as_of,
        since=times.since,
        until=times.until,
    )
