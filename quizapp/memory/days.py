"""Study days: a learner's days, which begin at a rollover hour of the learner's own time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyCalendar:
    """Numbers the study days of one time zone; `rollover_hour` is 0 to 23 on the local clock.

    A study day is numbered by the ordinal (`date.toordinal`) of the local date on which it begins.
    """

    timezone: ZoneInfo
    rollover_hour: int = 4

    def study_day(self, at: datetime) -> int:
        """Return the study day in which the instant `at` falls.

        Raises:
            ValueError: `at` has no time zone.
        """
        if at.tzinfo is None:
            raise ValueError("an instant needs a time zone; pass an aware datetime")
        local = at.astimezone(self.timezone)
        return local.toordinal() - (local.hour < self.rollover_hour)

    def start_of(self, day: int) -> datetime:
        """Return the instant, in UTC, at which the study day begins.

        Where the clock is put forward over the rollover hour, the day begins as much later; where
        it is put back over it, the day begins when the hour comes the first time.
        """
        wall_clock = datetime.combine(
            date.fromordinal(day), time(self.rollover_hour), self.timezone
        )
        return wall_clock.astimezone(UTC)
