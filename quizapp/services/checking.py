"""Proof that every stored memory is the fold of its log, and that no new fact is passed over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from quizapp.errors import QuizappError
from quizapp.services.reviewing.states import fold_history
from quizapp.storage.engine import UNAVAILABLE, Database
from quizapp.storage.histories import (
    History,
    KeptMemory,
    count_reviews,
    stream_histories,
    stream_memories,
)
from quizapp.storage.ids import AccountId, FactId
from quizapp.storage.integrity import OK, find_damage
from quizapp.storage.introductions import list_passed_over
from quizapp.storage.migrating import has_current_schema
from quizapp.storage.reviews import StoredMemory


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A memory that is not the fold of its log, or a new fact that is passed over, and how."""

    learner_id: AccountId
    fact_id: FactId
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a check found; `database` is "ok" or the first damage that the database itself found."""

    database: str
    memories: int
    reviews: int
    mismatches: tuple[Mismatch, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return self.database == OK and not self.mismatches


def check_database(database: Database) -> Check:
    """Ask the database for damage, then fold every log and compare it with what is stored.

    Raises:
        One of `UNAVAILABLE`: the database cannot be reached.
    """
    if database.is_missing:
        return _damaged("there is none; make it with `quizapp db upgrade`")
    damage = find_damage(database)
    if damage != OK:
        return _damaged(damage)
    try:
        if not has_current_schema(database.read):
            return _damaged("it has not the schema of this version; run `quizapp db upgrade`")
        with database.snapshot() as session:
            return _check_memories(session)
    except UNAVAILABLE:
        raise
    except (DatabaseError, ValueError) as error:
        first = str(error).partition("\n")[0]
        return _damaged(f"a stored value cannot be read: {first}")


def _check_memories(session: Session) -> Check:
    memories = 0
    mismatches: list[Mismatch] = []
    for learner_id, fact_id, history, memory in _pair(session):
        memories += memory is not None
        mismatches += _compare(learner_id, fact_id, history, memory)
    mismatches += _list_passed_over(session, mismatches)
    reviews = count_reviews(session)
    return Check(database=OK, memories=memories, reviews=reviews, mismatches=tuple(mismatches))


def _list_passed_over(session: Session, found: Sequence[Mismatch]) -> list[Mismatch]:
    """Name the new facts that would never be asked; one that lost its memory was `found`."""
    named = {(each.learner_id, each.fact_id) for each in found}
    return [
        Mismatch(
            learner_id=each.learner_id,
            fact_id=each.fact_id,
            what=f"not in memory, but counted as introduced in version {each.version_id}",
        )
        for each in list_passed_over(session)
        if (each.learner_id, each.fact_id) not in named
    ]


def _damaged(damage: str) -> Check:
    return Check(database=damage, memories=0, reviews=0, mismatches=())


def _pair(
    session: Session,
) -> Iterator[tuple[AccountId, FactId, History | None, StoredMemory | None]]:
    """Walk both streams together; each is in the order of learner and fact."""
    streams: tuple[Iterable[History | KeptMemory], ...] = (
        stream_histories(session),
        stream_memories(session),
    )
    for (learner_id, fact_id), group in groupby(merge(*streams, key=_whose), _whose):
        history: History | None = None
        stored: StoredMemory | None = None
        for each in group:
            if isinstance(each, History):
                history = each
            else:
                stored = each.stored
        yield learner_id, fact_id, history, stored


def _whose(each: History | KeptMemory) -> tuple[AccountId, FactId]:
    return each.learner_id, each.fact_id


def _compare(
    learner_id: AccountId, fact_id: FactId, history: History | None, stored: StoredMemory | None
) -> list[Mismatch]:
    try:
        folded = fold_history(history) if history else None
    except QuizappError as error:
        what = f"the log cannot be replayed: {error}"
    else:
        if folded == stored:
            return []
        what = _describe(folded, stored)
    return [Mismatch(learner_id=learner_id, fact_id=fact_id, what=what)]


def _describe(folded: StoredMemory | None, stored: StoredMemory | None) -> str:
    if stored is None:
        return "the log has answers, but no memory is stored"
    if folded is None:
        return "a memory is stored, but the log has no answer that counts"
    names = [
        name
        for name in type(folded.memory).__slots__
        if getattr(folded.memory, name) != getattr(stored.memory, name)
    ]
    names += [
        name
        for name in ("shuffle", "question_id")
        if getattr(folded, name) != getattr(stored, name)
    ]
    return "differs from the log in " + ", ".join(names)
