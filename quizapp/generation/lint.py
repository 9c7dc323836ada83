"""What a rule can see in a question beside its fact; it refuses and never repairs."""

from quizapp.facts.folding import fold
from quizapp.facts.model import Fact, Pack
from quizapp.facts.values import Quantity
from quizapp.generation.frames import write_time
from quizapp.generation.item_rules import find_item_faults
from quizapp.generation.wording import HEDGES, keeps_hedge, name_entity
from quizapp.kinds.question import Question


def find_faults(question: Question, fact: Fact, pack: Pack) -> tuple[str, ...]:
    """Return what is wrong with the question, one reason a fault, for an instructor to read."""
    found = [fault for _, fault in find_item_faults(question)]
    if len(question.facts) == 1:
        found += [fault for rule in _RULES if (fault := rule(question, fact, pack)) is not None]
    return tuple(dict.fromkeys(found))


def _check_hedge(question: Question, fact: Fact, _pack: Pack) -> str | None:
    hedge = HEDGES[fact.value.comparison] if isinstance(fact.value, Quantity) else ""
    if hedge and not keeps_hedge(hedge, question.stem):
        return f"the hedge {hedge!r} is lost"
    return None


def _check_claimant(question: Question, fact: Fact, pack: Pack) -> str | None:
    claimants = [name_entity(pack.entities[one]) for one in fact.said]
    lost = [name for name in claimants if fold(name) not in fold(question.stem)]
    return f"the claimant {lost[0]} is lost" if lost else None


def _check_date(question: Question, fact: Fact, pack: Pack) -> str | None:
    time = write_time(pack, fact)
    # "In June 2024" may stand there as "reports of June 2024".
    told = fold(time).removeprefix("in ").removeprefix("on ") in fold(question.stem)
    return None if told else f"the date {time!r} is lost"


_RULES = (_check_hedge, _check_claimant, _check_date)
