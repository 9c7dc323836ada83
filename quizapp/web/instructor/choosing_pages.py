"""What the pages of a draft's questions, and of its publication, show."""

from collections import Counter
from dataclasses import dataclass

from quizapp.facts.model import FactId, Pack
from quizapp.generation.statements import state_fact
from quizapp.kinds.question import Question
from quizapp.kinds.registry import get_kind
from quizapp.kinds.writing import write_key
from quizapp.services.authoring.choosing import QuestionDesk
from quizapp.services.authoring.packing import DraftItem
from quizapp.web.instructor.fact_pages import may_edit
from quizapp.web.kinds.controls import AnyControl, show_control
from quizapp.web.kinds.given import Given

_STATES = {"proposed": "To review", "accepted": "Accepted", "dropped": "Dropped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question as a learner sees it, with its key, its fact and its place in the article."""

    key: str
    number: int
    state: str
    origin: str
    control: AnyControl
    right: str
    question: Question
    fact: str
    statement: str
    paragraph: str
    siblings: int
    former: str | None
    following: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosingView:
    """How far one has come; `question` is None when all are decided.

    `unused` are facts without a question, with their sentence and why.
    """

    total: int
    decided: int
    accepted: int
    question: QuestionView | None
    unused: tuple[tuple[str, str, str], ...]
    shows_all: bool
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """What publishing would ask: questions by kind, and what keeps facts from it.

    `held` are facts that wait for a look, `faults` what is wrong: key of the fact and words.
    """

    questions: int
    kinds: tuple[tuple[str, int], ...]
    facts: int
    undecided: int
    unread: int
    held: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, str], ...]
    versions: int
    may_edit: bool


def show_choosing(desk: QuestionDesk, wanted: str, *, shows_all: bool) -> ChoosingView:
    """Return the question that is wanted, else the first that is not decided."""
    items = desk.release.questions.items
    open_ones = [item for item in items if item.state == "proposed"]
    chosen = next((item for item in items if item.question.id == wanted), None)
    shown = chosen or next(iter(items if shows_all else open_ones), None)
    line = items if shows_all or (shown and shown.state != "proposed") else tuple(open_ones)
    unused = tuple((key, _state(desk.pack, key), why) for key, why in desk.release.questions.unused)
    return ChoosingView(
        total=len(items),
        decided=len(items) - len(open_ones),
        accepted=sum(item.state == "accepted" for item in items),
        question=None if shown is None else _show_question(desk, shown, line),
        unused=unused,
        shows_all=shows_all,
        may_edit=may_edit(desk.details),
    )


def find_next_question(desk: QuestionDesk, key: str) -> str | None:
    """Return the next question after this one that is not decided, or else the first of all."""
    items = desk.release.questions.items
    keys = [str(item.question.id) for item in items]
    place = keys.index(key) if key in keys else -1
    turned = (*items[place + 1 :], *items[: place + 1])
    return next((str(one.question.id) for one in turned if one.state == "proposed"), None)


def list_siblings(desk: QuestionDesk, key: str) -> list[str]:
    """Return the keys of the undecided questions on the fact that this question asks for first."""
    items = desk.release.questions.items
    fact = next((one.question.facts[0] for one in items if one.question.id == key), None)
    return [
        str(one.question.id)
        for one in items
        if one.state == "proposed" and one.question.facts[0] == fact
    ]


def show_release(desk: QuestionDesk) -> ReleaseView:
    """Return what publishing would ask."""
    bank = desk.release.bank
    kinds = Counter(one.kind for one in bank.questions)
    items = desk.release.questions.items
    return ReleaseView(
        questions=len(bank.questions),
        kinds=tuple(sorted(kinds.items(), key=lambda kind: -kind[1])),
        facts=len({fact for one in bank.questions for fact in one.facts}),
        undecided=sum(item.state == "proposed" for item in items),
        unread=sum(fact.state == "proposed" for fact in desk.draft.facts),
        held=tuple((each.key, each.statement) for each in desk.release.held_back),
        faults=tuple(
            (str(getattr(fault, "fact", "") or ""), fault.text) for fault in desk.found.faults
        ),
        versions=desk.details.versions,
        may_edit=may_edit(desk.details),
    )


def _show_question(
    desk: QuestionDesk, item: DraftItem, line: tuple[DraftItem, ...]
) -> QuestionView:
    question = item.question
    keys = [str(one.question.id) for one in line]
    place = keys.index(question.id)
    order = get_kind(question.kind).order(question, str(question.id))
    fact, source = str(question.facts[0]), question.source
    paragraph = desk.pack.article.find_paragraph(source.section, source.paragraph)
    return QuestionView(
        key=str(question.id),
        number=[one.question.id for one in desk.release.questions.items].index(question.id) + 1,
        state=_STATES[item.state],
        origin=item.origin,
        control=show_control(question, order, given=Given(), prefix="shown-", level=2),
        right=write_key(question),
        question=question,
        fact=fact,
        statement=_state(desk.pack, fact),
        paragraph=source.quote if paragraph is None else paragraph.text,
        siblings=len(list_siblings(desk, question.id)),
        former=keys[place - 1] if place else None,
        following=keys[place + 1] if place + 1 < len(keys) else None,
    )


def _state(pack: Pack, key: str) -> str:
    known = {one.id for one in pack.facts}
    return state_fact(pack, pack.get_fact(FactId(key))) if key in known else ""
