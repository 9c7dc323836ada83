"""The shipped topic carries the source's facts and figures, and none of its sentences.

The source stands beside the repository and is not part of it; without it these tests are skipped.
"""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from quizapp.facts.folding import fold, split_words
from quizapp.facts.model import Entity, Fact, Pack
from quizapp.facts.table_dates import MONTHS
from quizapp.facts.values import Entities, PartialDate, Period, Quantity
from tests.factories.fact_packs import get_pack, list_pack_folders

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("QUIZAPP_SHARED", ROOT.parent / "shared"))
SOURCE = SHARED / "source" / "article.txt"
FOLDER = next(folder for folder in list_pack_folders() if folder.name == "jnim")
RUN = 10
DERIVED = "derived"
NAMED = frozenset({"person", "group", "state_body", "state", "publisher", "place", "people"})
JOINING = frozenset({"and", "or", "of", "the", "in", "for", "a", "an", "s", "al", "ag", "list"})
NUMBERS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)
CODES = {
    "united states": "usa",
    "france": "fra",
    "russia": "rus",
    "china": "chn",
    "japan": "jpn",
    "canada": "can",
    "australia": "aus",
    "iraq": "irq",
}
"""The three-letter codes by which the source's list of states names them."""

needs_source = pytest.mark.skipif(
    not SOURCE.is_file(), reason=f"needs the source article, which is not at {SOURCE}"
)


@cache
def read_source() -> str:
    return SOURCE.read_text(encoding="utf-8")


@cache
def read_retelling() -> str:
    return (FOLDER / "article.md").read_text(encoding="utf-8")


def list_runs(text: str) -> set[tuple[str, ...]]:
    words = split_words(text)
    return {words[start : start + RUN] for start in range(len(words) - RUN + 1)}


def find_shared_runs(one: str, other: str, names: frozenset[str]) -> list[str]:
    """Runs of words that stand in both, but for those that are names and joining words alone."""
    shared = list_runs(one) & list_runs(other)
    return sorted(" ".join(run) for run in shared if set(run) - names - JOINING)


def list_name_words(pack: Pack) -> frozenset[str]:
    spellings = [pack.origin.title, *(text for one in list_named(pack) for text in one.spellings)]
    titles = re.findall(r"^[-*] (.+)$", read_retelling(), re.MULTILINE)
    return frozenset(word for text in (*spellings, *titles) for word in split_words(text))


def list_named(pack: Pack) -> Iterator[Entity]:
    return (entity for entity in pack.entities.values() if entity.type in NAMED)


def test_shared_runs_are_found_and_names_are_set_aside() -> None:
    one = "Then the United States, France, Russia, China, Japan, Canada, Australia and Iraq agreed."
    names = frozenset(split_words("United States France Russia China Japan Canada Australia Iraq"))
    assert find_shared_runs(one, one.replace("Then", "So").replace("agreed", "met"), names) == []
    told = "one two three four five six seven eight nine ten"
    assert find_shared_runs(f"{told} eleven", f"zero {told}", frozenset()) == [told]
    assert find_shared_runs(told, told.replace("ten", "zehn"), frozenset()) == []


@needs_source
def test_no_run_of_ten_words_is_shared_with_the_source() -> None:
    names = list_name_words(get_pack(FOLDER))
    assert find_shared_runs(read_retelling(), read_source(), names) == []


def list_underived(pack: Pack) -> list[Fact]:
    """The facts whose note does not say that they are derived from others."""
    return [fact for fact in pack.facts if not (fact.note or "").lower().startswith(DERIVED)]


def list_figures(fact: Fact) -> Iterator[list[str]]:
    """The ways in which each number of the fact may be written."""
    value = fact.value
    for number in {value.low, value.high} if isinstance(value, Quantity) else ():
        whole = int(number)
        forms = [f"{whole:,}", str(whole)] if number == whole else [f"{number.normalize():f}"]
        forms += [NUMBERS[whole]] if number == whole and whole < len(NUMBERS) else []
        forms += [f"{whole // 1_000_000} million"] if whole % 1_000_000 == 0 and whole else []
        yield forms


