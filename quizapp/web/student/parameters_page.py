"""What the page of a learner's own parameters shows."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.memory.fit_figures import LEAST_TESTED
from quizapp.services.fitting.looking import OwnDesk
from quizapp.storage.accounts import Account
from quizapp.web.fittings import FittingView, OpenView, find_open, list_fittings, write_since
from quizapp.web.words import write_plural


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnParametersView:
    """What the page shows, the newest fitting first; `refusal` says why none can be asked for."""

    in_use: str
    refusal: str
    open: OpenView | None
    fittings: tuple[FittingView, ...]


def show_own_fittings(desk: OwnDesk, learner: Account, now: datetime) -> OwnParametersView:
    """Return the page's content, its times by the learner's clocks."""
    since = write_since(desk, learner.timezone)
    return OwnParametersView(
        in_use=f"fitted to your answers, since {since}" if since else "those of your courses",
        refusal=_refuse(desk, now),
        open=find_open(desk),
        fittings=list_fittings(desk, learner.timezone),
    )


def _refuse(desk: OwnDesk, now: datetime) -> str:
    if not desk.may_suffice:
        return (
            f"You have {write_plural(desk.tested, 'answer')} that came a day or more after the one "
            f"before to the same fact; at least {LEAST_TESTED:,} are needed. Fits to 250 to 2,000 "
            "foretold worse than the standard parameters when measured on a real log."
        )
    return "They can be fitted once in 24 hours." if desk.must_pause(now) else ""
