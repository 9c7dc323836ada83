"""Assignments in words: their state, what they ask, when and how they are sat."""

from collections.abc import Sequence
from datetime import timedelta

from quizapp.attempts.drawing import Wanted
from quizapp.attempts.overrides import UNLIMITED, Override
from quizapp.attempts.rules import AssignmentRules
from quizapp.services.assigning.listing import CourseState
from quizapp.storage.assignments import Content
from quizapp.web.instructor.assignments_forms import COUNTS, LAYOUTS
from quizapp.web.words import write_kind, write_percent, write_plural
from quizapp.web.zones import write_instant

STATES: dict[CourseState, str] = {
    "draft": "Draft, not visible to students",
    "not_open": "Published, not open yet",
    "open": "Open",
    "late": "Past its due date, still open",
    "closed": "Closed",
}
MOMENTS = {
    "during": "During the attempt",
    "right_after": "Right after",
    "while_open": "Later, while open",
    "after_close": "After it closes",
}
SWITCHES = {
    "attempt": "Questions and own answers",
    "correctness": "Whether each answer is right",
    "marks": "Points and score",
    "specific": "Feedback on the answer given",
    "general": "Feedback on the question",
    "right_answer": "Right answer",
    "passage": "Passage in the article",
}
DIFFICULTIES = {
    "0:1": "Any",
    "0:0.5": "Easier (up to 0.5)",
    "0.5:0.7": "Middling (0.5 to 0.7)",
    "0.7:1": "Harder (0.7 and more)",
}
KINDS = (
    *("choice", "select_all", "true_false", "cloze"),
    *("numeric", "date", "ordering", "matching"),
)
Lines = tuple[tuple[str, str], ...]


def write_content(content: Content) -> str:
    """Return which questions an assignment asks."""
    if content.picking == "list":
        return f"{write_plural(len(content.picks), 'question')} picked"
    if content.picking == "draw":
        total = sum(wanted.count for wanted in content.draws)
        parts = "; ".join(write_wanted(wanted) for wanted in content.draws)
        return f"{write_plural(total, 'question')} drawn for each attempt: {parts}"
    return "Every question of the set"


def write_wanted(wanted: Wanted) -> str:
    """Return what is drawn: 3 of Activity, difficulty 0.5 to 0.7."""
    tag = f"of {write_tag(wanted.tag)}" if wanted.tag else "of any section"
    if (wanted.easiest, wanted.hardest) == (0, 1):
        return f"{wanted.count} {tag}"
    return f"{wanted.count} {tag}, difficulty {wanted.easiest:g} to {wanted.hardest:g}"


def write_tag(tag: str) -> str:
    """Return a tag as people read it: a section as it is, a kind by its name."""
    return f"the kind {write_kind(tag)}" if tag in KINDS else tag


def write_dates(rules: AssignmentRules, timezone: str) -> Lines:
    """Return when an assignment opens, is due and closes."""
    dates = (("Opens", rules.opens_at), ("Due", rules.due_at), ("Closes", rules.closes_at))
    none = {"Opens": "at once", "Due": "never", "Closes": "never"}
    return tuple((name, write_instant(at, timezone) if at else none[name]) for name, at in dates)


def write_rules(rules: AssignmentRules, *, password: bool) -> Lines:
    """Return how an assignment is sat."""
    mixed = [
        name
        for name, on in (("questions", rules.shuffle_questions), ("options", rules.shuffle_options))
        if on
    ]
    return (
        ("Time limit", write_length(rules.time_limit) if rules.time_limit else "none"),
        ("Grace", f"{rules.grace.total_seconds():g} seconds after a deadline"),
        ("Attempts", write_attempts(rules.attempts_allowed)),
        ("Which attempt counts", COUNTS[rules.counts]),
        ("Shuffled", " and ".join(mixed) if mixed else "nothing"),
        ("Pages", LAYOUTS[rules.layout]),
        ("Password", "asked for at the start" if password else "none"),
    )


def write_attempts(allowed: int | None) -> str:
    """Return how many attempts are allowed."""
    return "as many as one likes" if allowed is None else str(allowed)


def write_length(length: timedelta) -> str:
    """Return a time limit: 45 minutes, 1 hour 30 minutes."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
    return " ".join(write_plural(number, noun) for number, noun in parts if number)


def write_override(override: Override, rules: AssignmentRules, timezone: str) -> Lines:
    """Return what differs, with the time limit that comes of it."""
    dates = (
        ("Opens", override.opens_at),
        ("Due", override.due_at),
        ("Closes", override.closes_at),
    )
    lines = [(name, write_instant(at, timezone)) for name, at in dates if at]
    lines += [("Time", words) for words in _write_time(override, rules)]
    if override.attempts_allowed is not None:
        allowed = override.attempts_allowed
        lines.append(("Attempts", write_attempts(None if allowed == UNLIMITED else allowed)))
    return tuple(lines)


def write_points(points: float) -> str:
    """Return points with two places at most: 7, 6.67."""
    return f"{round(points, 2):g}"


def write_credit(credit: float) -> str:
    """Return what a stretch of the credit line earns."""
    return "practice, no credit" if credit == 0 else write_percent(credit)


def list_tags(sections: Sequence[str], kinds: Sequence[str]) -> Lines:
    """Return the tags to draw by, as values and texts."""
    named = [(each, each) for each in dict.fromkeys(sections)]
    present = [(kind, f"Kind: {write_kind(kind)}") for kind in KINDS if kind in set(kinds)]
    return (("", "Any"), *named, *present)


def _write_time(override: Override, rules: AssignmentRules) -> list[str]:
    limit = rules.time_limit
    words = []
    if override.time_factor is not None:
        total = f" ({write_length(limit * override.time_factor)})" if limit else ""
        words.append(f"{override.time_factor:g} times as long{total}")
    if override.extra_minutes is not None:
        extra = timedelta(minutes=override.extra_minutes)
        total = f" ({write_length(limit + extra)})" if limit else ""
        words.append(f"{write_plural(override.extra_minutes, 'minute')} more{total}")
    return words
