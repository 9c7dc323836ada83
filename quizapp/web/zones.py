"""Time zones to choose from; and the dates of a course, which are those of its own zone."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_FORM = "%Y-%m-%dT%H:%M"


@lru_cache(maxsize=1)
def list_timezones() -> tuple[str, ...]:
    """Return the time zones that people choose from: those named after places, and UTC."""
    places = (name for name in available_timezones() if "/" in name)
    return ("UTC", *sorted(name for name in places if not name.startswith(("Etc/", "SystemV/"))))


def write_field(instant: datetime | None, timezone: str) -> str:
    """Return an instant as a field for date and time holds it: 2026-03-02T08:00."""
    return "" if instant is None else f"{instant.astimezone(ZoneInfo(timezone)):{_FORM}}"


def read_field(text: str, timezone: str, former: datetime | None) -> datetime | None:
    """Return the instant that a field holds, None if it is empty.

    A field that was left as it was shown keeps the `former` instant, seconds and all.

    Raises:
        ValueError: it is no date and time, or one that the zone's clocks skip.
    """
    text = text.strip()
    if not text:
        return None
    if former is not None and text == write_field(former, timezone):
        return former
    try:
        wall = datetime.strptime(text[:16], _FORM)  # noqa: DTZ007 - the zone is the course's
        instant = wall.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)
        back = instant.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise ValueError("Enter a date and time such as 2027-06-30T18:00, or nothing.") from None
    if back != wall:
        raise ValueError(
            f"The clocks of {timezone} skip this time; choose one an hour earlier or later."
        )
    return instant


def write_instant(instant: datetime, timezone: str) -> str:
    """Return an instant in full, by the clocks of a zone: 2 March 2017, 10:42."""
    local = instant.astimezone(ZoneInfo(timezone))
    return f"{local.day} {local:%B %Y, %H:%M}"
