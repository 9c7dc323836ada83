"""Keeps what the form of an attempt sent, and tells what came of each question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quizapp.errors import ConflictError, InvalidError
from quizapp.services.quizzing.looking import Paper
from quizapp.services.quizzing.saving import Saved, flag, save
from quizapp.storage.ids import AttemptId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.kinds.given import Given
from quizapp.web.student.attempts_forms import Sent, stamp
from quizapp.web.words import write_clock

_STALE = (
    "You changed this answer meanwhile, in another window or on another device. That one stands;"
    " this one was not saved."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was saved and what could not be, by the number of the question.

    `conflict` says why nothing at all was taken.
    """

    saved: Mapping[int, Saved] = field(default_factory=dict)
    problems: Mapping[int, str] = field(default_factory=dict)
    conflict: str | None = None


def keep(attempt_id: AttemptId, sent: Sequence[Sent]) -> Kept:
    """Save what was changed, and commit: three statements for each such question.

    An answer that its kind cannot take is a problem of its own and lets the others be saved; if
    one is refused because the attempt has changed meanwhile, nothing is saved.

    Raises:
        NotFoundError: no such question in an attempt of this learner.
    """
    saved: dict[int, Saved] = {}
    problems: dict[int, str] = {}
    try:
        for each in sent:
            _keep_flag(attempt_id, each)
            if each.is_changed:
                _keep_answer(attempt_id, each, saved, problems)
    except ConflictError as refusal:
        db.session.rollback()
        return Kept(conflict=str(refusal))
    db.session.commit()
    return Kept(saved=saved, problems=problems)


def tell_stale(paper: Paper, sent: Sequence[Sent]) -> tuple[dict[int, str], dict[int, Given]]:
    """Return, after a conflict, the answers that were changed elsewhere, and what was sent else.

    By number: why the first were not saved, and what is to stand in the fields of the others.
    """
    problems: dict[int, str] = {}
    given: dict[int, Given] = {}
    asked = {each.number: each for each in paper.questions}
    for each in sent:
        if each.number not in asked:
            continue
        shown = asked[each.number]
        if each.is_changed and shown.saves != each.saves:
            problems[each.number] = _STALE
        else:
            given[each.number] = each.given
    return problems, given


def write_reply(kept: Kept, sent: Sequence[Sent], paper: Paper | None) -> dict[str, object]:
    """Return what a script is told that saved; `paper` is the attempt after a conflict."""
    given = {each.number: each.given for each in sent}
    return {
        "saved": {
            str(number): {
                "saves": saved.saves,
                "stood": stamp(given[number]),
                "words": f"Saved {write_clock(saved.at)}",
            }
            for number, saved in kept.saved.items()
        },
        "problems": {str(number): text for number, text in kept.problems.items()},
        "conflict": kept.conflict,
        "over": paper is not None and paper.state not in {"in_progress", "overdue"},
        "now": round(read_now().timestamp() * 1000),
    }


def _keep_flag(attempt_id: AttemptId, sent: Sent) -> None:
    if sent.flagged != sent.was_flagged:
        flag(
            db.session(),
            get_current(),
            attempt_id,
            sent.number - 1,
            read_now(),
            flagged=sent.flagged,
        )


def _keep_answer(
    attempt_id: AttemptId, sent: Sent, saved: dict[int, Saved], problems: dict[int, str]
) -> None:
    try:
        done = save(db.session(), get_current(), attempt_id, sent.saving, read_now())
    except InvalidError as problem:
        text = str(problem)
        problems[sent.number] = f"{text[:1].upper()}{text[1:]}."
    else:
        saved[sent.number] = done
