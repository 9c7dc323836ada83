"""What follows a verb: "... on 3 February 1642 in Marrow by Ann Bell", in any order."""

import re
from dataclasses import dataclass

from quizapp.extraction.dates import ANY_DATE, is_hedged_date, read_date_words
from quizapp.extraction.names import NAME
from quizapp.facts.values import PartialDate

_DATE = re.compile(rf",? (?P<prep>on|in) (?:the year )?(?P<date>{ANY_DATE})")
_PLACE = re.compile(
    rf",? (?P<prep>in|at) (?:the (?:city|town|village|port|county|province) of )?"
    rf"(?:the )?(?P<name>{NAME})"
)
_AGENT = re.compile(rf",? by (?:the |an? )?(?:[a-z]+ ){{0,2}}?(?P<name>{NAME})")
_OTHER = re.compile(
    r",? (?:by (?:(?:the|an?|its|his|her|their|some) )?[a-z]+(?: [a-z]+){0,2}|there|here"
    r"|together|again|again there"
    r"|(?:near|outside|north|south|east|west) (?:of )?(?:the )?"
    + NAME
    + r"|at (?:the|a) [a-z]+)(?=,? (?:on|in|at|by) |[.,;]|$)"
)
_FIRST = re.compile(rf"^(?:On|In) (?P<date>{ANY_DATE}),? (?:the )?$")
_MORE = re.compile(rf"(?:,? (?:and|or|with) (?:the )?|, (?:the )?)(?:{NAME})(?=\s|[.,;]|$)")
_GOES_ON = re.compile(
    r",?\s(?:or|and) (?:in |on |by |at )?(?:the )?(?:\d|early|late|perhaps|probably)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjuncts:
    """Date, place and agent after a verb, as far as they were understood; `end` is where.

    `hedged` tells that the date is less certain than facts can say; `more` that another name
    follows the last one, so that it is one of several.
    """

    end: int
    date: PartialDate | None = None
    place: str | None = None
    agent: str | None = None
    hedged: bool = False
    more: bool = False


def read_adjuncts(text: str, start: int, subject: int) -> Adjuncts:
    """Return what follows the verb that ends at `start`; `subject` is where its subject begins.

    A date may also open the sentence: "On 3 May 1900 the ...".
    """
    first = _FIRST.match(text[:subject])
    date = None if first is None else read_date_words(first.group("date"))
    place = agent = None
    hedged, position = False, start
    while True:
        found = _DATE.match(text, position)
        if found is not None and date is None:
            date = read_date_words(found.group("date"))
            before, after = text[: found.start("date")], text[found.end() :]
            hedged = is_hedged_date(before, after) or _GOES_ON.match(after) is not None
        elif (found := _PLACE.match(text, position)) is not None and place is None:
            place = found.group("name")
        elif (found := _AGENT.match(text, position)) is not None and agent is None:
            agent = found.group("name")
        else:
            found = _OTHER.match(text, position)
        if found is None:
            break
        position = found.end()
    more = (place or agent) is not None and _MORE.match(text, position) is not None
    return Adjuncts(end=position, date=date, place=place, agent=agent, hedged=hedged, more=more)
