"""An answer through the service layer."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from sqlite3 import Connection

from fsrs import Scheduler
from sqlalchemy import select

from quizapp.kinds.question import KindName
from quizapp.memory import DEFAULT_PARAMETERS
from quizapp.memory.fuzz import find_range
from quizapp.services.reviewing.answering import Submission, answer
from quizapp.storage.engine import Database
from quizapp.storage.tables import MemoryRow
from tests.benchmarks.measuring import WARM, Ratio, Sizes, compare
from tests.benchmarks.plain_answering import Sent, answer_plainly, connect
from tests.benchmarks.worlds import REPS, Learner, add_learner, fresh_database, remember
from tests.factories.people import MORNING

AIM = 2.5
_RESPONSES: dict[KindName, str] = {"flashcard": "3", "choice": "1"}  # Good; the right option
_NAMES: dict[KindName, str] = {"flashcard": "answer", "choice": "answer_choice"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The same learner in two databases; questions are counted from 0."""

    database: Database
    plain: Connection
    scheduler: Scheduler
    learner: Learner
    response: str

    def answer(self, number: int) -> None:
        """Answer a question through the service layer, in a transaction of its own."""
        learner = self.learner
        fact_id, question_id = learner.asked[number]
        submission = Submission(
            question_id=question_id,
            fact_id=fact_id,
            expected_reps=REPS,
            shown_at=MORNING,
            key=f"key-{number}",
            fields={"answer": self.response},
        )
        with self.database.writing() as session:
            answer(session, learner.account, learner.study_id, submission, MORNING)
            session.commit()

    def answer_plainly(self, number: int) -> None:
        """Answer the same question with bare `fsrs` and the bare driver."""
        fact_id, question_id = self.learner.asked[number]
        sent = Sent(
            learner_id=self.learner.account.id,
            study_id=self.learner.study_id,
            fact_id=fact_id,
            question_id=question_id,
            key=f"key-{number}",
            response=self.response,
            at=MORNING,
        )
        answer_plainly(self.plain, self.scheduler, sent)

    def list_due_days(self) -> list[tuple[int, range]]:
        """Return by fact when it is due: ours, and where fuzz may move the plain one to."""
        statement = select(MemoryRow.fact_id, MemoryRow.due_day).order_by(MemoryRow.fact_id)
        with self.database.reading() as session:
            ours = session.execute(statement).all()
        plain = self.plain.execute("SELECT due_day FROM memory ORDER BY fact_id").fetchall()
        return [
            (due_day, self._reach(row["due_day"]))
            for (_, due_day), row in zip(ours, plain, strict=True)
        ]

    def _reach(self, due_day: int) -> range:
        today = MORNING.toordinal()
        first, last = find_range(due_day - today, DEFAULT_PARAMETERS.maximum_interval)
        return range(today + first, today + last + 1)


def measure_answers(sizes: Sizes) -> dict[str, Ratio]:
    """Compare answers with bare `fsrs` and the bare driver: a graded card, a marked choice.

    Raises:
        RuntimeError: the two sides did not schedule alike, so that they cannot be compared.
    """
    ratios = {}
    for kind, name in _NAMES.items():
        with open_sides(WARM + sizes.calls, kind) as sides:
            ratios[name] = compare(
                ours=sides.answer, baseline=sides.answer_plainly, calls=sizes.calls, aim=AIM
            )
            # The package knows no guessing, so that only cards end up due on the same day.
            if kind == "flashcard" and any(
                day not in reach for day, reach in sides.list_due_days()
            ):
                raise RuntimeError("the two sides of the answer made different due days")
    return ratios


@contextmanager
def open_sides(facts: int, kind: KindName) -> Iterator[Sides]:
    """Give two databases in which a learner has so many facts, all in memory."""
    with fresh_database() as ours, fresh_database() as other:
        learner, _ = (_populate(database, facts, kind) for database in (ours, other))
        with closing(connect(other.url.database or "")) as plain:
            yield Sides(
                database=ours,
                plain=plain,
                scheduler=Scheduler(enable_fuzzing=False),
                learner=learner,
                response=_RESPONSES[kind],
            )


def _populate(database: Database, facts: int, kind: KindName) -> Learner:
    with database.writing() as session:
        learner = add_learner(session, name="learner", facts=facts, kind=kind)
        remember(session, learner, facts=facts, due=facts)
        session.commit()
    return learner
