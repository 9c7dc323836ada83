"""Who says so: "according to ...", "... said that", ", said ...", or nobody who is named."""

import re
from dataclasses import dataclass

from quizapp.extraction.dates import find_dates
from quizapp.extraction.names import find_names, strip_article
from quizapp.facts.folding import fold
from quizapp.facts.model import Status
from quizapp.facts.values import PartialDate

_VERBS: tuple[tuple[Status, str], ...] = (
    (
        "claim",
        (
            r"claim(?:s|ed|ing)?|allege[sd]?|said|says?|stat(?:e[sd]|ing)|announc(?:e[sd]|ing)"
            r"|insist(?:s|ed)?|assert(?:s|ed)?|maintain(?:s|ed)? that|boast(?:s|ed)?|declare[sd]?"
            r"|told|argue[sd]?|confirmed|accuse[sd]?|admit(?:s|ted)|replied|adds|recall(?:s|ed)"
            r"|testified"
        ),
    ),
    ("estimate", r"estimate[sd]?|reckon(?:s|ed)?|put the (?:number|figure|toll) at"),
    (
        "reported",
        r"report(?:s|ed)|wr(?:ote|ites?|itten)|noted that|records? that|recorded that|mentions?",
    ),
    (
        "considered",
        (
            r"thinks?|thought|believe[sd]?|suggest(?:s|ed)?|suspect(?:s|ed)?|assume[sd]?"
            r"|consider(?:s|ed)?|suppose[sd]?|conclude[sd]?|propose[sd]? that"
        ),
    ),
)
_VERB = re.compile(rf"\b(?:{'|'.join(words for _, words in _VERBS)})\b")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|be) (?:(?:widely|generally|often|also|variously|commonly) )?"
    r"(?P<verb>said|reported|claimed|believed|thought|rumou?red|alleged|considered|estimated|supposed|assumed|suspected|held|understood)\b"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[^,;:()]+?)(?=[,;:()]|\.?$)")
_FIGURES = re.compile(
    r"\b(?:[Ee]stimates?|[Rr]eports?|[Rr]umou?rs?|[Cc]laims?|[Aa]llegations?|[Aa]ccounts?"
    r"|[Ss]ources?)\b"
)
_ADVERBS = re.compile(r"(?:\s(?:later|also|has|had|have|once|first|then|publicly|often|in turn))+$")
_APPOSITION = re.compile(r",[^,]*,?$")
_CLAUSE_END = re.compile(r"[;:]\s")
_VAGUE = re.compile(
    r"^(?:some|many|most|several|a few|few|other|others|various|certain|critics|people"
    r"|observers|historians|scholars|it|one|they|sources|experts|researchers|chroniclers"
    r"|tradition)\b",
    re.IGNORECASE,
)
_LINKED = re.compile(r"\b(?:by|of|in|from|for|to|at|on|with|and|or|near|against|about)\b")
_NOBODY = frozenset({"", "the", "a", "an", "there", "this", "that", "which", "who"})
_NO_CLAIMANT = "who says so is not named; find out, or leave it as reported"
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The claimants of a statement; `found` tells that somebody says it, named or not."""

    found: bool = False
    said: tuple[str, ...] = ()
    status: Status = "stated"
    as_of: PartialDate | None = None
    review: tuple[str, ...] = ()


def find_attribution(text: str, start: int, end: int, *, aside: bool = False) -> Attribution:
    """Return who says what stands from `start` to `end` of the sentence.

    Of an aside only that is said what stands in a clause with "that".
    """
    according = _ACCORDING.search(text)
    if according is not None:
        return _attribute(according.group("who"), "claim")
    before, after = text[:start], text[end:]
    for part in (before, after):
        passive = _PASSIVE.search(part)
        if passive is not None:
            return _leave_open(_find_status(passive.group("verb")))
    verbs = [one for one in _VERB.finditer(before) if not aside or " that " in before[one.end() :]]
    if verbs:
        verb = verbs[0]
        found = _attribute(before[: verb.start()], _find_status(verb.group(0)))
        dates = [one.value for one in find_dates(before) if one.start >= verb.end()]
        return _with_date(found, dates, before[verb.end() :])
    verb_after = None if aside else _VERB.search(after)
    if verb_after is not None:
        return _attribute_after(after, verb_after)
    return _leave_open("reported") if _FIGURES.search(before) else Attribution()


def _attribute(words: str, status: Status) -> Attribution:
    who = _ADVERBS.sub("", _CLAUSE_END.split(words)[-1].strip())
    whole = _APPOSITION.sub("", who) if "," in who else who
    bare = strip_article(whole).strip()
    names = list(find_names(bare))
    if fold(bare) in _NOBODY or _VAGUE.match(bare) or len(bare.split()) > _MOST_WORDS:
        return _leave_open(status)
    # A single word at the head of a sentence may be capital for standing there.
    sure = " " in bare or bare != who or bare.isupper()
    if sure and len(names) == 1 and _is_whole(bare, names[0]):
        return Attribution(found=True, said=(names[0][0],), status=status)
    reason = f"\u201c{whole.strip()}\u201d says so and has no name of its own; check who it is"
    return Attribution(found=True, said=(bare,), status=status, review=(reason,))


def _is_whole(words: str, name: tuple[str, int, int]) -> bool:
    """Whether the words are the name alone, or with what somebody is: "the engineer Ann Bell"."""
    ahead = words[: name[1]]
    return name[2] == len(words) and (not ahead or (ahead.islower() and not _LINKED.search(ahead)))


def _attribute_after(after: str, verb: re.Match[str]) -> Attribution:
    """What follows a statement: ", said Ann Bell" or ", Ann Bell said"."""
    status = _find_status(verb.group(0))
    head, tail = after[: verb.start()], after[verb.end() :]
    names = [name for name, _, _ in find_names(tail if head.strip(' ,"\u201d') == "" else head)]
    if not after.lstrip('"\u201d').startswith(","):
        # The verb belongs to something else that the sentence tells.
        review = "another part of the sentence tells what somebody says"
        return Attribution(review=(review,))
    return (
        Attribution(found=True, said=(names[0],), status=status)
        if len(names) == 1
        else _leave_open(status)
    )


def _with_date(found: Attribution, dates: list[PartialDate], between: str) -> Attribution:
    if not dates or " that" not in between or not found.found:
        return found
    return Attribution(
        found=True, said=found.said, status=found.status, as_of=dates[0], review=found.review
    )


def _leave_open(status: Status) -> Attribution:
    """A claim without a claimant is no claim in a pack, but something reported."""
    kept: Status = "reported" if status == "claim" else status
    return Attribution(found=True, status=kept, review=(_NO_CLAIMANT,))


def _find_status(verb: str) -> Status:
    for status, words in _VERBS:
        if re.fullmatch(words, verb):
            return status
    return "reported"
