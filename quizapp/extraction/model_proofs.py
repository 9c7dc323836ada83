"""What a language model says becomes a proposal only where the text proves it.

Proved are: the quote stands in the passage, once and within one sentence; every name, number and
date stands in the quote; what the sentence says around them (hedge, negation, condition, claimant)
survives, by the guards of the rules; the names are of the sorts that the predicate takes. Not
proved is that the predicate is the right one, so that a person looks at every proposal.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizapp.errors import InvalidError
from quizapp.extraction.attribution import Attribution, find_attribution
from quizapp.extraction.guards import Verdict, judge
from quizapp.extraction.model_answers import Refused, Statement, read_answer, shorten
from quizapp.extraction.model_prompt import Passage
from quizapp.extraction.model_values import Found, Quoted, find_date, find_name, find_value
from quizapp.extraction.names import strip_article
from quizapp.extraction.proposals import Named, Proposal, Provenance
from quizapp.extraction.proposing import Extraction, list_time_reasons
from quizapp.extraction.sentences import Sentence, list_sentences
from quizapp.extraction.subjects import Scene
from quizapp.extraction.typing import guess_types, list_known_types, list_misfits
from quizapp.facts.folding import fold
from quizapp.facts.model import Status
from quizapp.facts.predicates import list_shipped_predicates
from quizapp.facts.values import PartialDate

RULE = "model"
"""The rule of every proposal that a model made."""
BY_MODEL = "proposed by a language model; compare it with its sentence"
_LONGEST_REASON = 300
_OWNER = re.compile(r"['\u2019]s?\s")
_SPEECH = frozenset({"claimed_by", "announced", "announced_by", "described_as"})
"""Predicates whose own verb is one of saying."""
_BIDDING = re.compile(
    r"\b(?:(?:ignore|disregard|forget|override)\s(?:\w+\s){0,4}?(?:above|previous|prior|earlier"
    r"|preceding|before|instructions?|rules?|prompts?)|system prompts?|language models?|you are now"
    r"|as an ai|(?:output|respond|reply|answer) (?:only|with)|(?:output|propose|print|emit|return)"
    r" (?:that|the following|this|json|facts?))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One passage put to a model, and its answer: what all proposals from it have in common."""

    passage: Passage
    model: str
    template: str
    digest: str
    answer: str


class Prover:
    """Holds the statements about one article against its text and what rules read in it."""

    def __init__(self, found: Extraction) -> None:
        """`found` is the article as rules read it: its names, short forms and types count."""
        article = found.document.article
        sentences = list_sentences(article, found.document.text)
        self._title = article.title
        self._scene = Scene(article.title, sentences, found.explained)
        self._predicates = list_shipped_predicates()
        self._types = list_known_types(found.proposals, self._predicates, article.title)

    def read(self, exchange: Exchange) -> tuple[list[Proposal], list[Refused]]:
        """Return the proved proposals of an answer, and what is left out with its reason.

        Raises:
            InvalidError: the answer as a whole cannot be read.
        """
        statements, refused = read_answer(exchange.answer)
        proved: list[Proposal] = []
        for one in statements:
            try:
                proved.append(self._prove(one, exchange))
            except InvalidError as error:
                words = shorten(f"{one.subject} / {one.predicate} / {', '.join(one.values)}")
                quote, reason = shorten(one.quote), shorten_reason(str(error))
                refused.append(Refused(words=words, quote=quote, reason=reason))
        return proved, refused

    def _prove(self, one: Statement, exchange: Exchange) -> Proposal:
        sentence, quoted = find_sentence(one.quote, exchange.passage)
        predicate = self._predicates[one.predicate]
        subject = find_name(one.subject, predicate.domain, quoted, self._scene)
        value = find_value(one.values, predicate, quoted, self._scene, several=one.several)
        assert isinstance(subject.value, Named)
        if subject.start < value.end and value.start < subject.end:
            raise InvalidError("its subject and its value are the same words")
        said = tuple(self._find_claimant(name, sentence) for name in one.said)
        proposal = Proposal(
            rule=RULE,
            sentence=sentence,
            start=min(subject.start, value.start),
            end=max(subject.end, value.end),
            subject=subject.value.name,
            predicate=one.predicate,
            value=value.value,
            as_of=_find_time(one.as_of, quoted),
            since=_find_time(one.since, quoted),
            until=_find_time(one.until, quoted),
            said=said,
            status=one.status,
            review=(BY_MODEL, *subject.review, *value.review, *_list_owned(subject, sentence)),
            provenance=_note(one, exchange),
        )
        kept = _keep_around(proposal, subject, value, one.said)
        self._check_types(kept)
        return kept.with_review(*list_time_reasons(kept))

    def _find_claimant(self, name: str, sentence: Sentence) -> str:
        whole = Quoted(text=sentence.text, start=0, end=len(sentence.text))
        try:
            found = find_name(name, ("entity",), whole, self._scene)
        except InvalidError as error:
            raise InvalidError(f"who says so: {error}") from error
        return found.value.name if isinstance(found.value, Named) else name

    def _check_types(self, proposal: Proposal) -> None:
        own = guess_types((proposal,), self._predicates, self._title)
        wrong = list_misfits(proposal, self._predicates, {**own, **self._types})
        if wrong:
            raise InvalidError("; ".join(wrong))


