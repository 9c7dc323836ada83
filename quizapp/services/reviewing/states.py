"""The one way in which a log becomes a stored memory."""

from zlib import crc32

from quizapp.memory import Memory, fold, register_fits
from quizapp.storage.histories import History
from quizapp.storage.ids import AccountId, FactId, QuestionId
from quizapp.storage.reviews import StoredMemory


def seed_of(learner_id: AccountId, fact_id: FactId) -> str:
    """Return what fixes all chance about one memory."""
    return f"{learner_id}:{fact_id}"


def to_stored(memory: Memory, seed: str, question_id: QuestionId) -> StoredMemory:
    """Return a memory as it is stored: with its place among the facts due on one day."""
    shuffle = crc32(f"{seed}:{memory.reps}".encode()) >> 1
    return StoredMemory(memory=memory, shuffle=shuffle, question_id=question_id)


def fold_history(history: History) -> StoredMemory | None:
    """Compute the memory that the log amounts to, None if every answer was undone."""
    seed = seed_of(history.learner_id, history.fact_id)
    memory = fold(history.entries, seed=seed, registry=register_fits(history.fits))
    if memory is None:
        return None
    return to_stored(memory, seed, history.questions[_last_number(history)])


def _last_number(history: History) -> int:
    """Return the number of the review that counts last; `fold` orders them in the same way."""
    last = max(history.live(), key=lambda each: (each.at, each.arrived, each.number))
    return last.number
