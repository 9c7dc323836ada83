"""What `quizapp facts read` prints and writes."""

from pathlib import Path

from quizapp.cli.facts import describe_problems, problem_to_json
from quizapp.cli.refusals import refusing
from quizapp.errors import ConflictError, NotFoundError
from quizapp.extraction.limits import MOST_BYTES, TOO_LARGE, make_refusal, refuse
from quizapp.extraction.proposals import Proposal
from quizapp.extraction.proposing import Extraction
from quizapp.extraction.reading_apart import extract_apart
from quizapp.extraction.rendering import (
    Naming,
    Plain,
    list_facts,
    render_article,
    render_entities,
)
from quizapp.extraction.skeleton import write_skeleton
from quizapp.extraction.typing import list_named
from quizapp.facts.checking.problems import PackProblem, write_place
from quizapp.facts.origin_reader import ARTICLE_FILE, FORMAT
from quizapp.facts.values import PartialDate, Quantity, Words


def read_article_file(file: Path) -> Extraction:
    """Read the file and propose facts; a file that cannot be read ends the command with 2."""
    with refusing(file):
        return extract_apart(file.name, _read_bytes(file))


def write_pack(found: Extraction, output: Path) -> None:
    """Write the facts to `output` and the article beside it.

    Raises:
        ConflictError: one of them is there already and says something else.
    """
    article = output.parent / ARTICLE_FILE
    texts = {output: write_skeleton(found), article: found.document.text}
    for file, text in texts.items():
        if file.exists() and file.read_bytes() != text.encode():
            raise ConflictError(f"{file} is there already; name another folder, or move it away")
    output.parent.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        file.write_bytes(text.encode())


def render_extraction(found: Extraction) -> dict[str, Plain]:
    """Return everything found as quizapp-facts/1."""
    naming = Naming(found)
    return {
        "format": FORMAT,
        "article": render_article(found),
        "entities": render_entities(naming),
        "facts": [*list_facts(found, naming)],
        "problems": [_render_problem(problem) for problem in list_problems(found)],
    }


def list_problems(found: Extraction) -> tuple[PackProblem, ...]:
    """Return the damage of the article, and as notes the statements that guards left out."""
    left_out = [
        PackProblem(
            rule="left-out",
            severity="note",
            where=write_place(one.sentence.section, one.sentence.paragraph),
            facts=(),
            text=f"\u201c{one.words}\u201d is not proposed: {one.reason}",
            remedy="nothing to do, or add the fact with what the sentence says",
        )
        for one in found.dropped
    ]
    return (*found.document.damage, *left_out)


def describe_extraction(found: Extraction) -> str:
    """Return the proposals, the names that may be one, and the damage, for people to read."""
    facts = list_facts(found, Naming(found))
    lines = [found.document.article.title, ""]
    for fact, proposal in zip(facts, found.proposals, strict=True):
        lines += _describe_fact(str(fact["id"]), proposal)
    for one in found.suggestions:
        lines.append(f"names   \u201c{one.short}\u201d may be {one.name}: {one.reason}")
    ready = sum(not one.review for one in found.proposals)
    counts = f"{len(facts)} facts proposed, {ready} without a reason to review them"
    problems = list_problems(found)
    return "\n".join(
        [*lines, *([""] if found.suggestions else []), describe_problems(problems), counts]
    )


def _describe_fact(identity: str, proposal: Proposal) -> list[str]:
    place = write_place(proposal.sentence.section, proposal.sentence.paragraph)
    subject = proposal.subject or "?"
    told = [f"{subject} / {proposal.predicate} / {_describe_value(proposal)}"]
    told += [
        f"{word} {date.iso}"
        for word, date in (
            ("as of", proposal.as_of),
            ("from", proposal.since),
            ("to", proposal.until),
        )
        if date is not None
    ]
    if proposal.status != "stated":
        told.append(
            " ".join(
                [proposal.status, *(["by", ", ".join(proposal.said)] if proposal.said else [])]
            )
        )
    lines = [f"{identity}    {', '.join(told)}", f"        {place}: {proposal.quote}"]
    lines += [f"        review: {reason}" for reason in proposal.review]
    return [*lines, ""]


def _describe_value(proposal: Proposal) -> str:
    value = proposal.value
    if isinstance(value, Quantity):
        figures = f"{value.low:f} to {value.high:f}" if value.is_range else f"{value.low:f}"
        hedge = "" if value.comparison == "=" else f"{value.comparison} "
        return f"{hedge}{figures} {value.unit}".strip()
    if isinstance(value, PartialDate):
        return value.iso
    return value.text if isinstance(value, Words) else ", ".join(list_named(proposal))


def _render_problem(problem: PackProblem) -> dict[str, Plain]:
    return {
        key: value if isinstance(value, str) else [*value]
        for key, value in problem_to_json(problem).items()
    }


def _read_bytes(file: Path) -> bytes:
    if not file.is_file():
        raise NotFoundError("there is no such file; give an article")
    try:
        if file.stat().st_size > MOST_BYTES:
            refuse(TOO_LARGE)
        return file.read_bytes()
    except OSError as error:
        raise make_refusal(f"cannot be read ({error.strerror}); give another file") from error
