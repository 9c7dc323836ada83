"""What the page of one question of a report shows, and that of all answers to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.charts import Svg
from quizapp.kinds.marking import Response
from quizapp.kinds.registry import get_kind
from quizapp.psychometrics.findings import ItemFindings, OptionFindings
from quizapp.services.reporting.values import (
    QuestionLine,
    QuestionReport,
    ResponseLine,
    ResponsePage,
    Trend,
)
from quizapp.storage.ids import AttemptId
from quizapp.web.charts import Table
from quizapp.web.instructor.assignments_words import write_points
from quizapp.web.instructor.pages import FigureView, PageView, show_page
from quizapp.web.instructor.reports_charts import draw_thirds, draw_trend
from quizapp.web.instructor.reports_pages import RemarkView, show_checks
from quizapp.web.instructor.reports_words import (
    NoteView,
    say_verdict,
    write_index,
    write_index_range,
    write_seconds,
    write_share_range,
)
from quizapp.web.kinds.marked import MarkedView, show_marked
from quizapp.web.student.pages import SourceView, show_source
from quizapp.web.words import write_percent, write_share
from quizapp.web.zones import write_instant

# So many different answers are told of before the list of all.
_GROUPS = 12
_NO_RESPONSE = "No response"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """An option with who chose it, of all and of the thirds; `r` is how that goes with the rest."""

    text: str
    key: bool
    count: str
    top: str
    middle: str
    bottom: str
    r: str
    note: NoteView


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A question of a report; `thirds` are the sizes of the groups, empty without options."""

    line: QuestionLine
    points: str
    computed: str
    marked: MarkedView
    figures: tuple[FigureView, ...]
    remarks: tuple[RemarkView, ...]
    options: tuple[OptionRow, ...]
    thirds: str
    options_finding: str
    options_picture: Svg | None
    trend: Table
    trend_finding: str
    trend_picture: Svg | None
    notes: tuple[str, ...]
    statements: tuple[str, ...]
    source: SourceView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """An answer to a question: whose, what, what it earned and how long it took."""

    name: str
    attempt_id: AttemptId
    anchor: str
    number: int
    answer: str
    mark: str
    time: str
    saved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """Equal answers; `share` is that of all."""

    answer: str
    mark: str
    count: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersView:
    """A page of all answers to a question, and the commonest of all."""

    groups: tuple[GroupRow, ...]
    more_groups: int
    rows: tuple[AnswerRow, ...]
    page: PageView


def show_question_report(found: QuestionReport) -> QuestionPage:
    """Return the page of a question of a report."""
    line, question = found.line, found.question
    order = sorted(get_kind(question.kind).order(question, ""))
    options, thirds = _list_options(line.findings)
    options_finding, options_picture = _draw_options(line.findings)
    trend_finding, trend_picture = draw_trend(found.trend)
    return QuestionPage(
        line=line,
        points=f"{write_points(line.points)} {'point' if line.points == 1 else 'points'}",
        computed=write_instant(found.computed_at, found.timezone),
        marked=show_marked(question, Response(given=False), order),
        figures=_list_figures(line),
        remarks=tuple(
            remark for check in show_checks(found, line.checks) for remark in check.remarks
        ),
        options=options,
        thirds=thirds,
        options_finding=options_finding,
        options_picture=options_picture,
        trend=_tell_trend(found.trend),
        trend_finding=trend_finding,
        trend_picture=trend_picture,
        notes=line.findings.notes if line.findings else (),
        statements=tuple(fact.statement for fact in found.facts),
        source=show_source(found.passage, question) if found.passage else None,
    )


def show_answers(found: ResponsePage) -> AnswersView:
    """Return a page of all answers to a question."""
    return AnswersView(
        groups=tuple(
            GroupRow(
                answer=each.answer or "",
                mark=_write_mark(each.fraction, dropped=found.dropped),
                count=f"{each.count} of {found.total}",
                share=each.count / found.total,
            )
            for each in found.groups[:_GROUPS]
        ),
        more_groups=max(len(found.groups) - _GROUPS, 0),
        rows=tuple(_show_answer(each, found.timezone) for each in found.lines),
        page=show_page(found.page, found.pages),
    )


def _list_figures(line: QuestionLine) -> tuple[FigureView, ...]:
    found = line.findings
    if found is None:
        return ()
    return (
        FigureView(
            label="Correct",
            value="none yet" if found.facility is None else write_percent(found.facility),
            meaning=say_verdict(
                found.bands, "facility", write_share_range(found.facility_interval), found.n
            ),
        ),
        FigureView(
            label="Separates",
            value=write_index(found.discrimination) or "none yet",
            meaning=say_verdict(
                found.bands,
                "discrimination",
                write_index_range(found.discrimination_interval),
                found.n,
            ),
        ),
        FigureView(
            label="By guessing",
            value="none" if found.guess is None else write_percent(found.guess),
            meaning="what a blind guess earns" if found.guess is not None else "not to be told",
        ),
        FigureView(
            label="Median time",
            value=write_seconds(line.time.seconds) or "none yet",
            meaning=f"n = {line.time.n}",
        ),
    )


def _list_options(found: ItemFindings | None) -> tuple[tuple[OptionRow, ...], str]:
    if found is None or found.thirds is None:
        return (), ""
    top, middle, bottom = found.thirds
    rows = tuple(_show_option(each) for each in found.options)
    return rows, f"top third n = {top}, middle n = {middle}, bottom n = {bottom}"


def _show_option(found: OptionFindings) -> OptionRow:
    verdict, note = found.verdict, NoteView(text="")
    if verdict is not None and found.suspect:
        sure = verdict.sure
        text = "Suspect" if sure else "Suspect? Cannot tell yet"
        note = NoteView(text=text, variant="bad" if sure else "")
    return OptionRow(
        text=found.option or _NO_RESPONSE,
        key=found.role == "key",
        count=f"{found.count} of {found.n}",
        top=_write(found.top),
        middle=_write(found.middle),
        bottom=_write(found.bottom),
        r=write_index(found.r) or "\N{EN DASH}",
        note=note,
    )


def _write(share: float | None) -> str:
    return "\N{EN DASH}" if share is None else write_percent(share)


def _draw_options(found: ItemFindings | None) -> tuple[str, Svg | None]:
    if found is None or found.thirds is None:
        return "", None
    return draw_thirds(found.options, found.thirds)


def _tell_trend(trend: Sequence[Trend]) -> Table:
    return Table(
        head=("Assignment", "Version", "Correct", "95%", "n"),
        rows=tuple(
            (
                each.title,
                str(each.version),
                _write_facility(each),
                write_share_range(each.facility_interval),
                str(each.n),
            )
            for each in trend
        ),
    )


def _write_facility(use: Trend) -> str:
    """The share by the key that marks now, and by the published one where they differ."""
    if use.facility is None:
        return "dropped" if use.dropped else "none yet"
    now = write_percent(use.facility)
    if use.published_facility is None:
        return now
    return f"{now} (as published {write_percent(use.published_facility)})"


def _show_answer(line: ResponseLine, timezone: str) -> AnswerRow:
    return AnswerRow(
        name=line.name,
        attempt_id=line.attempt_id,
        anchor=f"question-{line.position + 1}",
        number=line.attempt,
        answer=line.answer or "",
        mark=_write_mark(line.fraction, dropped=line.dropped),
        time=write_seconds(line.seconds) or "\N{EN DASH}",
        saved=write_instant(line.saved_at, timezone) if line.saved_at else "never",
    )


def _write_mark(fraction: float | None, *, dropped: bool) -> str:
    if dropped:
        return "dropped"
    return write_share(fraction) or "not answered"
