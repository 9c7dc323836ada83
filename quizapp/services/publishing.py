"""A fact pack becomes a published version of a set."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError
from quizapp.facts.model import Fact, Pack
from quizapp.facts.packs import canonical_json
from quizapp.formats.questions_json import question_to_dict, write_questions
from quizapp.generation.bank import generate
from quizapp.generation.statements import state_fact
from quizapp.kinds.bank import Bank
from quizapp.kinds.question import Question
from quizapp.storage.ids import AccountId, VersionId
from quizapp.storage.publishing import (
    NewFact,
    NewPassage,
    NewQuestion,
    NewVersion,
    find_newest,
    publish,
)


def publish_pack(
    session: Session, pack: Pack, *, owner_id: AccountId | None, seed: int, now: datetime
) -> VersionId:
    """Generate the questions of a pack and publish them as the next version of its set.

    A pack whose facts and questions are those of the newest version makes no new one.

    Raises:
        InvalidError: no question could be made; the problems say why, fact by fact.
    """
    bank = generate(pack, seed=seed)
    if not bank.questions:
        reasons = "; ".join(f"{fact}: {why}" for fact, why in bank.unused)
        raise InvalidError(f"No question could be made of {pack.origin.id}: {reasons}")
    version = _version(pack, bank, seed)
    newest = find_newest(session, version.set_key)
    if newest is not None and newest[1] == version.digest:
        return newest[0]
    return publish(session, version, owner_id=owner_id, now=now)


def _version(pack: Pack, bank: Bank, seed: int) -> NewVersion:
    asked = {str(fact) for question in bank.questions for fact in question.facts}
    facts = sorted(
        (fact for fact in pack.facts if str(fact.id) in asked),
        key=lambda fact: (-fact.importance, fact.order),
    )
    content = canonical_json(pack) + write_questions(bank, pack.origin.id, seed)
    return NewVersion(
        set_key=pack.origin.id,
        title=pack.title,
        article_title=pack.article.title,
        publisher=pack.origin.publisher,
        licence=pack.origin.licence,
        digest=hashlib.sha256(content).hexdigest(),
        passages=_passages(pack),
        facts=tuple(_fact(pack, fact) for fact in facts),
        questions=tuple(_question(question) for question in bank.questions),
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
