"""Instants are kept in UTC, so that adding to them and comparing them never meets a clock change.

Python adds and compares two datetimes of one time zone by the wall clock: an hour's limit over the
night when clocks change would last two hours, or none.
"""

from datetime import UTC, datetime


def as_utc(at: datetime) -> datetime:
    """Return the same instant in UTC.

    Raises:
        ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone; pass an aware datetime")
    return at.astimezone(UTC)


def keep_in_utc(holder: object, *names: str) -> None:
    """Turn these fields of a frozen dataclass into UTC, those that hold an instant.

    Raises:
        ValueError: one of them has no time zone.
    """
    for name in names:
        at = getattr(holder, name)
        if at is not None:
            object.__setattr__(holder, name, as_utc(at))
