"""Rules for figures: sizes, populations, measures, durations, and how many were killed or hurt."""

import re
from collections.abc import Iterator

from quizapp.extraction.names import NAME
from quizapp.extraction.proposals import Proposal
from quizapp.extraction.quantities import QUANTITY, read_quantity
from quizapp.extraction.rules_people import NO_TIMES, Times, read_times
from quizapp.extraction.sentences import Sentence
from quizapp.extraction.subjects import SUBJECT, Scene, Subject, is_event
from quizapp.facts.values import Quantity

_PERSONS = (
    r"(?:[A-Za-z]+ )?(?:people|persons|men|women|children|soldiers|members|employees|workers"
    r"|civilians|fighters|troops|sailors"
    r"|officers|passengers|prisoners|students|pupils|staff|miners|police officers|villagers"
    r"|residents|inhabitants|riders|crew members|protesters|settlers|archers|firefighters"
    r"|monks|horsemen)"
)
_MEMBERS = (
    r"(?:[a-z]+ )?(?:people|men|soldiers|members|employees|workers|fighters|troops|students|pupils"
    r"|staff|officers|players|riders|volunteers|partners)"
)
_Q = rf"(?P<q>{QUANTITY})"
_SIZE = re.compile(
    rf"{SUBJECT} (?:has|had|numbered|counted|employs|employed|comprises"
    rf"|comprised|consisted of|consists of) {_Q} (?P<unit>{_MEMBERS})\b"
)
_NO_UNITS = r"(?!(?:in|at|by|as|on|and|or|with|for|of|to|from|according|during)\b)"
_POPULATION = re.compile(
    rf"(?:{SUBJECT} (?:has|had) a population of|[Tt]he population of (?P<of>{NAME})"
    rf" (?:is|was|reached|stood at)) {_Q}(?P<unit> {_NO_UNITS}[a-z]+)?"
)
_LENGTH_UNITS = (
    "(?:kilometres|kilometers|metres|meters|miles|feet|centimetres|millimetres|yards|inches|km)"
)
_ADJECTIVES = {
    "long": "length",
    "high": "height",
    "tall": "height",
    "wide": "width",
    "deep": "depth",
}
_ADJECTIVE = re.compile(
    rf"{SUBJECT} (?:is|was) {_Q} (?P<unit>{_LENGTH_UNITS}) "
    rf"(?P<adjective>{'|'.join(_ADJECTIVES)})\b"
)
_MEASURE = re.compile(
    rf"{SUBJECT} has an? (?P<measure>length|height|width|depth|weight|area) of "
    rf"{_Q} (?P<unit>square [a-z]+|[a-z]+)"
)
_WEIGHT = re.compile(rf"{SUBJECT} weighs {_Q} (?P<unit>tonnes|tons|kilograms|grams|pounds|kg)\b")
_AREA = re.compile(
    rf"{SUBJECT} (?:(?:covers|covered) (?:an area of )?|is an? [a-z]+ of ){_Q} (?P<unit>square "
    rf"[a-z]+|hectares|acres)\b"
)
_DURATION = re.compile(
    rf"{SUBJECT} lasted (?:for )?{_Q} (?P<unit>(?:seconds|minutes|hours|days"
    rf"|weeks|months|years))\b"
)
_DONE = {
    "killed": "killed",
    "dead": "killed",
    "wounded": "wounded",
    "injured": "wounded",
    "captured": "captured",
    "taken prisoner": "captured",
    "arrested": "arrested",
}
_DONE_WORDS = "|".join(_DONE)
_UNIT = rf"(?P<unit>{_PERSONS})"
_WERE_DONE = re.compile(rf"{_Q} {_UNIT} (?:were|was|had been) (?P<done>{_DONE_WORDS})\b")
_DIED = re.compile(rf"{_Q} {_UNIT} (?P<done>died|drowned)\b")
_LEFT = re.compile(
    rf"{SUBJECT} left {_Q} {_UNIT} (?P<done>dead|wounded|injured)"
    rf"(?: and (?P<q2>{QUANTITY})(?P<unit2> {_PERSONS})? (?P<done2>wounded|injured))?"
)
_DOES = re.compile(
    rf"{SUBJECT},? (?:which )?(?P<done>killed|wounded|injured|captured) {_Q} "
    rf"{_UNIT}\b"
)
_DOING = re.compile(rf", (?P<done>killing|wounding|injuring|capturing) {_Q} {_UNIT}\b")
_DOING_WORDS = {
    "killing": "killed",
    "wounding": "wounded",
    "injuring": "wounded",
    "capturing": "captured",
}
_EVENT = re.compile(rf"\b(?:in|during|at|of) (?:the )?(?P<event>{NAME})")
_AND_MORE = re.compile(
    r" (?:and|or) (?:about |some |at least |more than )?(?:\d|one |two |three |several|many)"
)
_ONE_UNIT = frozenset({"1"})


