"""What a learner sees of a question before they submit: nothing in it depends on the key.

The key is taken out rather than left unshown, so that no page can give it away by mistake: what is
masked is a function of the stem and of the texts in an order of their own.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from quizapp.attempts.order import order_options
from quizapp.attempts.rules import AssignmentRules
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.marking import Response
from quizapp.kinds.matching import list_matches
from quizapp.kinds.ordering import shuffle_items
from quizapp.kinds.question import WRITTEN, Option, Question, QuestionKey, Source

# Any date of the grain that is asked for; the grain is told to everyone.
_DATES = {"day": "2000-01-01", "month": "2000-01", "year": "2000"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """A question of an attempt as its learner meets it.

    `question` has no key; `order` are the positions of its options or items as they are shown.
    `response` is what stands as the answer, as it was given, None if nothing was saved; `saves`
    counts the saves and is sent back with the next one.
    """

    position: int
    question: Question
    order: tuple[int, ...]
    points: float
    response: Response | None
    saves: int
    saved_at: datetime | None
    flagged: bool

    @property
    def number(self) -> int:
        """The number of the question, from 1."""
        return self.position + 1


def mask_question(question: Question) -> Question:
    """Return the question without its key, and without what is told of it afterwards."""
    matches = list_matches(question)
    prompts = [prompt for prompt, _ in question.pairs or ()]
    options = tuple(Option(text=option.text, correct=False) for option in question.options)
    if question.pairs is not None:
        options = tuple(Option(text=text, correct=False) for text in matches[len(prompts) :])
    return replace(
        question,
        id=QuestionKey(""),
        facts=(),
        template=WRITTEN if question.template == WRITTEN else "",
        options=options,
        answer=_mask_answer(question),
        accept=(),
        tolerance=None,
        pairs=None
        if question.pairs is None
        else tuple(zip(prompts, matches[: len(prompts)], strict=True)),
        order=None if question.order is None else tuple(sorted(question.order)),
        feedback="",
        hedge=None,
        said=(),
        as_of=None,
        source=Source(section="", paragraph=0, quote=""),
        importance=1,
        difficulty=0.0,
        guess=0.0,
        tags=(),
    )


def order_shown(masked: Question, seed: str, position: int, *, shuffled: bool) -> tuple[int, ...]:
    """Return the positions of the options or items in the order to show them.

    Fixed by the seed of the attempt and the place of the question, and by the texts that are shown.
    """
    if masked.kind == "ordering":
        # Things to put in order must be mixed; where nothing is shuffled, alike for everyone.
        return tuple(shuffle_items(masked, f"{seed}:{position}" if shuffled else masked.stem))
    rules = AssignmentRules(shuffle_options=shuffled)
    return order_options(masked, rules, f"{seed}:{position}")


def _mask_answer(question: Question) -> str:
    if question.kind != "date":
        return ""
    (key, *_) = parse_dates(question.answer)
    return _DATES[key.grain]