def list_dates(fact: Fact) -> list[PartialDate]:
    dates = [fact.as_of, fact.start, fact.end]
    value = fact.value
    dates += [value] if isinstance(value, PartialDate) else []
    dates += [value.start, value.end] if isinstance(value, Period) else []
    return [date for date in dates if date is not None]


def has_figure(forms: Iterable[str], text: str) -> bool:
    return any(re.search(rf"(?<![\w.,]){re.escape(one)}(?!\w|[.,]\d)", text) for one in forms)


def has_date(date: PartialDate, text: str, *, whole: bool) -> bool:
    """Whether the date stands there; `whole` asks for the year beside the month."""
    year = rf"\b{date.year}\b"
    if date.month is None:
        return re.search(year, text) is not None
    month = MONTHS[date.month - 1].capitalize()
    day = "" if date.day is None else rf"\b{date.day} "
    if whole:
        return re.search(rf"{day}{month} {date.year}\b", text) is not None
    return re.search(rf"{day}{month}\b", text) is not None and re.search(year, text) is not None


def list_named_entities(pack: Pack, fact: Fact) -> list[Entity]:
    value = fact.value.ids if isinstance(fact.value, Entities) else ()
    entities = [pack.entities[one] for one in (fact.subject, *value, *fact.said)]
    return [entity for entity in entities if entity.type in NAMED]


def has_name(entity: Entity, text: str) -> bool:
    """Whether all words with a capital letter of one of its spellings stand there."""
    written = split_words(text)
    words = {*written, *(word.removesuffix("'s") for word in written)}
    spellings = [*entity.spellings, CODES.get(fold(entity.name), entity.name).upper()]
    return any(_list_capitals(spelling) <= words for spelling in spellings)


def _list_capitals(text: str) -> set[str]:
    capitals = [word for word in re.split(r"[\s-]+", text) if any(map(str.isupper, word))]
    return {word for capital in capitals for word in split_words(capital.removesuffix("'s"))}


def test_ways_of_writing_figures_and_dates_are_told_apart() -> None:
    assert has_figure(["1,762", "1762"], "military (1,762 times)")
    assert not has_figure(["762"], "military (1,762 times)")
    assert not has_figure(["50"], "at least 50,000 of them")
    assert has_figure(["4", "four"], "the four of them")
    day = PartialDate(year=2017, month=3, day=16)
    assert has_date(day, "On 16 March 2017, it", whole=True)
    assert has_date(day, "On 2 May 2017 and 16 March", whole=False)
    assert not has_date(day, "On 2 May 2017 and 16 March", whole=True)
    assert not has_date(PartialDate(year=2017, month=3, day=6), "On 16 March 2017", whole=True)


@needs_source
def test_every_figure_of_a_fact_stands_in_its_passage_and_in_the_source() -> None:
    pack = get_pack(FOLDER)
    source = fold(read_source())
    lost = []
    for fact in list_underived(pack):
        found = pack.article.locate(fact.at)
        assert found is not None
        for forms in list_figures(fact):
            for place, text in (("passage", fold(found.paragraph.text)), ("source", source)):
                if not has_figure(forms, text):
                    lost.append(f"{fact.id}: {forms[0]} is not in the {place}")
    assert lost == []


@needs_source
def test_every_date_of_a_fact_stands_in_both() -> None:
    pack = get_pack(FOLDER)
    lost = []
    for fact in list_underived(pack):
        for date in list_dates(fact):
            if not has_date(date, read_retelling(), whole=True):
                lost.append(f"{fact.id}: {date.iso} is not in the retelling")
            if not has_date(date, read_source(), whole=False):
                lost.append(f"{fact.id}: {date.iso} is not in the source")
    assert lost == []


@needs_source
def test_every_name_of_a_fact_stands_in_both() -> None:
    pack = get_pack(FOLDER)
    lost = {
        f"{entity.id}: {entity.name!r} is not in the {place}"
        for fact in list_underived(pack)
        for entity in list_named_entities(pack, fact)
        for place, text in (("retelling", read_retelling()), ("source", read_source()))
        if not has_name(entity, text)
    }
    assert sorted(lost) == []
