"""Jobs as workers see them: finding, taking, holding and leaving them, each in one statement.

A worker that takes a job counts up its `takes`; who knows the last count holds the job. All that a
holder writes asks for that count, so that a worker that lost its job writes nothing more.

Whether a holder still lives is told by `beats`, which it counts up. What clocks say is compared
nowhere, so that neither a clock that jumps nor two that differ make a living holder look dead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    Integer,
    RowMapping,
    and_,
    bindparam,
    case,
    null,
    select,
    update,
)
from sqlalchemy.orm import Session

from quizapp.storage.base import LONG, Instant
from quizapp.storage.ids import JobId
from quizapp.storage.jobs import JOB, JobState


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to write for a job: the worker has it who took the job last."""

    job_id: JobId
    take: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldJob:
    """A job that some worker holds; `beats` are the signs of life it gave."""

    lease: Lease
    name: str
    args: Mapping[str, object]
    attempts: int
    attempts_allowed: int
    beats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a job has come: so many of so many."""

    done: int = 0
    total: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """How a job is left undone: to wait until `run_after`, or failed; `refund` its attempt?"""

    state: JobState
    reason: str | None
    run_after: datetime
    refund: bool = False


_now = bindparam("now", type_=Instant)
_names: BindParameter[str] = bindparam("names", expanding=True)
_DUE = and_(JOB.c.state == JobState.WAITING, JOB.c.run_after <= _now)
_IS_HELD = and_(
    JOB.c.id == bindparam("job_id", type_=LONG),
    JOB.c.takes == bindparam("take", type_=Integer),
    JOB.c.state == JobState.RUNNING,
)
_IS_WANTED = JOB.c.cancel_asked_at.is_(None)
_COLUMNS = (
    JOB.c.id,
    JOB.c.takes,
    JOB.c.name,
    JOB.c.args,
    JOB.c.attempts,
    JOB.c.attempts_allowed,
    JOB.c.beats,
)
_FIND_DUE = select(JOB.c.id).where(_DUE, JOB.c.name.in_(_names)).limit(1)
_UNKNOWN = select(JOB.c.name).where(_DUE, JOB.c.name.not_in(_names)).distinct()
_RUNNING = select(*_COLUMNS).where(JOB.c.state == JobState.RUNNING).order_by(JOB.c.id)
# Workers that take at once each get a job of their own. SQLite has no locks of rows, and needs none
# since one transaction writes at a time; SQLAlchemy leaves the words out for it.
_NEXT = (
    select(JOB.c.id)
    .where(_DUE, JOB.c.name.in_(_names))
    .order_by(JOB.c.run_after, JOB.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_TAKE = (
    update(JOB)
    .where(JOB.c.id == _NEXT)
    .values(
        state=JobState.RUNNING,
        attempts=JOB.c.attempts + 1,
        takes=JOB.c.takes + 1,
        beats=0,
        progress_done=0,
        progress_total=0,
        progress_note="",
        started_at=_now,
    )
    .returning(*_COLUMNS)
)
_FIND_WISH = select(JOB.c.cancel_asked_at.is_not(None)).where(_IS_HELD)
_BEAT = (
    update(JOB)
    .where(_IS_HELD)
    .values(
        beats=JOB.c.beats + 1,
        progress_done=bindparam("done", type_=Integer),
        progress_total=bindparam("total", type_=Integer),
        progress_note=bindparam("note"),
    )
)
_HOLD = _BEAT.where(_IS_WANTED)
_FINISH = _HOLD.values(state=JobState.DONE, reason=null(), ended_at=_now)
# A job that was cancelled meanwhile is left as cancelled, whatever else is the matter.
_LEAVE = (
    update(JOB)
    .where(_IS_HELD)
    .values(
        state=case((_IS_WANTED, bindparam("left")), else_=JobState.CANCELLED),
        ended_at=case((_IS_WANTED, bindparam("ends_at", type_=Instant)), else_=_now),
        reason=case((_IS_WANTED, bindparam("why")), else_=null()),
        run_after=bindparam("after", type_=Instant),
        attempts=JOB.c.attempts - bindparam("refunded", type_=Integer),
    )
    .returning(JOB.c.state)
)
_TAKE_OVER = _LEAVE.where(JOB.c.beats == bindparam("seen_beats", type_=Integer))


def has_due(session: Session, names: Iterable[str], now: datetime) -> bool:
    """Tell whether a job of one of these names may begin."""
    parameters = {"names": list(names), "now": now}
    return session.connection().execute(_FIND_DUE, parameters).first() is not None


def list_unknown(session: Session, names: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Return other names than these under which jobs wait that may begin."""
    parameters = {"names": list(names), "now": now}
    return tuple(sorted(session.connection().execute(_UNKNOWN, parameters).scalars()))


