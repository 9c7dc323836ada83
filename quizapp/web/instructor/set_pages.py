"""What the pages of a set show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from quizapp.kinds.question import Question
from quizapp.services.authoring.listing import look_at_set
from quizapp.services.authoring.packing import DraftItem
from quizapp.storage.ids import SetId
from quizapp.storage.set_lists import SetChange
from quizapp.storage.sets import SetDetails
from quizapp.web.access import get_current
from quizapp.web.extensions import db
from quizapp.web.instructor.set_forms import SHARES, SetForm, ShareForm

STATES = {"accepted": "Accepted", "proposed": "Not decided", "dropped": "Dropped"}
_ACTIONS = {
    "begun": "began the set",
    "imported": "imported the set",
    "copied": "copied the set from {from}",
    "reopened": "opened a new draft",
    "renamed": "called it {title}",
    "tagged": "tagged it: {tags}",
    "shared": "shared it with {name}, who may {may} it",
    "unshared": "shares it with {name} no more",
    "archived": "archived the set",
    "unarchived": "brought the set back",
    "restored": "made the draft from version {subject}",
    "published": "published a version",
    "replaced draft": "replaced the draft by a folder and threw away: {lost}",
    "undid fact": "took back the last change of fact {subject}",
    "proposed fact": "took back the decision on fact {subject}",
    "wrote question": "wrote question {subject}",
    "edited question": "edited question {subject}",
    "deleted question": "deleted question {subject}",
    "accepted question": "accepted question {subject}",
    "dropped question": "dropped question {subject}",
    "proposed question": "took back the decision on question {subject}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A change of a set in words."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """A question in the list of a draft's questions."""

    question: Question
    state: str
    origin: str
    editable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPart:
    """A part of a question before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedQuestion:
    """A question that only one of two versions asks, or both do differently: new, gone, changed."""

    what: str
    question: Question
    parts: tuple[ChangedPart, ...]


def render_sheet(
    set_id: SetId, *, form: SetForm | None = None, sharing: ShareForm | None = None
) -> str:
    """Return the page of a set, with a form that has to be mended."""
    sheet = look_at_set(db.session(), get_current(), set_id)
    tags = ", ".join(sheet.details.tags)
    return render_template(
        "instructor/set_sheet.html",
        sheet=sheet,
        set=sheet.details,
        may_edit=sheet.details.may != "read" and sheet.details.archived_at is None,
        may_own=sheet.details.may == "own",
        form=form or SetForm(None, title=sheet.details.title, tags=tags),
        sharing=sharing or ShareForm(None, may="read"),
        shares=SHARES,
    )


def show_changes(changes: Iterable[SetChange]) -> tuple[ChangeLine, ...]:
    """Return the changes of a set in words."""
    return tuple(
        ChangeLine(at=change.at, who=change.name or "Somebody", text=_tell(change))
        for change in changes
    )


def show_item(item: DraftItem, details: SetDetails) -> ItemLine:
    """Return a question of a draft as its list shows it."""
    return ItemLine(
        question=item.question,
        state=STATES[item.state],
        origin=item.origin,
        editable=details.may != "read" and details.archived_at is None,
    )


def show_pairs(
    pairs: Iterable[tuple[Question | None, Question | None]],
) -> Iterator[ChangedQuestion]:
    """Yield what is different in each pair of questions, of which one may be missing."""
    for former, latter in pairs:
        if former and latter:
            parts = tuple(_list_parts(former, latter))
            yield ChangedQuestion(what="changed", question=latter, parts=parts)
        elif question := former or latter:
            what = "gone" if former else "new"
            yield ChangedQuestion(what=what, question=question, parts=())


def _tell(change: SetChange) -> str:
    words = _ACTIONS.get(change.action, f"{change.action} {{subject}}")
    detail = {
        key: ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in change.detail.items()
    }
    return words.format_map({"subject": change.subject, "tags": "", **detail}).strip()


def _list_parts(former: Question, latter: Question) -> Iterable[ChangedPart]:
    for name, before, after in (
        ("Question", former.stem, latter.stem),
        ("Answer", former.answer, latter.answer),
        ("Options", _list_options(former), _list_options(latter)),
        ("Also accepted", ", ".join(former.accept), ", ".join(latter.accept)),
        ("Explanation", former.feedback, latter.feedback),
        ("Passage", former.source.quote, latter.source.quote),
    ):
        if before != after:
            yield ChangedPart(name=name, before=before, after=after)


def _list_options(question: Question) -> str:
    return "; ".join(option.text for option in question.options)
