"""A language model proposes facts of an article, a passage at a time, and each is proved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from quizapp.errors import BusyError, InvalidError
from quizapp.extraction.model_answers import Refused, read_completion
from quizapp.extraction.model_prompt import TEMPLATE, Passage, list_passages, write_prompt
from quizapp.extraction.model_proofs import Exchange, Prover
from quizapp.extraction.proposals import Proposal
from quizapp.extraction.proposing import Extraction, extract
from quizapp.extraction.sentences import list_sentences
from quizapp.extraction.writing import Document
from quizapp.facts.article import read_article
from quizapp.services.articles.model_client import CancelledError, ask
from quizapp.services.articles.model_settings import ModelSettings

MOST_PASSAGES = 200
"""The most passages that are put to a model, more than the longest article that is read has."""
_MOST_FAILURES = 2
"""After so many passages in a row without an answer, nothing more is asked."""


class OnProgress(Protocol):
    """Told how far it has come, as `Job.report_progress` is."""

    def __call__(self, done: int, total: int, note: str = "", /) -> None:
        """`done` of `total` passages are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDropped:
    """A statement of a model that is not proposed, or a passage without an answer.

    `section` and `paragraph` (from 1) are where its passage begins, `words` what the statement said
    ("" for a whole passage) and `quote` what it gave for its source, both shortened; they are a
    model's words, to be shown as text. `reason` is why, for people, and never empty.
    """

    section: str
    paragraph: int
    words: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelProposals:
    """What came of asking: proposals, each with its `provenance` and a reason to review it.

    `dropped` holds all that was left out, in the order of the article, `cancelled` whether it was
    ended before the last passage.
    """

    accepted: tuple[Proposal, ...]
    dropped: tuple[ModelDropped, ...]
    cancelled: bool = False


@dataclass(slots=True)
class _Harvest:
    """What has come so far; `failures` counts the passages without an answer since the last one."""

    accepted: list[Proposal] = field(default_factory=list)
    dropped: list[ModelDropped] = field(default_factory=list)
    answered: bool = False
    failures: int = 0


def _tell_nobody(_done: int, _total: int, _note: str = "", /) -> None: ...


def _go_on() -> bool:
    return False


def propose_by_model(
    article_text: str,
    settings: ModelSettings,
    *,
    on_progress: OnProgress = _tell_nobody,
    is_cancelled: Callable[[], bool] = _go_on,
) -> ModelProposals:
    """Return the facts that the model proposes and the text proves, and all that was dropped.

    `article_text` is the article's Markdown as `read_document` writes it, a paragraph to a line,
    into which the offsets of the proposals point. Nothing is stored and no database is needed, so
    call it outside a transaction: a passage may take minutes. `on_progress` gets the number of
    passages read and of all, before the first and after each. `is_cancelled` is asked before each
    passage and, from another thread, while an answer is awaited; what was found until then is
    returned. To show the proposals among those of rules, give them to `add_proposals`.

    Raises:
        InvalidError: the article has no title; or the settings or the server cannot be used, where
            the text names the setting and the remedy. Trying again does not help.
        BusyError: the server gave no answer to the first passage; later ones are `dropped`.
    """
    document = Document(text=article_text, article=read_article(article_text), damage=())
    found = extract(document)
    passages = _list_passages(document)
    prover, harvest = Prover(found), _Harvest()
    on_progress(0, len(passages))
    for done, passage in enumerate(passages, start=1):
        try:
            _read_passage(passage, found, prover, settings, harvest, is_cancelled)
        except CancelledError:
            return _finish(harvest, cancelled=True)
        on_progress(done, len(passages))
    return _finish(harvest)


def _list_passages(document: Document) -> tuple[Passage, ...]:
    """The passages whose offsets are true: a paragraph over several lines has others."""
    text = document.text
    sentences = [
        one
        for one in list_sentences(document.article, text)
        if text.startswith(one.text, one.offset)
    ]
    return list_passages(sentences)[:MOST_PASSAGES]


def _read_passage(
    passage: Passage,
    found: Extraction,
    prover: Prover,
    settings: ModelSettings,
    harvest: _Harvest,
    is_cancelled: Callable[[], bool],
) -> None:
    if is_cancelled():
        raise CancelledError
    if harvest.failures >= _MOST_FAILURES:
        reason = f"not asked, since the model gave no answer {_MOST_FAILURES} times in a row"
        harvest.dropped.append(_drop(passage, reason))
        return
    prompt = write_prompt(passage, found.document.article.title)
    try:
        body = ask(settings, prompt, is_cancelled=is_cancelled)
    except (InvalidError, BusyError) as error:
        if not harvest.answered:
            raise
        harvest.failures += 1
        harvest.dropped.append(_drop(passage, str(error)))
        return
    harvest.answered, harvest.failures = True, 0
    try:
        exchange = Exchange(
            passage=passage,
            model=settings.model,
            template=TEMPLATE,
            digest=prompt.digest,
            answer=read_completion(body),
        )
        proved, refused = prover.read(exchange)
    except InvalidError as error:
        harvest.dropped.append(_drop(passage, str(error)))
        return
    harvest.accepted += proved
    harvest.dropped += _place(passage, refused)


def _drop(passage: Passage, reason: str) -> ModelDropped:
    return ModelDropped(
        section=passage.section, paragraph=passage.paragraph, words="", quote="", reason=reason
    )


def _place(passage: Passage, refused: list[Refused]) -> Iterator[ModelDropped]:
    for one in refused:
        yield ModelDropped(
            section=passage.section,
            paragraph=passage.paragraph,
            words=one.words,
            quote=one.quote,
            reason=one.reason,
        )


def _finish(harvest: _Harvest, *, cancelled: bool = False) -> ModelProposals:
    return ModelProposals(
        accepted=tuple(harvest.accepted), dropped=tuple(harvest.dropped), cancelled=cancelled
    )
