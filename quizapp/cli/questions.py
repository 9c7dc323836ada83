"""`quizapp questions`: questions from documented facts."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.question_checks import check

if TYPE_CHECKING:
    from quizapp.facts.model import Pack
    from quizapp.generation.bank_diff import Change
    from quizapp.kinds.bank import Bank
    from quizapp.kinds.question import KindName, Question


@click.group()
def questions() -> None:
    """Make questions from documented facts, and check them."""


questions.add_command(check)


@questions.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Fixes every choice of chance."
)
@click.option(
    "--kinds",
    default="all",
    show_default=True,
    help="The kinds to make, separated by commas.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the JSON document to this file.",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    help="An earlier JSON document of the same pack and seed: tell what became of its questions.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the JSON document and nothing else.")
def generate(
    pack: Path, seed: int, kinds: str, output: Path | None, since: Path | None, *, as_json: bool
) -> None:
    """Make questions from the fact pack PACK: a folder, or its facts.yaml.

    The same pack and seed give the same questions, byte for byte. Facts that got no question are
    listed with the reason. With --since the questions of an earlier run are told apart: unchanged,
    reworded, changed in what they ask, contradicted by a new version, orphaned; and those that are
    new. With --json they stand under "changes".

    Example: quizapp questions generate questions/jnim --kinds choice,flashcard -o jnim.json
    """
    from quizapp.cli.bank_changes import add_changes, add_digests, describe_changes
    from quizapp.errors import InvalidError
    from quizapp.formats.questions_json import write_questions
    from quizapp.generation.bank import generate as generate_bank

    facts = _load(pack)
    try:
        bank = generate_bank(facts, seed=seed, kinds=_read_kinds(kinds))
    except InvalidError as error:
        raise click.BadParameter(str(error), param_hint="--kinds") from error
    content = add_digests(write_questions(bank, facts.origin.id, seed), facts)
    if output is not None:
        _write(output, content)
    changes = None if since is None else _compare(since, facts, bank, _read_kinds(kinds))
    if as_json:
        document = content if changes is None else add_changes(content, changes)
        click.echo(document.decode(), nl=False)
    else:
        text = describe_bank(facts, bank) if changes is None else describe_changes(changes)
        click.echo(text)


def describe_bank(pack: "Pack", bank: "Bank") -> str:
    """Return the bank for people to read: every question, the counts, the facts without one."""
    counts = dict.fromkeys(dict.fromkeys(one.kind for one in bank.questions), 0)
    for question in bank.questions:
        counts[question.kind] += 1
    lines = [line for question in bank.questions for line in _describe_question(question)]
    figures = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    total = f"{len(bank.questions)} questions from {len(pack.facts)} facts"
    lines.append(f"{total}: {figures}" if figures else total)
    if bank.unused:
        noun = "fact" if len(bank.unused) == 1 else "facts"
        lines += ["", f"{len(bank.unused)} {noun} without a question:"]
        lines += [f"  {fact}: {why}" for fact, why in bank.unused]
    return "\n".join(lines)


def _describe_question(question: "Question") -> list[str]:
    facts = ", ".join(question.facts)
    lines = [f"{facts} {question.kind}: {question.stem}"]
    lines += [f"  {'*' if one.correct else '-'} {one.text}" for one in question.options]
    lines += [f"  = {prompt}: {match}" for prompt, match in question.pairs or ()]
    lines += [f"  {place}. {item}" for place, item in enumerate(question.order or (), 1)]
    if not (question.options or question.order):
        lines.append(f"  = {question.answer}")
    return [*lines, ""]


def _read_kinds(text: str) -> "list[KindName]":
    from quizapp.kinds.registry import KINDS

    names = [*KINDS] if text == "all" else [one.strip() for one in text.split(",") if one.strip()]
    found = [kind for kind in KINDS if kind in names]
    unknown = [name for name in names if name not in KINDS]
    if unknown or not found:
        what = f"unknown kind {unknown[0]!r}" if unknown else "no kind given"
        raise click.BadParameter(f"{what}; use {', '.join(KINDS)}", param_hint="--kinds")
    return found


def _compare(
    since: Path, pack: "Pack", bank: "Bank", kinds: "list[KindName]"
) -> "tuple[Change, ...]":
    from quizapp.cli.bank_changes import read_earlier
    from quizapp.generation.bank_diff import compare_banks

    earlier = read_earlier(since, kinds)
    if earlier.pack != pack.origin.id:
        text = (
            f"{since}:0: questions of the pack {earlier.pack!r}; give those of {pack.origin.id!r}"
        )
        click.echo(text, err=True)
        raise SystemExit(2)
    return compare_banks(earlier.bank, bank, pack, earlier.digests)


def _load(path: Path) -> "Pack":
    from quizapp.cli.refusals import refusing
    from quizapp.facts.packs import load_pack

    with refusing(path):
        return load_pack(path)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        text = f"{file}:0: cannot be written ({error.strerror}); give another file"
        click.echo(text, err=True)
        raise SystemExit(1) from error
