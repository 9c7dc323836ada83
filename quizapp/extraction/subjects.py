"""Whom or what a sentence is about: a name, or a guess that must be confirmed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.extraction.aliases import Suggestion, suggest_aliases
from quizapp.extraction.names import (
    NAME,
    Name,
    find_names,
    fold_name,
    guess_type,
    list_mentions,
    list_names,
    strip_article,
)
from quizapp.extraction.sentences import Sentence
from quizapp.facts.folding import fold

SUBJECT = (
    rf"(?<![\w'\u2019-])(?P<s>(?:[Tt]he |[Aa]n? )?{NAME}|He|She|It|They|he|she|it|they"
    r"|(?:The|This|the|Its|His|Her) [a-z]+(?: [a-z]+)?)"
)
"""What a rule takes for a subject, to be put into its pattern."""
_PRONOUNS = {"he": "person", "she": "person", "it": "", "they": ""}
_HEAD = re.compile(
    r"(?:^|^(?:In|On|By|Since|Until) [^,;]{0,24}\d{4},?\s|[,;:(]\s|\b(?:that|while|whereas"
    r"|when|but|and|where|because|since|as|which)\s)(?:the |an? )?$",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(rf"(?<![\w'\u2019-]){NAME},? and (?:the |an? )?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject by its name, or None; `review` says why it must be confirmed."""

    name: str | None
    review: tuple[str, ...] = ()


class Scene:
    """What is known of an article as its sentences are read in order."""

    def __init__(self, title: str, sentences: Sequence[Sentence], sure: Mapping[str, str]) -> None:
        """`sure` holds the short forms that the article itself explains: "NL" for a league."""
        self.title = title
        self.sure = dict(sure)
        self.names: tuple[Name, ...] = list_names(list_mentions(sentences))
        self.suggestions: tuple[Suggestion, ...] = suggest_aliases(self.names)
        self.known = {name.text for name in self.names} | {title}
        self._articled = {fold_name(name.text) for name in self.names if name.the}
        self._fuller: dict[str, list[str]] = {}
        for one in self.suggestions:
            self._fuller.setdefault(one.short, []).append(one.name)
        self._last: str | None = None
        self._last_person: str | None = None
        self._paragraph: tuple[str, int] | None = None
        self._current: str | None = None

    def move_to(self, sentence: Sentence) -> None:
        """Go on to the next sentence; what "it" may mean ends with the paragraph."""
        place = (sentence.section, sentence.paragraph)
        self._last = self._current if place == self._paragraph else None
        self._paragraph = place
        first = next(find_names(sentence.text), None)
        if fold(strip_article(sentence.text)).startswith(f"{fold(self.title)} "):
            self._current = self.title
        elif first is not None and _is_at_head(sentence.text, first[1]):
            known = first[0] in self.known
            self._current = self.name_of(first[0]).name if known else None
        elif fold(sentence.text.partition(" ")[0]) not in _PRONOUNS:
            self._current = None

    def note_term(self, name: str) -> None:
        """Remember what this sentence defines, which "it" may mean in the next."""
        self._current = name

    def note_person(self, name: str) -> None:
        """Remember the person whom "he" or "she" may mean."""
        self._last_person = name

    def find_subject(self, words: str, sentence: Sentence, start: int) -> Subject | None:
        """Return what the words at `start` of a sentence mean; None if they are no subject."""
        pronoun = _PRONOUNS.get(fold(words))
        names = [] if pronoun is not None else list(find_names(words))
        if not names and not _is_at_head(sentence.text, start):
            return None
        if pronoun is not None:
            return self._guess_pronoun(words, person=bool(pronoun), within=start > 0)
        if not names:
            return self._guess_described(words)
        name, offset, end = names[0]
        if end != len(words):
            return None
        if not _is_at_head(sentence.text, start + offset):
            return None
        return self.name_of(name)

    def name_of(self, name: str) -> Subject:
        """Return the full name for a name that the article writes, and whether that is a guess."""
        if name in self.sure:
            return Subject(name=self.sure[name])
        if name == self.title:
            return Subject(name=name)
        fuller = self._fuller.get(name, [])
        if len(fuller) == 1:
            reason = f"\u201c{name}\u201d is probably {fuller[0]}; confirm that they are one"
            return Subject(name=fuller[0], review=(reason,))
        if fuller:
            guess = self.title if self.title in fuller else name
            reason = f"\u201c{name}\u201d may be {' or '.join(fuller)}; say which"
            return Subject(name=guess, review=(reason,))
        return Subject(name=name)

    def _guess_pronoun(self, words: str, *, person: bool, within: bool) -> Subject:
        """Guess whom or what a pronoun means; a person may stand at the head of its sentence."""
        guess = self._last
        if person:
            near = (self._current if within else None, self._last, self._last_person, self.title)
            guess = next((name for name in near if name and self._may_be_person(name)), None)
        if guess is None:
            return Subject(name=None, review=(f"whom \u201c{words}\u201d means is not said",))
        reason = f"\u201c{words}\u201d is taken to be {guess}; confirm it"
        return Subject(name=guess, review=(reason,))

    def _may_be_person(self, name: str) -> bool:
        return guess_type(name) in (None, "person") and fold_name(name) not in self._articled

    def _guess_described(self, words: str) -> Subject:
        noun = fold(words.rsplit(maxsplit=1)[-1])
        found = [name for name in sorted(self.known) if noun in fold(name).split()]
        guess = self.title if self.title in found else found[0] if len(found) == 1 else None
        if guess is None:
            return Subject(name=None, review=(f"which one \u201c{words}\u201d means is not said",))
        return Subject(
            name=guess, review=(f"\u201c{words}\u201d is taken to be {guess}; confirm it",)
        )


def find_name(words: str, scene: Scene) -> Subject:
    """Return the name that a value is, in full where that is known or probable."""
    return scene.name_of(strip_article(words))


def is_event(name: str) -> bool:
    """Return whether the name says that it is one of an event."""
    return guess_type(name) in ("event", "conflict")


def _is_at_head(text: str, start: int) -> bool:
    """A subject stands at the head of its clause; after "of" or "in" it is something else.

    So is the last of several names: "between Leeds and York".
    """
    before = text[:start]
    return _HEAD.search(before) is not None and _ONE_OF_SEVERAL.search(before) is None
