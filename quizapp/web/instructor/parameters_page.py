"""What the page of a course's parameters shows."""

from dataclasses import dataclass

from quizapp.services.fitting.looking import CourseDesk
from quizapp.storage.fittings import OwnFit
from quizapp.web.fittings import (
    FittingView,
    OpenView,
    find_open,
    list_fittings,
    write_figure,
    write_signed,
    write_since,
)
from quizapp.web.zones import write_instant

_MOST_NAMED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFitView:
    """A student who uses parameters of their own; the figures are log losses."""

    name: str
    since: str
    answers: str
    standard: str
    fitted: str
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametersView:
    """What the page shows, the newest fitting first; `own_count` students use their own."""

    in_use: str
    open: OpenView | None
    fittings: tuple[FittingView, ...]
    own_fits: tuple[OwnFitView, ...]
    own_count: int


def show_fittings(desk: CourseDesk) -> ParametersView:
    """Return what the page of a course's parameters shows, its times by the course's clocks."""
    zone = desk.course.timezone
    since = write_since(desk, zone)
    return ParametersView(
        in_use=f"fitted to this class, since {since}" if since else "standard",
        open=find_open(desk),
        fittings=list_fittings(desk, zone),
        own_fits=tuple(_show_own(each, zone) for each in desk.own_fits[:_MOST_NAMED]),
        own_count=len(desk.own_fits),
    )


def _show_own(own: OwnFit, zone: str) -> OwnFitView:
    figures = own.figures
    losses = [each.log_loss if each else None for each in (figures.standard, figures.fitted)]
    standard, fitted = (write_figure(each, 4) for each in losses)
    return OwnFitView(
        name=own.name,
        since=write_instant(own.used_from, zone),
        answers=f"{figures.answers:,}",
        standard=standard,
        fitted=fitted,
        difference=write_signed(figures.difference[0]) if figures.difference else "cannot tell",
    )
