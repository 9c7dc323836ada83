"""A fact pack becomes a published version of a set."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError
from quizapp.facts.canonical import canonical_json, digest_fact
from quizapp.facts.model import Fact, Pack
from quizapp.formats.questions_json import question_to_dict, write_questions
from quizapp.generation.bank import generate
from quizapp.generation.rivals import list_rivals_asked
from quizapp.generation.slots import list_rivals
from quizapp.generation.statements import state_fact
from quizapp.kinds.bank import Bank
from quizapp.kinds.question import KindName, Question
from quizapp.kinds.registry import KINDS
from quizapp.services.own_passages import list_own_facts, place_own_passages
from quizapp.storage.ids import AccountId, VersionId
from quizapp.storage.publishing import (
    NewFact,
    NewPassage,
    NewQuestion,
    NewVersion,
    find_newest,
    load_digests,
    publish,
)
from quizapp.storage.version_files import add_files

# The kinds that the pages can ask: all of them.
SHOWN: tuple[KindName, ...] = tuple(KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A fact that is not asked until an instructor has looked: it says something else now."""

    key: str
    statement: str


def publish_pack(
    session: Session,
    pack: Pack,
    *,
    owner_id: AccountId | None,
    seed: int,
    now: datetime,
    looked_at: Collection[str] = (),
    files: Mapping[str, bytes] | None = None,
) -> VersionId:
    """Generate the questions of a pack and publish them as the next version of its set.

    A pack whose facts and questions are those of the newest version makes no new one. Facts that
    `list_held_back` names are left out, except those that an instructor has `looked_at`. Learners'
    memories stay in either case, since they hang on the fact. `files` are those of the topic folder
    that the pack was read from.

    Raises:
        InvalidError: no question could be made; the problems say why, fact by fact.
    """
    bank = generate(pack, seed=seed, kinds=SHOWN)
    held = {each.key for each in list_held_back(session, pack)} - set(looked_at)
    asked = tuple(each for each in bank.questions if held.isdisjoint(map(str, each.facts)))
    if not asked:
        reasons = "; ".join(f"{fact}: {why}" for fact, why in bank.unused)
        raise InvalidError(f"No question could be made of {pack.origin.id}: {reasons}")
    version = make_version(pack, Bank(questions=asked, unused=bank.unused), seed)
    newest = find_newest(session, version.set_key)
    if newest is not None and newest[1] == version.digest:
        return newest[0]
    version_id = publish(session, version, owner_id=owner_id, now=now)
    add_files(session, version_id, files or {})
    return version_id


def list_held_back(session: Session, pack: Pack, set_key: str = "") -> tuple[HeldBack, ...]:
    """Return the facts that say something else than in the last version that stated them.

    That is another value, hedge, claimant or date, or another rival; other words are no change.
    `set_key` is the key of the set, if it is not the id of the pack.
    """
    known = load_digests(session, set_key or pack.origin.id)
    return tuple(
        HeldBack(key=fact.id, statement=state_fact(pack, fact))
        for fact in pack.facts
        if known.get(fact.id) and known[fact.id] != _digest(pack, fact)
    )


def _digest(pack: Pack, fact: Fact) -> str:
    """What questions about the fact ask and what stands beside it: a new rival is a change, too."""
    rivals = sorted(digest_fact(rival) for rival in list_rivals(pack, fact))
    return hashlib.sha256("\n".join((digest_fact(fact), *rivals)).encode()).hexdigest()


def make_version(pack: Pack, bank: Bank, seed: int, set_key: str = "") -> NewVersion:
    """Return the version of a set that asks these questions; `set_key` is by default the pack's id.

    A question may ask for what is no fact of the pack, and quote what does not stand in its article
    (paragraph 0): then it brings a fact and a passage of its own.
    """
    placed = place_own_passages(pack, bank.questions)
    asked = {str(fact) for question in placed.questions for fact in question.facts}
    facts = sorted(
        (fact for fact in pack.facts if str(fact.id) in asked),
        key=lambda fact: (-fact.importance, fact.order),
    )
    own = list_own_facts(pack, placed.questions)
    # Why other questions were not made is no part of what a version says.
    said = Bank(questions=bank.questions, unused=())
    content = canonical_json(pack) + write_questions(said, pack.origin.id, seed)
    return NewVersion(
        set_key=set_key or pack.origin.id,
        title=pack.title,
        article_title=pack.article.title,
        publisher=pack.origin.publisher,
        licence=pack.origin.licence,
        digest=hashlib.sha256(content).hexdigest(),
        passages=(*_passages(pack), *placed.passages),
        facts=(*(_fact(pack, fact) for fact in facts), *own),
        questions=tuple(_question(question) for question in placed.questions),
        rivals=list_rivals_asked(placed.questions),
    )


def _passages(pack: Pack) -> tuple[NewPassage, ...]:
    return tuple(
        NewPassage(
            section=section.title,
            level=section.level,
            paragraph=paragraph.number,
            text=paragraph.text,
        )
        for section in pack.article.sections
        for paragraph in section.paragraphs
    )


def _fact(pack: Pack, fact: Fact) -> NewFact:
    names = pack.entities[fact.subject].names
    return NewFact(
        key=fact.id,
        statement=state_fact(pack, fact),
        section=fact.at.section,
        importance=fact.importance,
        digest=_digest(pack, fact),
        names=[{"text": name.text, "lang": name.lang} for name in names],
    )


def _question(question: Question) -> NewQuestion:
    return NewQuestion(
        key=question.id,
        kind=question.kind,
        guess=question.guess,
        facts=question.facts,
        section=question.source.section,
        paragraph=question.source.paragraph,
        body={**question_to_dict(question)},
    )
