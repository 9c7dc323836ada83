"""Every kind of question by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from quizapp.errors import NotFoundError
from quizapp.kinds.choice import Choice
from quizapp.kinds.flashcard import Flashcard
from quizapp.kinds.marking import Kind
from quizapp.kinds.question import KindName
from quizapp.kinds.true_false import TrueFalse

KINDS: Mapping[KindName, Kind] = MappingProxyType(
    {"choice": Choice(), "true_false": TrueFalse(), "flashcard": Flashcard()}
)


def get_kind(name: KindName) -> Kind:
    """Return the kind of that name.

    Raises:
        NotFoundError: no question of that kind can be answered.
    """
    if name not in KINDS:
        raise NotFoundError(f"no kind of question is called {name!r}; use {', '.join(KINDS)}")
    return KINDS[name]
