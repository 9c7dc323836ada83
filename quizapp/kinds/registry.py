"""Every kind of question by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from quizapp.errors import NotFoundError
from quizapp.kinds.choice import Choice
from quizapp.kinds.cloze import Cloze
from quizapp.kinds.date import Date
from quizapp.kinds.flashcard import Flashcard
from quizapp.kinds.marking import Kind
from quizapp.kinds.matching import Matching
from quizapp.kinds.numeric import Numeric
from quizapp.kinds.ordering import Ordering
from quizapp.kinds.question import KindName
from quizapp.kinds.select_all import SelectAll
from quizapp.kinds.true_false import TrueFalse

KINDS: Mapping[KindName, Kind] = MappingProxyType(
    {
        "choice": Choice(),
        "select_all": SelectAll(),
        "true_false": TrueFalse(),
        "cloze": Cloze(),
        "numeric": Numeric(),
        "date": Date(),
        "ordering": Ordering(),
        "matching": Matching(),
        "flashcard": Flashcard(),
    }
)


def get_kind(name: KindName) -> Kind:
    """Return the kind of that name.

    Raises:
        NotFoundError: no question of that kind can be answered.
    """
    if name not in KINDS:
        raise NotFoundError(f"no kind of question is called {name!r}; use {', '.join(KINDS)}")
    return KINDS[name]
