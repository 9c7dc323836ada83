"""What `quizapp facts read --model` asks, prints and tells."""

import sys
from dataclasses import dataclass

import click

from quizapp.cli.settings import read_model
from quizapp.errors import InvalidError
from quizapp.extraction.model_prompt import TEMPLATE
from quizapp.extraction.proposals import Provenance
from quizapp.extraction.proposing import Extraction, add_proposals
from quizapp.extraction.rendering import Naming, Plain, list_facts
from quizapp.facts.checking.problems import write_place
from quizapp.services.articles.model_settings import URL, ModelSettings
from quizapp.services.articles.proposing import ModelDropped, ModelProposals, propose_by_model


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a model proposed of an article, and `together` with what rules read in it."""

    settings: ModelSettings
    proposals: ModelProposals
    together: Extraction


def get_settings() -> ModelSettings:
    """Return the model that the environment names.

    Raises:
        InvalidError: it names none, or one that cannot be used.
    """
    settings = read_model()
    if settings is None:
        raise InvalidError(
            f"no language model is asked unless {URL} is set; set it to the address of an "
            "OpenAI-compatible API, such as http://localhost:11434/v1"
        )
    return settings


def ask_model(found: Extraction, settings: ModelSettings) -> Asked:
    """Put the article to the model; on a terminal the progress is told beside the output.

    Raises:
        InvalidError: the settings or the server cannot be used.
        BusyError: the server gives no answer.
    """
    proposals = propose_by_model(found.document.text, settings, on_progress=_tell_progress)
    together = add_proposals(found, proposals.accepted)
    return Asked(settings=settings, proposals=proposals, together=together)


def render_model(asked: Asked) -> dict[str, Plain]:
    """Return which facts the model proposed, by which prompt and answer, and what was dropped."""
    facts = list_facts(asked.together, Naming(asked.together))
    origins = {
        str(fact["id"]): one.provenance
        for fact, one in zip(facts, asked.together.proposals, strict=True)
        if one.provenance is not None
    }
    exchanges = {one.digest: one for one in origins.values()}
    return {
        "name": asked.settings.model,
        "template": TEMPLATE,
        "facts": {key: {"prompt": one.digest, "quote": one.quote} for key, one in origins.items()},
        "exchanges": [_render_exchange(one) for one in exchanges.values()],
        "dropped": [_render_dropped(one) for one in asked.proposals.dropped],
    }


def describe_model(asked: Asked) -> str:
    """Return what was dropped and how much was proposed, for people to read."""
    lines = [
        f"dropped {write_place(one.section, one.paragraph)}: "
        f"{one.words or 'the whole passage'}: {one.reason}"
        for one in asked.proposals.dropped
    ]
    kept = sum(one.provenance is not None for one in asked.together.proposals)
    count = len(asked.proposals.dropped)
    told = f"{kept} fact{'' if kept == 1 else 's'} by the language model, each to be reviewed"
    lines.append(f"{told}; {count} dropped")
    return "\n".join([*lines, ""])


def _tell_progress(done: int, total: int, _note: str = "", /) -> None:
    if sys.stderr.isatty():
        click.echo(f"passage {done} of {total}", err=True)


def _render_exchange(one: Provenance) -> dict[str, Plain]:
    return {"prompt": one.digest, "passage": one.passage, "answer": one.answer}


def _render_dropped(one: ModelDropped) -> dict[str, Plain]:
    return {
        "section": one.section,
        "paragraph": one.paragraph,
        "words": one.words,
        "quote": one.quote,
        "reason": one.reason,
    }