def propose_figures(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    """Yield the sizes, measures, durations and tolls of a sentence."""
    for match in _SIZE.finditer(sentence.text):
        yield from _propose(sentence, scene, match, "size", "size", timed=True)
    for match in _POPULATION.finditer(sentence.text):
        yield from _propose(sentence, scene, match, "population", "population", timed=True)
    for match in _ADJECTIVE.finditer(sentence.text):
        predicate = _ADJECTIVES[match.group("adjective")]
        yield from _propose(sentence, scene, match, "measure", predicate)
    for match in _MEASURE.finditer(sentence.text):
        yield from _propose(sentence, scene, match, "measure", match.group("measure"))
    for pattern, predicate in ((_WEIGHT, "weight"), (_AREA, "area"), (_DURATION, "duration")):
        for match in pattern.finditer(sentence.text):
            yield from _propose(sentence, scene, match, "measure", predicate)
    yield from _propose_tolls(sentence, scene)


def _propose(
    sentence: Sentence,
    scene: Scene,
    match: re.Match[str],
    rule: str,
    predicate: str,
    *,
    timed: bool = False,
) -> Iterator[Proposal]:
    named = match.groupdict().get("of")
    subject = (
        scene.name_of(named)
        if named
        else scene.find_subject(match.group("s"), sentence, match.start("s"))
    )
    unit = (match.group("unit") or " inhabitants").strip()
    value = _read(sentence, match, unit)
    if subject is None or value is None:
        return
    times, reasons, end = (
        read_times(sentence.text, match.end()) if timed else (NO_TIMES, (), match.end())
    )
    if _AND_MORE.match(sentence.text, match.end()) or _AND_MORE.match(sentence.text, end):
        reasons = (*reasons, "another figure follows, so this may be a part")
    yield _make(rule, sentence, match, subject, predicate, value, times, reasons, end)


def _read(sentence: Sentence, match: re.Match[str], unit: str, group: str = "q") -> Quantity | None:
    """Read a figure; what its pattern has before it is understood: "had a population of 200"."""
    inside = match.start(group) > match.start()
    before = "" if inside else sentence.text[: match.start(group)]
    return read_quantity(match.group(group), unit, before)


def _propose_tolls(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    for pattern in (_WERE_DONE, _DIED, _DOING):
        for match in pattern.finditer(sentence.text):
            done = match.group("done")
            predicate = _DOING_WORDS.get(done) or _DONE.get(done, "killed")
            value = _read(sentence, match, match.group("unit"))
            if value is not None:
                subject, end = _find_event(sentence, scene, match)
                yield _make("toll", sentence, match, subject, predicate, value, NO_TIMES, (), end)
    for pattern in (_LEFT, _DOES):
        for match in pattern.finditer(sentence.text):
            yield from _propose_toll_of(sentence, scene, match)


def _propose_toll_of(sentence: Sentence, scene: Scene, match: re.Match[str]) -> Iterator[Proposal]:
    """A toll with its event as subject: "the flood left 40 people dead and 60 wounded"."""
    subject = scene.find_subject(match.group("s"), sentence, match.start("s"))
    if subject is None:
        return
    if subject.name is None or not is_event(subject.name):
        reason = "who did it is told, but not in which event" if subject.name else ""
        subject = Subject(name=None, review=tuple(filter(None, (*subject.review, reason))))
    groups = match.groupdict()
    unit = match.group("unit")
    for group, unit_words, done in (
        ("q", unit, groups["done"]),
        ("q2", (groups.get("unit2") or unit).strip(), groups.get("done2")),
    ):
        value = _read_second(sentence, match, unit_words, group) if done else None
        if value is not None and done is not None:
            yield _make("toll", sentence, match, subject, _DONE[done], value, NO_TIMES, ())


def _read_second(
    sentence: Sentence, match: re.Match[str], unit: str, group: str
) -> Quantity | None:
    """The "and" before a second figure joins it to the first and is no hedge."""
    before = "" if group == "q2" else sentence.text[: match.start(group)]
    return read_quantity(match.group(group), unit, before)


def _find_event(sentence: Sentence, scene: Scene, match: re.Match[str]) -> tuple[Subject, int]:
    """The event that is named right behind the figure, or the article's own as a guess."""
    found = _EVENT.match(sentence.text, match.end() + 1)
    if found is not None and is_event(found.group("event")):
        return scene.name_of(found.group("event")), found.end()
    if is_event(scene.title):
        reason = f"the event is not named; taken to be {scene.title}"
        return Subject(name=scene.title, review=(reason,)), match.end()
    reason = "the event is not named; say which one it was"
    return Subject(name=None, review=(reason,)), match.end()


def _make(
    rule: str,
    sentence: Sentence,
    match: re.Match[str],
    subject: Subject,
    predicate: str,
    value: Quantity,
    times: Times,
    reasons: tuple[str, ...],
    end: int | None = None,
) -> Proposal:
    return Proposal(
        rule=rule,
        sentence=sentence,
        start=match.start(),
        end=match.end() if end is None else end,
        subject=subject.name,
        predicate=predicate,
        value=value,
        review=(*subject.review, *reasons),
        as_of=times.as_of,
        since=times.since,
        until=times.until,
    )
