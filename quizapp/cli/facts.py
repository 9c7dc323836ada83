"""`quizapp facts`: fact packs, checked and described."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quizapp.facts.checking.problems import PackProblem
    from quizapp.facts.packs import Inspection

_FORMAT = "quizapp-problems/1"
_SEVERITIES = ("error", "warning", "note")


@click.group()
def facts() -> None:
    """Check fact packs, and propose facts from an article."""


@facts.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def check(pack: Path, *, as_json: bool) -> None:
    """List the problems of the fact pack PACK: a folder, or its facts.yaml, .csv or .xlsx.

    Errors make the exit code 1: ids that lead nowhere, lost quotes, contradictions. Warnings are
    for a person to decide. Notes are problems that the pack explains itself. A file that cannot be
    read at all makes it 2.

    Example: quizapp facts check questions/jnim
    """
    from quizapp.facts.checking.check import check_inspection

    problems = check_inspection(_inspect(pack))
    if as_json:
        document = {"format": _FORMAT, "problems": [problem_to_json(one) for one in problems]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo(describe_problems(problems))
    if any(problem.severity == "error" for problem in problems):
        raise SystemExit(1)


@facts.command()
@click.argument("article", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write a pack to begin with.")
@click.option("--model", is_flag=True, help="Ask the language model of QUIZAPP_LLM_URL, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def read(article: Path, output: Path | None, *, model: bool, as_json: bool) -> None:
    """Propose facts from ARTICLE, a .txt, .md, .html, .docx or .pdf, and report its damage.

    Rules read only what they fully understand, so much is left for you to add. Nothing is
    confirmed: compare each fact with its sentence.

    With -o FACTS.yaml the proposals become a fact pack: the article is written beside it as
    article.md, into which the facts point. Neither file may exist. `quizapp facts check` takes the
    folder as it is; review notes say what to look at.

    With --model a language model proposes, too, if QUIZAPP_LLM_URL names one; the article's text is
    sent there. What the text does not prove is dropped, and the reason told.

    Example: quizapp facts read lecture.docx -o lecture/facts.yaml
    """
    from quizapp.cli import article_facts, article_model

    settings = article_model.get_settings() if model else None
    found = article_facts.read_article_file(article)
    asked = None if settings is None else article_model.ask_model(found, settings)
    if asked is not None:
        found = asked.together
    if output is not None:
        article_facts.write_pack(found, output)
    if as_json:
        document = article_facts.render_extraction(found)
        if asked is not None:
            document["model"] = article_model.render_model(asked)
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        told = [] if asked is None else [article_model.describe_model(asked)]
        click.echo("\n".join([*told, article_facts.describe_extraction(found)]))


@facts.command()
def schema() -> None:
    """Print the JSON Schema of facts.yaml, for editors that check while one types.

    Example: quizapp facts schema > facts.schema.json
    """
    from quizapp.facts.editor_schema import build_schema

    click.echo(json.dumps(build_schema(), ensure_ascii=False, indent=1))


def describe_problems(problems: Sequence["PackProblem"]) -> str:
    """Return the problems for people to read, a line each, and how many there are of each sort."""
    lines = [_describe(problem) for problem in problems]
    counts = []
    for severity in _SEVERITIES:
        count = sum(problem.severity == severity for problem in problems)
        counts.append(f"{count} {severity if count == 1 else severity + 's'}")
    return "\n".join([*lines, ", ".join(counts)])


def _describe(problem: "PackProblem") -> str:
    named = f" ({', '.join(problem.facts)})" if problem.facts else ""
    remedy = "" if problem.severity == "note" else f"; {problem.remedy}"
    head = f"{problem.severity:<8}{problem.rule:<24}{problem.where}{named}"
    return f"{head}: {problem.text}{remedy}"


def problem_to_json(problem: "PackProblem") -> dict[str, str | list[str]]:
    """Return a problem with the keys of quizapp-problems/1."""
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "where": problem.where,
        "facts": list(problem.facts),
        "text": problem.text,
        "remedy": problem.remedy,
    }


def _inspect(path: Path) -> "Inspection":
    from quizapp.cli.refusals import refusing
    from quizapp.facts.packs import inspect_pack

    with refusing(path):
        return inspect_pack(path)
