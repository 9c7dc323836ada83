"""The problems that chosen rules find in a tiny pack."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizapp.facts.checking.problems import PackProblem
from quizapp.facts.model import Pack
from tests.factories.fact_packs import make_tiny_pack

Rule = Callable[[Pack], Iterator[PackProblem]]


@dataclass(frozen=True, slots=True)
class Found:
    """Problems, and short ways to speak of them."""

    problems: tuple[PackProblem, ...]

    @property
    def kinds(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Rule, severity and facts of each."""
        return [(one.rule, one.severity, one.facts) for one in self.problems]

    @property
    def texts(self) -> list[str]:
        """What each says."""
        return [one.text for one in self.problems]


def find_problems(
    folder: Path,
    *facts: str,
    rules: Sequence[Rule],
    entities: str = "",
    predicates: str = "",
    article: str | None = None,
) -> Found:
    """Return what the rules find in a tiny pack of these facts."""
    pack = make_tiny_pack(folder, *facts, entities=entities, predicates=predicates, article=article)
    return Found(tuple(problem for rule in rules for problem in rule(pack)))
