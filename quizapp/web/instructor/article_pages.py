"""How reading an article stands, in the words of its page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizapp.jobs import JobState, JobStatus
from quizapp.services.authoring.uploading import ReadingState

Stage: TypeAlias = Literal["empty", "waiting", "read", "refused", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """What the page of an article says.

    `done` of `total` steps; `why` tells why it was not read; `damage` what to look at in the text.
    `same` are number and title of sets of the person that had exactly the same text already.
    `model` tells why no language model was asked, `left_out` which of its statements were dropped.
    `takes_article` tells that this person may give an article now.
    """

    stage: Stage
    name: str
    done: int
    total: int
    note: str
    why: str
    facts: int
    damage: tuple[str, ...]
    same: tuple[tuple[int, str], ...]
    model: str
    left_out: tuple[str, ...]
    takes_article: bool
    may_edit: bool


def show_reading(state: ReadingState) -> ReadingView:
    """Return how reading stands."""
    outcome = {} if state.upload is None else state.upload.outcome
    facts, damage = outcome.get("facts"), outcome.get("damage")
    may_edit = state.details.may != "read" and state.details.archived_at is None
    return ReadingView(
        stage=_find_stage(state),
        name="" if state.upload is None else state.upload.name,
        done=0 if state.job is None else state.job.progress_done,
        total=0 if state.job is None else state.job.progress_total,
        note=(state.job.progress_note if state.job else "") or "Waiting for its turn",
        why=_explain(outcome, state.job),
        facts=facts if isinstance(facts, int) else 0,
        damage=tuple(map(str, damage)) if isinstance(damage, list) else (),
        same=tuple(_list_same(outcome)) if state.is_own else (),
        model=str(outcome.get("model") or ""),
        left_out=tuple(_list_left_out(outcome)),
        takes_article=may_edit and state.takes_article and not state.waits,
        may_edit=may_edit,
    )


def _list_left_out(outcome: Mapping[str, object]) -> Iterator[str]:
    dropped = outcome.get("model_dropped")
    for one in dropped if isinstance(dropped, list) else []:
        yield f"{one['words'] or one['section']}: {one['reason']}"


def _list_same(outcome: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    same = outcome.get("same")
    for one in same if isinstance(same, list) else []:
        yield one["id"], one["title"]


def _find_stage(state: ReadingState) -> Stage:
    if state.waits:
        return "waiting"
    if state.upload is None:
        return "read" if not state.takes_article else "empty"
    outcome = state.upload.outcome
    if "refused" in outcome:
        return "refused"
    return "read" if "facts" in outcome else "stopped"


def _explain(outcome: Mapping[str, object], job: JobStatus | None) -> str:
    if "refused" in outcome:
        return str(outcome["refused"])
    if job is not None and job.state is JobState.FAILED:
        return "reading it failed; try another file, or paste the text"
    return "reading was stopped before its end"
