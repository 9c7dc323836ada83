"""What the page of a report on an assignment shows, made of the one value that the files show."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.charts import Svg
from quizapp.services.reporting.values import AssignmentReport, Check, QuestionReport, ScoreLine
from quizapp.storage.ids import AttemptId, QuestionId
from quizapp.web.charts import ChartView
from quizapp.web.instructor.pages import FigureView
from quizapp.web.instructor.reports_charts import show_map, show_scores, show_times
from quizapp.web.instructor.reports_items import ItemsView, show_items
from quizapp.web.instructor.reports_links import ChoiceView, list_choices, question_url
from quizapp.web.instructor.reports_words import (
    count_questions,
    name_source,
    say_verdict,
    variant_of,
    write_index,
    write_index_range,
)
from quizapp.web.words import write_percent, write_plural, write_share
from quizapp.web.zones import write_instant

_CHECKS, _HELPED = 3, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkView:
    """What to look at in a question; without a `variant` it cannot be told yet."""

    title: str
    text: str
    variant: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """A question to check, with all remarks on it."""

    number: int
    stem: str
    url: str
    remarks: tuple[RemarkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRow:
    """A learner who may need help, with the attempt that counts, if there is one."""

    name: str
    attempt_id: AttemptId | None
    score: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """The report of an assignment; `more_checks` and `more_help` have no room on this page."""

    lead: str
    computed: str
    choices: tuple[ChoiceView, ...]
    figures: tuple[FigureView, ...]
    scores: ChartView
    checks: tuple[CheckView, ...]
    more_checks: int
    items: ItemsView
    map_finding: str
    map: Svg | None
    help: tuple[HelpRow, ...]
    more_help: int
    times: ChartView


def show_assignment_report(report: AssignmentReport, sort: str, order: str) -> ReportPage:
    """Return the page of a report, its questions sorted by a column; by number if by none."""
    checks = show_checks(report, report.checks)
    helped = report.may_need_help
    map_finding, picture = show_map(report.questions)
    return ReportPage(
        lead=_write_lead(report),
        computed=write_instant(report.computed_at, report.timezone),
        choices=list_choices(report.which),
        figures=_list_figures(report),
        scores=show_scores(report.report.test),
        checks=checks[:_CHECKS],
        more_checks=max(len(checks) - _CHECKS, 0),
        items=show_items(report, sort, order),
        map_finding=map_finding,
        map=picture,
        help=tuple(show_help(line) for line in helped[:_HELPED]),
        more_help=max(len(helped) - _HELPED, 0),
        times=show_times(report.time, report.questions),
    )


def show_help(line: ScoreLine) -> HelpRow:
    """Return a learner as the list of those who may need help shows them."""
    return HelpRow(
        name=line.name,
        attempt_id=line.attempt_id,
        score=write_share(line.share) or "none",
        reasons=line.reasons,
    )


def _write_lead(report: AssignmentReport) -> str:
    dated = [("closes", "closed", report.closes_at), ("due", "was due", report.due_at)]
    when = next(
        (
            f"{past if at <= report.as_of else ahead} {write_instant(at, report.timezone)}"
            for ahead, past, at in dated
            if at is not None
        ),
        "no due date",
    )
    questions = write_plural(len(report.questions), "question")
    return f"{questions} · {write_plural(report.enrolled, 'student')} · {when}"


def _list_figures(report: AssignmentReport) -> tuple[FigureView, ...]:
    return (
        FigureView(
            label="Median score",
            value=write_percent(report.report.test.median_share)
            if report.report.test.median_share is not None
            else "none yet",
            meaning=_say_median(report),
        ),
        FigureView(
            label="Finished",
            value=f"{report.finished} of {report.enrolled}",
            meaning=_say_others(report),
        ),
        FigureView(
            label="Reliability (alpha)",
            value=write_index(report.report.test.alpha) or "none yet",
            meaning=_say_reliability(report),
        ),
        _count_checks(report),
    )


def _say_others(report: AssignmentReport) -> str:
    absent = report.enrolled - report.finished - report.in_progress
    counts = [(report.in_progress, "in progress"), (absent, "not begun")]
    return " · ".join(f"{count} {what}" for count, what in counts if count) or "everybody has"


def _say_median(report: AssignmentReport) -> str:
    test, former = report.report.test, report.previous
    n = f"n = {test.n}"
    if former is None or test.median_share is None:
        return n
    now, then = (write_percent(share) for share in (test.median_share, former.median_share))
    way = "up from" if test.median_share > former.median_share else "down from"
    return (
        f"{n} · {'the same' if now == then else f'{way} {then}'} in {former.title} (n = {former.n})"
    )


def _say_reliability(report: AssignmentReport) -> str:
    test = report.report.test
    if test.alpha is None:
        return f"cannot tell yet (n = {test.alpha_attempts})"
    interval = write_index_range(test.alpha_interval)
    return say_verdict(test.bands, "alpha", interval, test.alpha_attempts)


def _count_checks(report: AssignmentReport) -> FigureView:
    sure = count_questions(report.checks, sure=True)
    unsure = count_questions(report.checks, sure=False)
    more = f"{unsure} more cannot be told yet"
    meaning = more if unsure else ("see the notes below" if sure else "nothing stands out")
    return FigureView(label="Questions to check", value=str(sure), meaning=meaning)


def show_checks(
    report: AssignmentReport | QuestionReport, checks: Sequence[Check]
) -> tuple[CheckView, ...]:
    """Return the questions to check, each with all remarks on it, in the order of the first."""
    found: dict[QuestionId, list[Check]] = {}
    for check in checks:
        found.setdefault(check.question_id, []).append(check)
    return tuple(
        CheckView(
            number=remarks[0].number,
            stem=remarks[0].stem,
            url=question_url(report, question_id),
            remarks=tuple(_show_remark(each) for each in remarks),
        )
        for question_id, remarks in found.items()
    )


def _show_remark(check: Check) -> RemarkView:
    return RemarkView(
        title=check.title if check.sure else f"{check.title}?",
        text=check.text,
        variant=variant_of(check),
        source=name_source(check),
    )
