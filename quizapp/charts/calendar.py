"""Days as squares, a column a week, the darker the more there is of something."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from quizapp.charts.frame import WIDTH, Caption, draw_picture
from quizapp.charts.markup import Svg, write_element, write_number, write_text

WEEKS = 26
_LEVELS = 4
_STEP, _SIDE = 16, 11
_START, _TOP = 4, 24
_HEIGHT = _TOP + 7 * _STEP + 30
_NAMED = {0: "Mon", 2: "Wed", 4: "Fri"}
_KEY_START = 340
_FEWEST_WEEKS_A_MONTH = 2


def draw_calendar(caption: Caption, *, first: date, counts: Sequence[int]) -> Svg:
    """Return a calendar of up to `WEEKS` weeks: a count for each day from the Monday `first` on.

    The newest weeks stand at the end, beside the names of the days, so that a narrow window can
    leave out the older half.

    Raises:
        ValueError: `first` is no Monday, or there are too many days.
    """
    if first.weekday() or len(counts) > WEEKS * 7:
        raise ValueError(f"a calendar has {WEEKS} weeks at most, from a Monday on")
    most = max(counts, default=0)
    weeks = -(-len(counts) // 7)
    parts = (
        *_name_months(first, weeks),
        *_draw_days([find_level(count, most) for count in counts]),
        *(
            write_text(name, _START + weeks * _STEP + 6, _TOP + day * _STEP + 11)
            for day, name in _NAMED.items()
        ),
        *_draw_key(),
    )
    return draw_picture(caption, parts, height=_HEIGHT)


def find_level(count: int, most: int) -> int:
    """Return how dark a count is: 0 for nothing, else 1 to 4 by quarters of the largest count."""
    return -(-count * _LEVELS // most) if most else 0


def _draw_days(levels: Sequence[int]) -> Iterator[Svg]:
    """One path for all days of a level: a shape for each day would weigh four times as much."""
    for level in range(_LEVELS + 1):
        places = [divmod(number, 7) for number, each in enumerate(levels) if each == level]
        if places:
            yield _draw_squares(
                [(_START + week * _STEP, _TOP + day * _STEP) for week, day in places], level
            )


def _draw_squares(corners: Sequence[tuple[float, float]], level: int) -> Svg:
    """Squares of 11 units; their strokes, two units wide, round the corners."""
    shapes = (
        f"M{write_number(x + 1)},{write_number(y + 1)}h{_SIDE}v{_SIDE}h-{_SIDE}z"
        for x, y in corners
    )
    name = f"chart__day chart__day--{level}"
    return write_element("path", {"class": name, "d": "".join(shapes)})


def _name_months(first: date, weeks: int) -> Iterator[Svg]:
    """Name each month above its first week, unless it has no room before the next."""
    months = [(first + timedelta(weeks=week)).replace(day=1) for week in range(weeks)]
    starts = [week for week in range(weeks) if week == 0 or months[week] != months[week - 1]]
    for week, following in zip(starts, [*starts[1:], weeks], strict=True):
        if following - week >= _FEWEST_WEEKS_A_MONTH:
            older = ("chart__label--older",) if week < weeks - WEEKS // 2 else ()
            yield write_text(f"{months[week]:%b}", _START + week * _STEP, _TOP - 8, *older)


def _draw_key() -> Iterator[Svg]:
    line = _HEIGHT - _STEP
    yield write_text("Fewer", _KEY_START - 6, line + 11, "chart__label--end")
    for level in range(_LEVELS + 1):
        yield _draw_squares([(_KEY_START + level * _STEP, line)], level)
    yield write_text("More", _KEY_START + (_LEVELS + 1) * _STEP + 3, line + 11)


assert _START + WEEKS * _STEP < WIDTH
