"""The whole log of a learner and fact, from which the memory can be computed again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from quizapp.memory import Entry, FittedWeights, Grade, Review, Undo, find_fit
from quizapp.storage.fits import list_fits, list_used_fits
from quizapp.storage.ids import AccountId, FactId, QuestionId
from quizapp.storage.questions import MEMORY_COLUMNS, read_memory
from quizapp.storage.reviews import StoredMemory
from quizapp.storage.tables import MemoryRow, ReviewRow, UndoRow

_BATCH = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The log of one learner and fact; `questions` are those asked, by number of the review.

    `fits` are fits that its entries may name.
    """

    learner_id: AccountId
    fact_id: FactId
    entries: tuple[Entry, ...]
    questions: dict[int, QuestionId]
    fits: tuple[FittedWeights, ...]

    def live(self) -> list[Review]:
        """Return the reviews that were not undone."""
        undone = {entry.undoes for entry in self.entries if isinstance(entry, Undo)}
        reviews = [entry for entry in self.entries if isinstance(entry, Review)]
        return [review for review in reviews if review.number not in undone]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMemory:
    """A stored memory and whose it is."""

    learner_id: AccountId
    fact_id: FactId
    stored: StoredMemory


_ENTRIES = (
    select(
        ReviewRow.id,
        ReviewRow.learner_id,
        ReviewRow.fact_id,
        ReviewRow.question_id,
        ReviewRow.at,
        ReviewRow.arrived_at,
        ReviewRow.study_day,
        ReviewRow.grade,
        ReviewRow.guess,
        ReviewRow.parameters,
        ReviewRow.interval_days,
        UndoRow.review_id.label("undone_id"),
    )
    .outerjoin(UndoRow, UndoRow.review_id == ReviewRow.id)
    .order_by(ReviewRow.learner_id, ReviewRow.fact_id, ReviewRow.id)
)


def load_history(session: Session, learner_id: AccountId, fact_id: FactId) -> History:
    """Return the log of one learner and fact, empty if there was never an answer.

    One statement, and one more where a fit was in use.
    """
    mine = and_(ReviewRow.learner_id == learner_id, ReviewRow.fact_id == fact_id)
    rows = session.execute(_ENTRIES.where(mine)).all()
    fits = list_fits(session, (row.parameters for row in rows))
    return _history(learner_id, fact_id, rows, fits)


def stream_histories(session: Session) -> Iterator[History]:
    """Yield the whole log, one learner and fact at a time, in their order."""
    fits = {fit.number: fit for fit in list_used_fits(session)}
    rows = session.execute(_ENTRIES.execution_options(yield_per=_BATCH))
    for (learner_id, fact_id), group in groupby(rows, lambda row: (row.learner_id, row.fact_id)):
        entries = tuple(group)
        yield _history(learner_id, fact_id, entries, _pick_named(entries, fits))


def stream_memories(session: Session) -> Iterator[KeptMemory]:
    """Yield all stored memories, in the order of `stream_histories`."""
    statement = select(
        MemoryRow.learner_id,
        MemoryRow.fact_id,
        *MEMORY_COLUMNS,
        MemoryRow.shuffle,
        MemoryRow.question_id,
    ).order_by(MemoryRow.learner_id, MemoryRow.fact_id)
    for row in session.execute(statement.execution_options(yield_per=_BATCH)):
        memory = read_memory(row)
        assert memory is not None
        yield KeptMemory(
            learner_id=row.learner_id,
            fact_id=row.fact_id,
            stored=StoredMemory(memory=memory, shuffle=row.shuffle, question_id=row.question_id),
        )


def count_reviews(session: Session) -> int:
    """Count the reviews in the log, undone ones too."""
    return session.scalar(select(func.count(ReviewRow.id))) or 0


def _pick_named(
    rows: Sequence[Row[*tuple[object, ...]]], fits: Mapping[int, FittedWeights]
) -> tuple[FittedWeights, ...]:
    """Return those fits that a log names: few, even where every learner has one."""
    if not fits:
        return ()
    found = (find_fit(version) for version in sorted({row.parameters for row in rows}))
    numbers = dict.fromkeys(number for number in found if number in fits)
    return tuple(fits[number] for number in numbers if number is not None)


def _history(
    learner_id: AccountId,
    fact_id: FactId,
    rows: Sequence[Row[*tuple[object, ...]]],
    fits: tuple[FittedWeights, ...],
) -> History:
    reviews: list[Entry] = [
        Review(
            number=row.id,
            at=row.at,
            arrived=row.arrived_at,
            study_day=row.study_day,
            grade=Grade(row.grade),
            guess=row.guess,
            parameters=row.parameters,
            interval=row.interval_days,
        )
        for row in rows
    ]
    undos = [Undo(number=row.id, undoes=row.id) for row in rows if row.undone_id is not None]
    return History(
        learner_id=learner_id,
        fact_id=fact_id,
        entries=(*reviews, *undos),
        questions={row.id: row.question_id for row in rows},
        fits=fits,
    )