def take_job(session: Session, names: Iterable[str], now: datetime) -> HeldJob | None:
    """Take the job that has waited longest; None if there is none, or others are taking it."""
    parameters = {"names": list(names), "now": now}
    row = session.connection().execute(_TAKE, parameters).mappings().first()
    return _held(row) if row else None


def list_running(session: Session) -> tuple[HeldJob, ...]:
    """Return the jobs that workers hold, the dead ones among them."""
    return tuple(map(_held, session.connection().execute(_RUNNING).mappings()))


def find_wish(session: Session, lease: Lease) -> bool | None:
    """Return whether the job is to be cancelled; None if the lease is lost."""
    found: bool | None = session.connection().execute(_FIND_WISH, asdict(lease)).scalar()
    return None if found is None else bool(found)


def beat(session: Session, lease: Lease, progress: Progress) -> None:
    """Give a sign of life and tell how far the job has come, if the lease holds."""
    session.connection().execute(_BEAT, {**asdict(lease), **asdict(progress)})


def hold_job(session: Session, lease: Lease, progress: Progress) -> bool:
    """Let nobody take the job over until this transaction ends; False if lost or cancelled."""
    parameters = {**asdict(lease), **asdict(progress)}
    return session.connection().execute(_HOLD, parameters).rowcount == 1


def finish_job(session: Session, lease: Lease, progress: Progress, now: datetime) -> bool:
    """Mark the job as done; False, and nothing written, if it is lost or to be cancelled."""
    parameters = {**asdict(lease), **asdict(progress), "now": now}
    return session.connection().execute(_FINISH, parameters).rowcount == 1


def leave_job(session: Session, lease: Lease, leaving: Leaving, now: datetime) -> JobState | None:
    """Leave a job undone; return the state it is left in, None if the lease is lost."""
    parameters = {**asdict(lease), **_leave_values(leaving, now)}
    return _state(session.connection().execute(_LEAVE, parameters).scalar())


def take_over(session: Session, dead: HeldJob, leaving: Leaving, now: datetime) -> JobState | None:
    """Leave a job in the place of a holder that gave no sign of life since; None if it did."""
    parameters = {**asdict(dead.lease), **_leave_values(leaving, now), "seen_beats": dead.beats}
    return _state(session.connection().execute(_TAKE_OVER, parameters).scalar())


def _leave_values(leaving: Leaving, now: datetime) -> dict[str, object]:
    return {
        "left": leaving.state,
        "ends_at": None if leaving.state is JobState.WAITING else now,
        "why": leaving.reason,
        "after": leaving.run_after,
        "refunded": int(leaving.refund),
        "now": now,
    }


def _state(found: str | None) -> JobState | None:
    return None if found is None else JobState(found)


def _held(row: RowMapping) -> HeldJob:
    return HeldJob(
        lease=Lease(job_id=row["id"], take=row["takes"]),
        name=row["name"],
        args=row["args"],
        attempts=row["attempts"],
        attempts_allowed=row["attempts_allowed"],
        beats=row["beats"],
    )
