"""Rules for what things are: definitions, appositions, acronyms."""

import re
from collections.abc import Iterator

from quizapp.extraction.aliases import is_acronym
from quizapp.extraction.names import NAME, find_names, is_name, strip_article
from quizapp.extraction.proposals import Proposal
from quizapp.extraction.sentences import LONGEST, Sentence
from quizapp.extraction.subjects import Scene, Subject
from quizapp.facts.folding import fold
from quizapp.facts.values import Words

_ACRONYM = re.compile(rf"(?P<s>{NAME}) \((?P<short>[A-Z][A-Za-z]{{0,2}}[A-Z]{{1,7}})[);,]")
_DEFINITION = re.compile(
    r"^(?P<article>The |An? )?(?P<s>[^,;:()]{2,60}?)(?: \([^()]{1,120}\))? (?P<be>is|are|was|were) "
    r"(?P<v>(?P<det>an? |the |any )?[^\W\d_][^;]{6,400}?)\.?$"
)
_APPOSITION = re.compile(rf"(?P<s>{NAME}), (?P<v>an? [a-z][^,;:().]{{3,100}}),?(?=[,.]|$)")
_TERM_APPOSITION = re.compile(r"^The (?P<s>[a-z]+(?: [a-z]+)?), (?P<v>an? [a-z][^,;:().]{3,100}),")
_RELATION = re.compile(
    r"\b(?:that|which|who|whose|where|when|of|by|for|used|from|with|in|at|on|to)\b"
)
_NO_KIND = re.compile(
    r"(?:an? |the |any )?(?:(?:very|most|more|less|much|same|best|only|first|last|largest"
    r"|smallest|oldest|third|second|one|kind of|lot|few|little|result|reason|case|example"
    r"|number|part|matter|subject|member|author|son|daughter|brother|sister|child|victim|delay "
    r"until)\b)"
)
_PLURAL_KIND = re.compile(r"(?:[a-z-]+ ){0,2}[a-z]+s (?:that|which|who|whose)\b")
_GOES_ON = re.compile(
    r", (?:and|but) (?:it|he|she|they|its|his|her|their|the|was|were|is|are|has|had|not)\b"
    r"|,? \b(?:but|although|though|whereas|while|unless|except)\b"
    r"|, (?:which|who|where|so|because|since|until|when)\b|: "
)
_CONTRAST = re.compile(r"\b(?:but|although|though|whereas|while|unless|except)\b")
_OPENING = re.compile(r"(?:^|, )(?:[A-Z][a-z]+)(?: to)? (?:the )?$")
_NO_TERM = frozenset(
    [
        "this",
        "that",
        "these",
        "those",
        "it",
        "he",
        "she",
        "they",
        "there",
        "one",
        "such",
        "what",
        "here",
        "his",
        "her",
        "its",
        "their",
        "which",
        "some",
        "many",
        "most",
        "all",
        "both",
        "each",
        "another",
        "something",
        "nothing",
        "everything",
    ]
)
_PLURAL_BE = frozenset({"are", "were"})
_PAST = frozenset({"was", "were"})
_MOST_WORDS = 5


