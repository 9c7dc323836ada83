"""Names that are probably those of one entity.

Names are compared word by word after folding: two words are near if few letters differ for their
length. A library for it (rapidfuzz) would be faster, but compares whole strings, for which
"northern Mali" and "southern Mali" are as near as two spellings of one person.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from quizapp.facts.checking.problems import PackProblem, report
from quizapp.facts.folding import fold, split_words
from quizapp.facts.model import Entity, Fact, Pack
from quizapp.facts.values import Entities, EntityId, PartialDate

_SHORT = 3
_MOST_EDITS = 2
_JOINED = 8
_LONG_WORD = 5
_WRITTEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_DESCRIBED = frozenset({"event", "publication", "thing", "term", "role"})
"""Types whose names describe them: near words there mean different things."""

Name = tuple[str, ...]


def check_names(pack: Pack) -> Iterator[PackProblem]:
    """Yield entities that are written alike, and entities that are written in several ways."""
    for one, other, names in _list_near_entities(pack):
        exact = fold(names[0]) == fold(names[1])
        quoted = f"\u201c{names[0]}\u201d ({one.id}) and \u201c{names[1]}\u201d ({other.id})"
        yield report(
            "same-thing-twice" if exact else "name-variant",
            _list_facts(pack, one, other),
            f"{quoted} {'are written alike' if exact else 'are probably one entity'}",
            "make them one entity with aliases, or add `same_as` or `differs_from`",
            severity="error" if exact and one.type == other.type else "warning",
            explanation=_explain(one, other),
        )
    for entity in pack.entities.values():
        near = _list_near_spellings(entity)
        if near:
            spellings = ", ".join(f"\u201c{name}\u201d" for name in near)
            yield report(
                "name-variant",
                pack.list_mentions(entity.id)[:1],
                f"{entity.id} is spelled in {len(near)} ways: {spellings}",
                "",
                explanation="its aliases take them as one",
            )


def check_events(pack: Pack) -> Iterator[PackProblem]:
    """Yield two events on one day in one place: probably the same one under two ids."""
    seen: dict[tuple[PartialDate, EntityId], Entity] = {}
    for event in (entity for entity in pack.entities.values() if entity.type == "event"):
        for key in _list_settings(pack, event):
            earlier = seen.setdefault(key, event)
            if earlier is not event:
                yield report(
                    "same-thing-twice",
                    _list_facts(pack, earlier, event),
                    f"{earlier.name} ({earlier.id}) and {event.name} ({event.id}) have one date "
                    "and place",
                    "make them one event, or add `same_as` or `differs_from`",
                    explanation=_explain(earlier, event),
                )


def check_doubles(pack: Pack) -> Iterator[PackProblem]:
    """Yield facts that say the same under two ids."""
    seen: dict[tuple[object, ...], Fact] = {}
    for fact in pack.facts:
        when = (fact.as_of, fact.start, fact.end)
        key = (fact.subject, fact.predicate, fact.value, fact.said, *when)
        earlier = seen.setdefault(key, fact)
        if earlier is not fact:
            yield report(
                "same-thing-twice",
                (earlier, fact),
                f"{earlier.id} and {fact.id} say the same",
                "keep one of them",
                explanation=fact.note,
            )


def check_article_names(pack: Pack) -> Iterator[PackProblem]:
    """Yield names in the article that are near an entity's and are none of its spellings."""
    known = {split_words(text) for one in pack.entities.values() for text in one.spellings}
    names = _index_long_names(pack)
    told: set[tuple[EntityId, Name]] = set()
    for section in pack.article.sections:
        for paragraph in section.paragraphs:
            for words, entity in _find_unlisted(paragraph.text, names, known):
                if (entity.id, words) in told:
                    continue
                told.add((entity.id, words))
                yield PackProblem(
                    rule="name-variant",
                    severity="warning",
                    where=f"{section.title} p{paragraph.number}",
                    facts=(),
                    text=f"\u201c{' '.join(words)}\u201d is near \u201c{entity.name}\u201d "
                    f"({entity.id}) and none of its spellings",
                    remedy="add it to the aliases, or correct the article",
                )


def are_near(one: Name, other: Name) -> bool:
    """Return whether two names, as folded words, are probably spellings of one.

    A single word may differ in one letter only, and not if it is short: Iran, Iraq, Niger, Nigeria.
    """
    if one == other:
        return True
    if len(one) == len(other) == 1:
        return len(one[0]) >= _LONG_WORD and _are_words_near(one[0], other[0], most=1)
    if len(one) == len(other):
        pairs = list(zip(one, other, strict=True))
        return any(len(word) > _SHORT for word in one) and all(
            _are_words_near(*pair) for pair in pairs
        )
    joined = "".join(one), "".join(other)
    return min(map(len, joined)) >= _JOINED and joined[0] == joined[1]


