"""`quizapp questions check`: the linter over a file of questions."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quizapp.formats.questions_json import QuestionFile
    from quizapp.generation.set_rules import Finding

_FORMAT = "quizapp-problems/1"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def check(file: Path, *, as_json: bool) -> None:
    """List what a rule can find wrong in the questions of FILE, a JSON document of `generate`.

    Each question is held to every criterion that a rule can hold: clues, forms, hedges, claimants,
    dates, debris. The set is held to balanced keys, and to no two questions being the same or one
    answering another. Errors make the exit code 1.

    Example: quizapp questions check jnim.json
    """
    from quizapp.generation.set_rules import check_questions

    questions = _read(file).bank.questions
    findings = check_questions(questions)
    if as_json:
        document = {"format": _FORMAT, "problems": [_to_json(one) for one in findings]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo(describe_findings(findings, len(questions)))
    if any(finding.severity == "error" for finding in findings):
        raise SystemExit(1)


def describe_findings(findings: Sequence["Finding"], count: int) -> str:
    """Return the findings for people to read, a line each, and how many questions were read."""
    lines = [_describe(finding) for finding in findings]
    errors = sum(finding.severity == "error" for finding in findings)
    total = f"{count} questions: {errors} errors, {len(findings) - errors} warnings"
    return "\n".join([*lines, total])


def _describe(finding: "Finding") -> str:
    named = f" ({finding.questions[0]})" if finding.questions else ""
    head = f"{finding.severity:<8}{finding.rule:<18}{finding.where}{named}"
    return f"{head}: {finding.text}; {finding.remedy}"


def _to_json(finding: "Finding") -> dict[str, str | list[str]]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "where": finding.where,
        "facts": list(finding.facts),
        "questions": list(finding.questions),
        "text": finding.text,
        "remedy": finding.remedy,
    }


def _read(file: Path) -> "QuestionFile":
    from quizapp.cli.refusals import BAD_INPUT, refusing
    from quizapp.formats.questions_json import read_questions

    try:
        with refusing(file):
            return read_questions(file.read_bytes())
    except OSError as error:
        text = f"{file}:0: cannot be read ({error.strerror}); give a file of questions"
        click.echo(text, err=True)
        raise SystemExit(BAD_INPUT) from error
