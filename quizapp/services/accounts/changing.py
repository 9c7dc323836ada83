"""How a person studies: time zone, limits, target, easy days, keys and theme."""

import re

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError
from quizapp.services.accounts.registering import check_timezone
from quizapp.storage.accounts import Account, put_settings

MOST_PER_DAY = 9999
LEAST_RETENTION, MOST_RETENTION = 0.80, 0.95
LAST_HOUR = 23
THEMES = ("system", "light", "dark")
# One letter a weekday, from Monday on: normal, fewer or least reviews.
_EASY_DAYS = re.compile("[nfl]{7}")


def change_settings(session: Session, wanted: Account) -> None:
    """Store how a person studies, as `wanted` has it; name, address and role stay.

    Days begin by the new time zone and hour at once. What was reviewed in the day that begins so is
    not asked again in it, and no other study day comes nearer.

    Raises:
        InvalidError: one of the settings cannot be.
    """
    check_timezone(wanted.timezone)
    check_limits(wanted.new_per_day, wanted.reviews_per_day)
    if not 0 <= wanted.rollover_hour <= LAST_HOUR:
        raise InvalidError(f"A day begins at an hour from 0 to {LAST_HOUR}.")
    if not LEAST_RETENTION <= wanted.retention <= MOST_RETENTION:
        raise InvalidError(f"The target is from {LEAST_RETENTION:.0%} to {MOST_RETENTION:.0%}.")
    if not _EASY_DAYS.fullmatch(wanted.easy_days) or wanted.theme not in THEMES:
        raise InvalidError("There is no such choice of easy days or of a theme.")
    put_settings(session, wanted)


def check_limits(new_per_day: int, reviews_per_day: int) -> None:
    """Refuse daily limits that cannot be.

    Raises:
        InvalidError: one is below 0 or too large.
    """
    if not all(0 <= limit <= MOST_PER_DAY for limit in (new_per_day, reviews_per_day)):
        raise InvalidError(f"A daily limit is a whole number from 0 to {MOST_PER_DAY:,}.")