@lru_cache(maxsize=65536)
def count_edits(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out or replaced (Levenshtein 1965)."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        above, row = row, [place]
        for column, mark in enumerate(other, start=1):
            changed = above[column - 1] + (letter != mark)
            row.append(min(changed, above[column] + 1, row[column - 1] + 1))
    return row[-1]


def _are_words_near(one: str, other: str, *, most: int = _MOST_EDITS) -> bool:
    if one == other:
        return True
    longest = max(len(one), len(other))
    if any(letter.isdigit() for letter in one + other):
        return False
    if longest <= _SHORT:
        return count_edits(one, other) == 1
    allowed = min(most, longest // _SHORT)
    alike = one[0] == other[0] and abs(len(one) - len(other)) <= allowed
    return alike and count_edits(one, other) <= allowed


def _list_near_entities(pack: Pack) -> Iterator[tuple[Entity, Entity, tuple[str, str]]]:
    """Pairs of entities written alike or nearly so, each with the two names."""
    told: set[tuple[EntityId, EntityId]] = set()
    for group in _list_groups(pack):
        for (name, one), (text, other) in combinations(group, 2):
            pair = (min(one.id, other.id), max(one.id, other.id))
            if one is other or pair in told or not _are_names_near(name, one, text, other):
                continue
            told.add(pair)
            yield one, other, (name, text)


def _list_groups(pack: Pack) -> Iterator[list[tuple[str, Entity]]]:
    """Spellings that may be near each other: written alike, joined alike, or begun alike."""
    groups: dict[tuple[object, ...], list[tuple[str, Entity]]] = {}
    for entity in pack.entities.values():
        for name in dict.fromkeys(entity.spellings):
            words = split_words(name)
            keys: list[tuple[object, ...]] = [("alike", fold(name))]
            if words and entity.type not in _DESCRIBED:
                keys.append((entity.type, "".join(words)))
                keys.append((entity.type, len(words), words[-1][0]))
            if words and entity.type == "person":
                keys.append(("surname", words[-1]))
            for key in keys:
                groups.setdefault(key, []).append((name, entity))
    return (group for group in groups.values() if len(group) > 1)


def _are_names_near(name: str, one: Entity, text: str, other: Entity) -> bool:
    if fold(name) == fold(text):
        return True
    if one.type != other.type or one.type in _DESCRIBED:
        return False
    first, second = split_words(name), split_words(text)
    surname = one.type == "person" and 1 in (len(first), len(second)) and first[-1] == second[-1]
    return surname or are_near(first, second)


def _list_near_spellings(entity: Entity) -> list[str]:
    """The spellings of one entity that are near another one of it."""
    if entity.type in _DESCRIBED:
        return []
    near = {
        text
        for pair in combinations(dict.fromkeys(entity.spellings), 2)
        if are_near(split_words(pair[0]), split_words(pair[1]))
        for text in pair
    }
    return [text for text in dict.fromkeys(entity.spellings) if text in near]


def _explain(one: Entity, other: Entity) -> str | None:
    if other.id in one.same_as or one.id in other.same_as:
        return "`same_as` takes them as one"
    if other.id in one.differs_from or one.id in other.differs_from:
        return "`differs_from` keeps them apart"
    return None


def _list_facts(pack: Pack, one: Entity, other: Entity) -> list[Fact]:
    """The first fact that mentions each, so that the reader sees where the names stand."""
    first, second = pack.list_mentions(one.id)[:1], pack.list_mentions(other.id)[:1]
    return list({fact.id: fact for fact in (*first, *second)}.values())


def _list_settings(pack: Pack, event: Entity) -> Iterator[tuple[PartialDate, EntityId]]:
    facts = [fact for fact in pack.list_mentions(event.id) if fact.subject == event.id]
    days = [
        fact.value
        for fact in facts
        if isinstance(fact.value, PartialDate) and fact.value.grain == "day"
    ]
    places = [
        one
        for fact in facts
        if fact.predicate == "place" and isinstance(fact.value, Entities)
        for one in fact.value.ids
    ]
    return ((day, place) for day in dict.fromkeys(days) for place in dict.fromkeys(places))


def _index_long_names(pack: Pack) -> dict[tuple[int, str], list[tuple[Name, Entity]]]:
    """Names to look for in the article, by their number of words and the last one's first letter.

    A single word is looked for only if it names a person or group: Nigeria is near Niger.
    """
    names: dict[tuple[int, str], list[tuple[Name, Entity]]] = {}
    for entity in pack.entities.values():
        for text in entity.spellings if entity.type not in _DESCRIBED else ():
            words = split_words(text)
            single = entity.type in ("person", "group") and len("".join(words)) > _LONG_WORD
            if len(words) > 1 or (words and single):
                names.setdefault((len(words), words[-1][0]), []).append((words, entity))
    return names


def _find_unlisted(
    text: str, names: Mapping[tuple[int, str], list[tuple[Name, Entity]]], known: set[Name]
) -> Iterator[tuple[Name, Entity]]:
    found = [match.group() for match in _WRITTEN.finditer(text)]
    words = [fold(word).removesuffix("'s") for word in found]
    lengths = sorted({len(name) for name in known})
    taken = _find_taken(words, lengths, known)
    for length in lengths:
        for start in range(len(words) - length + 1):
            window = tuple(words[start : start + length])
            if not window[-1] or any(taken[start : start + length]):
                continue
            for name, entity in names.get((length, window[-1][0]), ()):
                if _is_unlisted(window, found[start : start + length], name):
                    yield window, entity


def _find_taken(words: Sequence[str], lengths: Sequence[int], known: set[Name]) -> list[bool]:
    """Which words belong to a known spelling, so that no part of one counts as another name."""
    taken = [False] * len(words)
    for length in lengths:
        for start in range(len(words) - length + 1):
            if length and tuple(words[start : start + length]) in known:
                taken[start : start + length] = [True] * length
    return taken


def _is_unlisted(window: Name, written: Sequence[str], name: Name) -> bool:
    """Whether the words are near the name, are written as names are, and are no other form of it.

    A word that begins with the other one is a plural or an adjective: Russian, Malian.
    """
    if not all(word[0].isupper() for word in written if len(word) > _SHORT):
        return False
    if not are_near(window, name):
        return False
    differing = [pair for pair in zip(window, name, strict=True) if pair[0] != pair[1]]
    return not any(one.startswith(other) or other.startswith(one) for one, other in differing)
