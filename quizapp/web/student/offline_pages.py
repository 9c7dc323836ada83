"""What a browser is given to ask, mark and explain questions without a network."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import render_template
from flask_wtf.csrf import generate_csrf

from quizapp.kinds.marking import Response
from quizapp.services.reviewing.asking import Asking
from quizapp.services.reviewing.days import calendar_of
from quizapp.services.reviewing.packing import Pack
from quizapp.storage.accounts import Account
from quizapp.web.kinds.keys import list_problems, list_right
from quizapp.web.kinds.marked import MarkedView, show_marked
from quizapp.web.kinds.stems import Stem, show_stem
from quizapp.web.student.pages import QuestionPage, SourceView, show_question, show_source


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldView:
    """What is told after any answer; the browser adds what was given, and whether it was right."""

    stem: Stem
    marked: MarkedView
    explanation: str
    source: SourceView
    counted: str = ""
    right: bool = False
    given: bool = False
    hinted: bool = False
    forgotten: int = 0
    undone: bool = False


def write_pack(pack: Pack, account: Account, now: datetime) -> dict[str, object]:
    """Return a pack as the scripts read it: the markup of each question, and its key beside it."""
    return {
        "account": account.id,
        "study": pack.study.id,
        "token": generate_csrf(),
        "questions": [_write_question(account, each, now) for each in pack.questions],
    }


def _write_question(account: Account, asked: Asking, now: datetime) -> dict[str, object]:
    # A hint comes from the server.
    asking = replace(asked, hint=None)
    item = _show(account, asking, now, reveal="")
    uncovered = str(asking.question_id) if asking.outcomes else ""
    card = _show(account, asking, now, reveal=uncovered) if uncovered else None
    return {
        "question": asking.question_id,
        "fact": asking.fact_id,
        "reps": asking.reps,
        "guess": asking.question.guess,
        "kind": asking.question.kind,
        "target": item.control.target,
        "right": list_right(asking.question),
        "problems": list_problems(asking.question),
        "markup": render_template(
            "student/packed.html",
            item=item,
            uncovered=card,
            told=_tell(asking),
            problem=None,
        ),
    }


def _show(account: Account, asking: Asking, now: datetime, *, reveal: str) -> QuestionPage:
    return show_question(
        asking,
        reveal=reveal,
        refused=None,
        now=now,
        today=calendar_of(account).study_day(now),
        two_buttons=account.two_buttons,
    )


def _tell(asking: Asking) -> ToldView:
    question = asking.question
    return ToldView(
        stem=show_stem(question),
        marked=show_marked(question, Response(given=False), asking.order),
        explanation=question.feedback,
        source=show_source(asking.passage, question),
    )