def propose_terms(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    """Yield acronyms, the definition that the sentence is, and those set between commas."""
    for match in _ACRONYM.finditer(sentence.text):
        name = match.group("s")
        if is_acronym(match.group("short"), name):
            subject = Subject(name=strip_article(name))
            yield _make("acronym", sentence, match, subject, "acronym", match.group("short"))
    definition = _propose_definition(sentence, scene)
    if definition is not None:
        if definition.subject is not None:
            scene.note_term(definition.subject)
        yield definition
    yield from _propose_appositions(sentence, scene)


def list_explained(sentences: tuple[Sentence, ...]) -> dict[str, str]:
    """Return the acronyms that the article explains, "NL" with the league that it is short for."""
    return {
        match.group("short"): strip_article(match.group("s"))
        for sentence in sentences
        if len(sentence.text) <= LONGEST
        for match in _ACRONYM.finditer(sentence.text)
        if is_acronym(match.group("short"), match.group("s"))
    }


def _propose_definition(sentence: Sentence, scene: Scene) -> Proposal | None:
    match = _DEFINITION.match(sentence.text)
    if match is None or not _defines(match):
        return None
    words = match.group("s").strip()
    subject = _find_term(words, scene)
    if subject is None:
        return None
    if not is_name(words) and fold(words) != fold(scene.title):
        if match.group("be") in _PAST:
            return None  # "The house was a ruin" tells what became of one
        if match.group("article") == "The ":
            # "The cell is a prison": one certain thing that the sentence does not name.
            reason = f"\u201cThe {words}\u201d may be one that the text names elsewhere"
            subject = Subject(name=subject.name, review=(*subject.review, reason))
    value = match.group("v")
    cut = _GOES_ON.search(value)
    if cut is not None and _CONTRAST.search(cut.group(0)):
        reason = f"a contrast follows (\u201c{cut.group(0).strip(' ,')}\u201d); look at it"
        subject = Subject(name=subject.name, review=(*subject.review, reason))
    kept = value if cut is None else value[: cut.start()]
    end = match.start("v") + len(kept)
    return _make("definition", sentence, match, subject, "definition", kept.strip(" .,"), end=end)


def _defines(match: re.Match[str]) -> bool:
    """Whether the value is a kind of thing, in the number of its verb."""
    value, det = match.group("v"), match.group("det")
    if (det is None) != (match.group("be") in _PLURAL_BE) or _NO_KIND.match(value):
        return False
    if det is None:
        return _PLURAL_KIND.match(value) is not None
    return det != "the " or _RELATION.search(value) is not None


def _find_term(words: str, scene: Scene) -> Subject | None:
    """A term of a few words, or a name; never a pronoun or words with a name among them."""
    parts = words.split()
    if len(parts) > _MOST_WORDS or fold(parts[0]) in _NO_TERM or not words[0].isalpha():
        return None
    if fold(words) == fold(scene.title):
        return Subject(name=scene.title)
    if (is_name(words) and len(parts) > 1) or words in scene.known:
        return scene.name_of(words)
    rest = words[:1].lower() + words[1:]
    if any(True for _ in find_names(rest)) or re.search(
        r"\b(?:of|in|on|for|to|by|and|or|with|at|from|between)\b", words
    ):
        return None
    return Subject(name=rest)


def _propose_appositions(sentence: Sentence, scene: Scene) -> Iterator[Proposal]:
    for match in _APPOSITION.finditer(sentence.text):
        names = list(find_names(match.group("s")))
        if len(names) != 1 or re.match(r",? (?:and|or)\b", sentence.text[match.end() :]):
            continue
        subject = scene.name_of(names[0][0])
        before = sentence.text[: match.start("s") + names[0][1]]
        if _OPENING.search(before):
            continue  # "According to Ann Bell, a virus ..."
        if re.search(r"(?:\b(?:and|or)|,) (?:the )?$", before) or " and " in match.group("v"):
            reason = "it stands in a row of names; look to whom it belongs"
            subject = Subject(name=subject.name, review=(*subject.review, reason))
        if subject.name is not None:
            yield _make(
                "apposition", sentence, match, subject, "definition", match.group("v").strip()
            )
    for match in _TERM_APPOSITION.finditer(sentence.text):
        reason = f"\u201cThe {match.group('s')}\u201d may be one that the text names elsewhere"
        subject = Subject(name=match.group("s"), review=(reason,))
        yield _make("apposition", sentence, match, subject, "definition", match.group("v"))


def _make(
    rule: str,
    sentence: Sentence,
    match: re.Match[str],
    subject: Subject,
    predicate: str,
    value: str,
    *,
    end: int | None = None,
) -> Proposal:
    return Proposal(
        rule=rule,
        sentence=sentence,
        start=match.start(),
        end=match.end() if end is None else end,
        subject=subject.name,
        predicate=predicate,
        value=Words(text=value),
        review=subject.review,
    )
