"""The frame of a sentence: who says so, how sure it is, and for what time it holds.

Every statement and every question gets its frame here and not in its template, so that no claim
can lose its claimant and nothing bound to a time can lose its date.
"""

from quizapp.facts.folding import fold
from quizapp.facts.model import Entity, Fact, Pack, Status
from quizapp.facts.templates import Slot, split_template
from quizapp.facts.values import PartialDate, Period, Quantity, overlap
from quizapp.generation.wording import join_words, name_entity, write_date, write_when

_SOURCES: dict[Status, str] = {
    "stated": "",
    "claim": "",
    "estimate": "an estimate",
    "reported": "reports",
    "considered": "assessments",
    "initial": "initial reports",
    "revised": "a later revision",
    "unofficial": "unofficial accounts",
}
_OWNED: dict[Status, str] = {
    "estimate": "an estimate by {}",
    "initial": "an initial report by {}",
    "revised": "a revised figure by {}",
    "unofficial": "unofficial accounts by {}",
}
_TIMELESS = frozenset({"event", "publication", "conflict"})


def write_frame(pack: Pack, fact: Fact, template: str = "") -> str:
    """Return what stands before the sentence, without the comma: "According to JNIM in July 2024".

    A template with a slot for the claimants names them itself. What the subject's name already
    tells (a month, a carrier of the claim) is not told twice.
    """
    subject = pack.entities[fact.subject]
    source = "" if _names_claimants(template) else _write_source(pack, fact, subject)
    time = "" if is_counted_then(pack, fact) else write_time(pack, fact)
    if source and fact.status == "estimate" and is_published(pack, fact):
        time = ""
    if source and fact.as_of is not None and time and not time.startswith("as of"):
        joint = time if fact.said else f"of {write_date(fact.as_of)}"
        source, time = f"{source} {joint}", ""
    carriers = "" if _names_claimants(template) else _write_carriers(pack, fact, subject)
    return ", ".join(part for part in (source, carriers, time) if part)


def is_counted_then(pack: Pack, fact: Fact) -> bool:
    """Return whether the date belongs to what a publication counted, and not to its saying so."""
    counted = isinstance(fact.value, Quantity) and fact.status != "estimate"
    return is_published(pack, fact) and fact.as_of is not None and counted


def is_published(pack: Pack, fact: Fact) -> bool:
    """Return whether it is a publication that says so, which stands and does not speak."""
    return bool(fact.said) and pack.entities[fact.said[0]].type == "publication"


def write_counted_time(pack: Pack, fact: Fact) -> str:
    """Return the time that closes the sentence: "how many were there in Mali in 2023"."""
    return write_time(pack, fact) if is_counted_then(pack, fact) else ""


def name_claimants(pack: Pack, fact: Fact) -> tuple[str, ...]:
    """Return the names of those who make and carry the claim, as the pack writes them."""
    return tuple(pack.entities[identity].name for identity in fact.said)


def write_time(pack: Pack, fact: Fact) -> str:
    """Return the time that the fact holds for: "in 2022", "as of 2024", "from 2017 to 2023", or "".

    A fact about a dated event, or about one whose name holds the date, needs no other date.
    """
    period = _write_period(fact)
    if period or fact.as_of is None:
        return period
    subject = pack.entities[fact.subject]
    if subject.type in _TIMELESS and _is_dated(pack, fact.as_of, subject):
        return ""
    return _write_moment(pack, fact, fact.as_of, subject)


def _write_moment(pack: Pack, fact: Fact, date: PartialDate, subject: Entity) -> str:
    published = is_published(pack, fact)
    if fact.status == "estimate" and (published or not fact.said):
        return f"of {write_date(date)}"
    if is_counted_then(pack, fact):
        return write_when(date)
    moment = pack.predicates[fact.predicate].moment
    told = fact.said or subject.type in _TIMELESS or _SOURCES[fact.status]
    if not moment and (published or not told):
        return f"as of {write_date(date)}"
    return write_when(date)


def write_iso_time(fact: Fact) -> str | None:
    """Return the date or the period that the fact holds for in ISO form, open ends left blank."""
    if fact.start is None and fact.end is None:
        return None if fact.as_of is None else fact.as_of.iso
    ends = ["" if date is None else date.iso for date in (fact.start, fact.end)]
    return "/".join(ends)


def is_past(pack: Pack, fact: Fact) -> bool:
    """Return whether the fact is told in the past.

    It is if it is dated, if it was only ever reported, or if its subject is no more.
    """
    dated = fact.as_of is not None or fact.start is not None or fact.end is not None
    gone = pack.entities[fact.subject].past
    return dated or gone or fact.status in ("estimate", "initial", "revised", "unofficial")


def _write_period(fact: Fact) -> str:
    if fact.start is not None and fact.end is not None:
        return write_when(Period(start=fact.start, end=fact.end))
    if fact.start is not None:
        return f"since {write_date(fact.start)}"
    return "" if fact.end is None else f"until {write_date(fact.end)}"


def _write_source(pack: Pack, fact: Fact, subject: Entity) -> str:
    if not fact.said:
        source = _SOURCES[fact.status]
        told = source and fold(source.split()[-1]) in fold(subject.name).split()
        return f"according to {source}" if source and not told else ""
    claimant = name_entity(pack.entities[fact.said[0]])
    owned = _OWNED.get(fact.status, "{}")
    if is_published(pack, fact):
        owned = owned.replace(" by ", " in ")
        if fact.status == "estimate" and fact.as_of is not None:
            owned = owned.replace(" in ", f" of {write_date(fact.as_of)} in ")
    if fact.status in fold(claimant):
        owned = "{}"
    return f"according to {owned.format(claimant)}"


def _write_carriers(pack: Pack, fact: Fact, subject: Entity) -> str:
    carriers = [pack.entities[identity] for identity in fact.said[1:]]
    names = [name_entity(one) for one in carriers if fold(one.name) not in fold(subject.name)]
    return f"as reported by {join_words(names)}" if names else ""


def _is_dated(pack: Pack, date: PartialDate, subject: Entity) -> bool:
    """Whether the subject's name holds the month of the date, or a dated fact places it then."""
    month = PartialDate(year=date.year, month=date.month)
    if fold(write_date(month)) in fold(subject.name):
        return True
    dates = [
        fact.value
        for fact in pack.list_mentions(subject.id)
        if fact.subject == subject.id and isinstance(fact.value, (PartialDate, Period))
    ]
    return any(overlap(date, found) for found in dates)


def _names_claimants(template: str) -> bool:
    return any(isinstance(part, Slot) and part.name == "said" for part in split_template(template))
