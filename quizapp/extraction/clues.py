"""Words that tell what a name stands for, and capital words that are no names."""

import re
from collections.abc import Sequence

from quizapp.facts.model import EntityType

NO_NAME = re.compile(
    r"(?:the|an?|in|on|at|by|of|to|for|from|with|without|and|or|but|nor|if|when|while|where|as"
    r"|since|until|after|before|during|under|over|between|among|against|about|above|below|near"
    r"|through|although|though|because|so|that|this|these|those|it|its|he|his|him|she|her|they"
    r"|them|their|we|our|i|you|who|which|what|whose|there|here|then|now|today|later|some|many|most"
    r"|several|few|all|both|each|every|other|another|such|not?|none|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|according|how|why|whether|only|even|also|however|moreover|thus"
    r"|therefore|instead|born|died|once|soon|still|yet|more|less|first|second|third|next|last"
    r"|former|early|late|unlike|like|despite|upon|within|towards?|across|along|around|inside"
    r"|outside|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
"""What a name cannot begin with: words that are capital because a sentence begins, months, days."""
TITLES = re.compile(
    r"^(?:(?:the )?(?:Mr|Mrs|Ms|Dr|Professor|Prof|General|Gen|Colonel|Captain|Sir|Dame|King|Queen"
    r"|Prince|Princess|Emperor|Empress|President|Pope|Saint|St|Lord|Lady|Count|Duke|Bishop)\.? )"
)
"""What the name of a person may begin with."""
PERSON = re.compile(
    r"(?:an? |the )?(?:[a-z-]+ ){0,3}?(?:[a-z]{3,}(?:ist|ian|maker|writer|teacher|engineer|painter"
    r"|singer|composer|author|actor|sculptor|inventor|explorer|farmer|banker|lawyer|officer"
    r"|soldier)|judge|king|queen|poet|chemist|general|monk|nun|nurse|politician|professor|author"
    r"|doctor)s?\b"
)
"""A definition of a person, as far as its noun tells."""
_CLUES: Sequence[tuple[EntityType, str]] = (
    ("conflict", "wars?|insurgency"),
    (
        "event",
        (
            "battle|siege|massacre|revolt|uprising|rebellion|earthquake|eruption|fire|flood|raid"
            "|attack|campaign|operation|conference|congress|election|strike|expedition|storm"
            "|explosion|treaty|coup|mutiny|truce|armistice|festival|games|summit|riot|famine"
        ),
    ),
    (
        "publisher",
        (
            "gazette|times|journal|herald|post|tribune|chronicle|observer|mail|press|newspaper"
            "|magazine|review|news"
        ),
    ),
    (
        "state_body",
        (
            "ministry|department|parliament|government|senate|commission|agency|navy|police|court"
            "|treasury|bureau"
        ),
    ),
    (
        "group",
        (
            "army|party|movement|front|league|union|company|society|club|brigade|corps|regiment"
            "|guild|association|alliance|coalition|council|institute|university|college|school"
            "|museum|academy|federation|organi[sz]ation|committee|foundation|bank|band|orchestra"
            "|team|church|order|militia"
        ),
    ),
    (
        "place",
        (
            "river|lake|mount|mountain|valley|islands?|bay|county|province|castle|cape|city|town"
            "|village|harbou?r|hill|sea|ocean|peninsula|street|square|forest|desert"
        ),
    ),
    (
        "thing",
        "aqueduct|bridge|canal|dam|lighthouse|lock|pier|railway|reservoir|ship|tower|tunnel|viaduct",
    ),
    ("people", "historians|observers|scholars|analysts"),
)
_PATTERNS = [(kind, re.compile(words)) for kind, words in _CLUES]
FIRST_WORDS = frozenset({"battle", "mount", "lake", "cape", "river"})
"""Clues that stand before a name, as in "Mount Elm"; others stand at its end."""


def find_clue(word: str) -> EntityType | None:
    """Return what a name with this folded word for its noun stands for."""
    return next((kind for kind, words in _PATTERNS if words.fullmatch(word)), None)
