"""The queue of a learner with ten times the facts."""

from dataclasses import replace

from quizapp.services.reviewing.days import queue_query
from quizapp.storage.engine import Database
from quizapp.storage.queue import find_study_queue
from tests.benchmarks.measuring import Ratio, Sizes, Step, compare
from tests.benchmarks.worlds import Learner, add_learner, fresh_database, remember
from tests.factories.people import MORNING

AIM = 1.3
_ASKED = 20
_DEFAULT_REVIEWS = 200
_DUE_SHARE = 20  # one fact in so many


def measure_due(sizes: Sizes) -> dict[str, Ratio]:
    """Compare the queue of many facts with that of few: all introduced, and half of them new.

    With the limits of a new account the learner of many facts has 200 due, that of few 50, and
    the difference is mostly the facts that are read: so no aim.
    """
    with fresh_database() as database:
        return {
            "due_10k_over_1k": _measure(database, sizes, share=1),
            "due_10k_over_1k_half_new": _measure(database, sizes, share=2),
            "due_10k_over_1k_default_limits": _measure(
                database, sizes, share=3, reviews=_DEFAULT_REVIEWS, aim=None
            ),
        }


def _measure(
    database: Database,
    sizes: Sizes,
    *,
    share: int,
    reviews: int = _ASKED,
    aim: float | None = AIM,
) -> Ratio:
    """Compare two learners who have one fact in `share` in memory."""
    many, few = (_add(database, facts, share) for facts in (sizes.many_facts, sizes.few_facts))
    with database.reading() as session:

        def load(learner: Learner) -> Step:
            account = replace(learner.account, new_per_day=_ASKED, reviews_per_day=reviews)
            query = queue_query(account, MORNING)
            return lambda _: find_study_queue(session, query, learner.study_id)

        return compare(ours=load(many), baseline=load(few), calls=sizes.calls, aim=aim)


def _add(database: Database, facts: int, share: int) -> Learner:
    with database.writing() as session:
        name = f"learner-{facts}-{share}"
        learner = add_learner(session, name=name, facts=facts, kind="flashcard")
        remember(session, learner, facts=facts // share, due=facts // _DUE_SHARE)
        session.commit()
    return learner
