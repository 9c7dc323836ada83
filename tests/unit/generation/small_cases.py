"""Questions from tiny packs: those of one kind, the choice of one fact, and drafts by hand."""

from collections.abc import Sequence
from pathlib import Path

from quizapp.facts.model import Pack
from quizapp.generation.bank import generate
from quizapp.generation.base import FactBase
from quizapp.generation.choice import make_choice
from quizapp.generation.distractors import Distractor, find_distractors
from quizapp.generation.drafts import Draft
from quizapp.generation.slots import examine_fact
from quizapp.kinds.question import KindName, Question
from tests.factories.fact_packs import get_fact, make_tiny_pack

DATES = (
    "id: a, s: race, p: date, v: 2001-05-01",
    "id: b, s: fair, p: date, v: 2001-09",
    "id: c, s: feast, p: date, v: 1999-12-24",
    "id: d, s: storm, p: date, v: 2003",
)
LEADERS = (
    "id: a, s: ash, p: leader, v: ann",
    "id: b, s: elm, p: leader, v: bob",
    "id: c, s: fir, p: leader, v: cid",
    "id: d, s: oak, p: leader, v: dan",
)
OTHERS = ("fair", "feast", "storm", "may_march")


def make(folder: Path, kind: KindName, *facts: str, seed: int = 0, **more: str) -> list[Question]:
    """Return the questions of one kind made from these facts."""
    return list(generate(make_tiny_pack(folder, *facts, **more), seed=seed, kinds=[kind]).questions)


def refuse(folder: Path, kind: KindName, *facts: str, **more: str) -> str:
    """Return why the first fact got no question of this kind."""
    bank = generate(make_tiny_pack(folder, *facts, **more), kinds=[kind])
    return dict(bank.unused)[bank.unused[0][0]]


def ask(folder: Path, *facts: str, entities: str = "", template: str = "") -> Question:
    """Return the choice question about the fact `a`."""
    pack = make_tiny_pack(folder, *facts, entities=entities)
    found = [
        question
        for question in generate(pack, kinds=["choice"]).questions
        if question.facts == ("a",) and template in question.template
    ]
    assert len(found) == 1
    return found[0]


def list_wrong(question: Question) -> set[str]:
    """Return the wrong options of a choice question."""
    return {option.text for option in question.options if not option.correct}


def draft(pack: Pack, identity: str, kind: KindName, *, seed: int = 0) -> Draft:
    """Return the fact of that id as it begins to be made into a question."""
    standing = examine_fact(pack, get_fact(pack, identity))
    base = FactBase(pack)
    return Draft(base=base, standing=standing, template=f"{kind}/own", kind=kind, seed=seed)


def count_cows(*figures: int) -> tuple[str, ...]:
    """Return the facts: 50 cows in the race, and so many as documented figures elsewhere."""
    killed = [
        f"id: {event}, s: {event}, p: killed, v: {{n: {figure}, unit: cows}}"
        for event, figure in zip(OTHERS, figures, strict=False)
    ]
    return ("id: a, s: race, p: killed, v: {n: 50, unit: cows}", *killed)


def date_events(*dates: str) -> tuple[str, ...]:
    """Return the facts: the race in June 2001, and these dates of other events."""
    happened = [
        f"id: {event}, s: {event}, p: date, v: {date}"
        for event, date in zip(OTHERS, dates, strict=False)
    ]
    return ("id: a, s: race, p: date, v: 2001-06", *happened)


def choose_at(folder: Path, position: int, *facts: str) -> tuple[list[str], list[int]]:
    """Return the options with the right one at that position, and the positions possible."""
    pack = make_tiny_pack(folder, *facts)
    asks = pack.predicates[get_fact(pack, "a").predicate].asks
    offered: list[int] = []

    def place(count: int, possible: Sequence[int]) -> int:
        assert count == 4
        offered.extend(possible)
        return position

    question = make_choice(draft(pack, "a", "choice"), asks[0], place)
    assert isinstance(question, Question)
    texts = [option.text for option in question.options]
    assert texts.index(question.answer) == position
    return texts, offered


def find_wrong(folder: Path, *facts: str, entities: str = "") -> tuple[Distractor, ...]:
    """Return what is proven wrong for the fact `a`, best first."""
    found = draft(make_tiny_pack(folder, *facts, entities=entities), "a", "choice")
    return find_distractors(found.base, found.standing, found.rng)


def list_names(folder: Path, *facts: str, entities: str = "") -> list[str]:
    """Return the wrong values for the fact `a`, best first."""
    return [one.text for one in find_wrong(folder, *facts, entities=entities)]
