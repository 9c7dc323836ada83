"""The fields of the editor read into a question, with everything that keeps it from being asked.

What is only worth a thought is no problem here; see `advising`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizapp.facts.article import Article
from quizapp.facts.folding import fold_space
from quizapp.generation.drafts import rate_difficulty
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.markup import list_images, read_stem, split_stem, strip_markup
from quizapp.kinds.question import WRITTEN, FactKey, Question, QuestionKey, Source
from quizapp.services.authoring.sheet_keys import Key, list_parts, read_key
from quizapp.services.authoring.sheets import Sheet

LONGEST = 4000
LONGEST_TAG, MOST_TAGS = 40, 12
_IMPORTANCES = {"1": 1, "2": 2, "3": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """What keeps a question from being asked; `field` is a name of the sheet, or `rows-2-text`."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the fields say: a question, or the problems that they have."""

    question: Question | None
    problems: tuple[FieldProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a question is read against: its key, the article, the pictures of its set by digest.

    `former` is the question that is edited; what the editor does not show is taken from it.
    """

    key: QuestionKey
    article: Article
    images: frozenset[str] = frozenset()
    former: Question | None = None


@dataclass(slots=True)
class Problems:
    """The problems found so far, at most one a field."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        """Note a problem of a field, unless it has one."""
        self.found.setdefault(name, text)


def read_sheet(sheet: Sheet, ground: Ground) -> Reading:
    """Read a question from the fields of its editor."""
    problems = Problems()
    _check_texts(sheet, problems)
    _check_stem(sheet, ground, problems)
    key = read_key(sheet, ground.former, problems.add)
    source = _read_source(sheet, ground.article, problems)
    question = _make(sheet, ground, key, source, problems)
    found = tuple(FieldProblem(field=name, text=text) for name, text in problems.found.items())
    return Reading(question=None if found else question, problems=found)


def _make(sheet: Sheet, ground: Ground, key: Key, source: Source, problems: Problems) -> Question:
    importance = _IMPORTANCES.get(sheet.importance, 2)
    former = ground.former
    return Question(
        id=ground.key,
        kind=sheet.kind,
        facts=_keep_facts(former, key) if former else (FactKey(ground.key),),
        template=WRITTEN,
        stem=sheet.stem.strip(),
        options=key.options,
        answer=key.answer,
        accept=key.accept,
        unit=fold_space(sheet.unit) or None,
        tolerance=key.tolerance,
        pairs=key.pairs,
        order=key.order,
        feedback=sheet.feedback.strip(),
        hedge=fold_space(sheet.hedge) or None,
        said=read_lines(sheet.said),
        as_of=_read_time(sheet.as_of, problems),
        source=source,
        importance=importance,
        difficulty=_read_difficulty(sheet, importance, problems),
        guess=key.guess,
        tags=_read_tags(sheet.tags, problems),
    )


def _keep_facts(former: Question, key: Key) -> tuple[FactKey, ...]:
    """The facts of a question on several go with its parts when these change places."""
    parts, now = list_parts(former), key.list_parts(former.kind)
    if len(former.facts) != len(parts) or sorted(parts) != sorted(now):
        return former.facts
    return tuple(former.facts[parts.index(part)] for part in now)


def read_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a field that say something, each once."""
    lines = (fold_space(line) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _check_texts(sheet: Sheet, problems: Problems) -> None:
    for name in ("stem", "feedback", "quote", "accept", "said", "hedge", "unit", "answer"):
        if len(getattr(sheet, name)) > LONGEST:
            problems.add(name, f"Shorten this to {LONGEST:,} characters at the most.")
    for place, row in enumerate(sheet.rows):
        for name in ("text", "match", "feedback"):
            if len(getattr(row, name)) > LONGEST:
                problems.add(f"rows-{place}-{name}", f"Shorten this to {LONGEST:,} characters.")


def _check_stem(sheet: Sheet, ground: Ground, problems: Problems) -> None:
    stem = sheet.stem.strip()
    if not stem:
        problems.add("stem", "Write the question.")
        return
    first, _ = split_stem(read_stem(stem))
    if not any(token.type == "text" and token.content.strip() for token in first):
        problems.add("stem", "Begin with the question in words; lists and pictures follow below.")
    if "![" in strip_markup(stem):
        problems.add("stem", "A picture has an address that cannot be used; add it to this set.")
    for image in list_images(stem):
        if not image.text:
            problems.add("stem", "Say of each picture what it shows: ![what it shows](image:…).")
        elif image.digest not in ground.images:
            problems.add("stem", "A picture is none of this set; add it here once more.")


def _read_source(sheet: Sheet, article: Article, problems: Problems) -> Source:
    """The place of the quote; without one it is the author's own words, or the explanation."""
    quote = fold_space(sheet.quote)
    if not sheet.place:
        if not quote and not sheet.feedback.strip():
            problems.add(
                "feedback", "Say why the answer is right, or quote a source: learners are told it."
            )
        return Source(section="", paragraph=0, quote=quote)
    digits, _, section = sheet.place.partition(":")
    number = int(digits) if digits.isdecimal() else 0
    paragraph = article.find_paragraph(section, number)
    if paragraph is None:
        problems.add("place", "The article has no such paragraph; choose one.")
    elif quote not in paragraph.text:
        problems.add("quote", "These words do not stand in that paragraph; copy them exactly.")
    text = "" if paragraph is None else paragraph.text
    return Source(section=section, paragraph=number, quote=quote or text)


def _read_time(text: str, problems: Problems) -> str | None:
    """A date or a period, in ISO form."""
    plain = fold_space(text)
    if not plain:
        return None
    ends = [part.strip() for part in plain.split("/")] if plain.count("/") == 1 else [plain]
    dates = [parse_dates(end) for end in ends if end]
    if not dates or any(len(found) != 1 for found in dates):
        problems.add("as_of", "Give a date, such as July 2024 or 2024-07, or two as 2013/2016.")
        return None
    return "/".join(parse_dates(end)[0].iso if end else "" for end in ends)


def _read_difficulty(sheet: Sheet, importance: int, problems: Problems) -> float:
    usual = rate_difficulty(sheet.kind, near=0.0, importance=importance)
    text = sheet.difficulty.strip().removesuffix("%").strip()
    if not text:
        return usual
    try:
        share = float(text) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        problems.add("difficulty", "Give a number from 0 (easy) to 100 (hard), or leave it empty.")
        return usual
    return round(share, 4)


def _read_tags(text: str, problems: Problems) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for tag in map(fold_space, text.split(",")):
        if tag:
            tags.setdefault(tag.casefold(), tag)
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        problems.add(
            "tags", f"Give {MOST_TAGS} tags at the most, each under {LONGEST_TAG} letters."
        )
    return tuple(tags.values())


def list_fields(problems: Sequence[FieldProblem]) -> dict[str, str]:
    """Return the text of each field that has a problem."""
    return {each.field: each.text for each in problems}