def find_sentence(quote: str, passage: Passage) -> tuple[Sentence, Quoted]:
    """Return the one sentence of the passage that holds the quote, and where.

    Raises:
        InvalidError: the quote stands nowhere, in several places, or in several sentences.
    """
    words = quote.strip()
    places = [
        (one, match.start())
        for one in passage.sentences
        for match in re.finditer(re.escape(words), one.text)
    ]
    if not places:
        inside = words in passage.text
        raise InvalidError(
            "the quote goes over more than one sentence"
            if inside
            else "the quote does not stand in the text"
        )
    if len(places) > 1:
        raise InvalidError("the quote stands more than once in the passage; which is meant is open")
    sentence, start = places[0]
    bidding = _BIDDING.search(sentence.text)
    if bidding is not None:
        raise InvalidError(
            f"its sentence bids a reader do something (\u201c{bidding.group(0)}\u201d)"
        )
    return sentence, Quoted(text=sentence.text, start=start, end=start + len(words))


def shorten_reason(reason: str) -> str:
    """Return a reason on one line; the words of a model in it are cut."""
    return shorten(reason) if len(reason) > _LONGEST_REASON else reason


def _keep_around(
    proposal: Proposal, subject: Found, value: Found, said: tuple[str, ...]
) -> Proposal:
    """Return the proposal with what its sentence says around it, none of which may be lost.

    `said` are the claimants as the model wrote them, before short forms were written out.
    """
    text = proposal.sentence.text
    unread = _list_unread(text, proposal, subject, value)
    verdict = judge(text, proposal.start, proposal.end, unread=unread)
    if verdict.dropped is not None:
        raise InvalidError(verdict.dropped)
    outer = Attribution(
        found=bool(verdict.said or verdict.missing), said=verdict.said, status=verdict.status
    )
    inner = find_attribution(text, value.start, value.end)
    told = [outer] if proposal.predicate in _SPEECH else [outer, inner]
    _keep_claimants((*proposal.said, *said), told)
    status = _keep_status(proposal, verdict, told)
    judged = replace(proposal, status=status, as_of=proposal.as_of or verdict.as_of)
    reasons = [*verdict.review, *(reason for one in told for reason in one.review)]
    if proposal.said and not any(one.found for one in told):
        reasons.append("the model alone says who claims it; look whether the sentence does")
    return judged.with_review(*reasons)


def _list_owned(subject: Found, sentence: Sentence) -> Iterator[str]:
    """Yield a reason where a name owns what is told of: "Ann Bell's son died in 1900"."""
    if _OWNER.match(sentence.text, subject.end):
        yield "its subject stands there as an owner; look whether it is about what is owned"


def _list_unread(text: str, proposal: Proposal, subject: Found, value: Found) -> str:
    """What stands between subject and value, of which nobody knows what it does to them."""
    first, second = sorted((subject, value), key=lambda one: one.start)
    between = text[first.end : second.start]
    if isinstance(proposal.value, tuple):
        # Between the members of a list, too; their names hold no word that a guard looks for.
        between += f" {text[value.start : value.end]}"
    return f" {between} "


def _keep_status(proposal: Proposal, verdict: Verdict, told: Sequence[Attribution]) -> Status:
    statuses = [one.status for one in told if one.status != "stated"]
    if verdict.status != "stated":
        statuses.insert(0, verdict.status)
    if not statuses:
        return "claim" if proposal.said and proposal.status == "stated" else proposal.status
    if proposal.status == "stated" and not proposal.said:
        words = "; ".join(verdict.review) or "somebody says so"
        raise InvalidError(f"the sentence leaves it open and the statement does not: {words}")
    return statuses[0]


def _keep_claimants(said: tuple[str, ...], told: Sequence[Attribution]) -> None:
    """A claimant whom the sentence names is named by the statement, too."""
    named = [name for one in told for name in one.said]
    names = [fold(strip_article(name)) for name in named]
    given = [fold(strip_article(name)) for name in said]
    if named and not any(one in other or other in one for one in given for other in names):
        who = " or ".join(dict.fromkeys(named))
        raise InvalidError(f"the sentence says it after {who}, and the statement does not")


def _find_time(words: str | None, quoted: Quoted) -> PartialDate | None:
    if words is None:
        return None
    found = find_date(words, quoted).value
    return found if isinstance(found, PartialDate) else None


def _note(one: Statement, exchange: Exchange) -> Provenance:
    return Provenance(
        model=exchange.model,
        template=exchange.template,
        passage=exchange.passage.text,
        digest=exchange.digest,
        answer=exchange.answer,
        quote=one.quote,
    )
