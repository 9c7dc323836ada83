"""`quizapp memory`: what learners remember, computed from a log of reviews.

The ground is imported where it is used: `fsrs` takes longer to import than `--help` may take.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO
from zoneinfo import ZoneInfo

import click

from quizapp.cli.refusals import open_file
from quizapp.errors import InvalidError, Problem

if TYPE_CHECKING:
    from quizapp.memory import Memory, Parameters, Replayed, StudyCalendar

_FORMAT = "quizapp-memory/1"
_MOST_SHOWN = 20


@click.group()
def memory() -> None:
    """What learners remember, and when their facts are due."""


def _read_timezone(_context: click.Context, _option: click.Parameter, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise click.BadParameter(
            f"there is no time zone {name!r}; write a name like Europe/Paris"
        ) from None


@memory.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option(
    "--timezone",
    default="UTC",
    show_default=True,
    callback=_read_timezone,
    help="The learners' time zone, for example Europe/Paris.",
)
@click.option(
    "--rollover",
    type=click.IntRange(0, 23),
    default=4,
    show_default=True,
    help="The hour, on the learners' clock, at which a study day begins.",
)
@click.option(
    "--parameters",
    "parameters_file",
    type=click.Path(path_type=Path),
    help="A JSON file with any of version, weights, retention, learning_steps and "
    "relearning_steps (in minutes), maximum_interval (in days), fuzz.",
)
@click.option(
    "--fuzz/--no-fuzz",
    default=None,
    help="Whether to spread the intervals; if not said, as the parameters say (by default, yes).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def replay(
    *,
    log: Path,
    timezone: ZoneInfo,
    rollover: int,
    parameters_file: Path | None,
    fuzz: bool | None,
    as_json: bool,
) -> None:
    """Apply the product's own memory to the reviews in LOG, a CSV file.

    The columns are learner, fact, time (ISO 8601, UTC where it names no offset), grade (1 Again,
    2 Hard, 3 Good, 4 Easy) and, if wished, g, the probability of a right answer by chance. The rows
    are sorted by time. Without a parameters file the product's defaults apply, with learning steps
    and fuzz; {"learning_steps": [], "relearning_steps": [], "fuzz": false} is FSRS alone.

    Example: quizapp memory replay reviews.csv --timezone Europe/Paris --json
    """
    from quizapp.memory import StudyCalendar

    calendar = StudyCalendar(timezone=timezone, rollover_hour=rollover)
    parameters = _load_parameters(parameters_file, fuzz=fuzz)
    with tempfile.TemporaryFile("w+", encoding="ascii") as spool:
        memories = _replay_file(log, calendar, parameters, spool)
        if as_json:
            _print_json(memories, calendar, spool)
        else:
            _print_table(memories, calendar)


def _load_parameters(path: Path | None, *, fuzz: bool | None) -> "Parameters":
    from quizapp.memory import DEFAULT_PARAMETERS, read_parameters

    parameters = DEFAULT_PARAMETERS
    if path is not None:
        with _refusing(path), open_file(path) as file:
            parameters = read_parameters(_decode(file.read()))
    return parameters if fuzz is None else replace(parameters, fuzz=fuzz)


def _replay_file(
    path: Path, calendar: "StudyCalendar", parameters: "Parameters", spool: TextIO
) -> "dict[tuple[str, str], Memory]":
    """Return the memories after the last review; the reviews go to `spool`, joined by commas.

    A log may be larger than the machine's memory, and standard output must stay empty until the
    last line of the log has been found right.
    """
    from quizapp.memory import read_rows, replay_rows

    memories: dict[tuple[str, str], Memory] = {}
    with _refusing(path), open_file(path) as file:
        rows = read_rows(_show_progress(file))
        for replayed in replay_rows(rows, calendar=calendar, parameters=parameters):
            spool.write(", " if memories else "")
            spool.write(json.dumps(_describe_review(replayed)))
            memories[replayed.row.learner, replayed.row.fact] = replayed.memory
    return memories


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except InvalidError as error:
        for problem in error.problems:
            click.echo(problem.located(str(path)), err=True)
        sys.exit(2)


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = Problem(line=line, text="the line is not UTF-8; save the file as UTF-8")
        raise InvalidError("the file is not UTF-8", (problem,)) from None


def _show_progress(file: BinaryIO) -> Iterator[bytes]:
    if not sys.stderr.isatty():
        yield from file
        return
    size = os.fstat(file.fileno()).st_size
    with click.progressbar(
        length=size, label="Replaying", file=sys.stderr, update_min_steps=1 << 16
    ) as bar:
        for line in file:
            bar.update(len(line))
            yield line


def _describe_review(replayed: "Replayed") -> dict[str, str | float | None]:
    row = replayed.row
    return {
        "learner": row.learner,
        "fact": row.fact,
        "time": row.time,
        "grade": row.grade.value,
        "recall": replayed.recall,
    }


def _describe_memory(
    key: tuple[str, str], state: "Memory", calendar: "StudyCalendar"
) -> dict[str, str | float]:
    from quizapp.memory import due_instant

    learner, fact = key
    return {
        "learner": learner,
        "fact": fact,
        "stability": state.stability,
        "difficulty": state.difficulty,
        "due": due_instant(state, calendar).isoformat(),
        "reps": state.reps,
        "lapses": state.lapses,
    }


def _print_json(
    memories: "Mapping[tuple[str, str], Memory]", calendar: "StudyCalendar", spool: TextIO
) -> None:
    output = sys.stdout
    output.write(f'{{"format": {json.dumps(_FORMAT)}, "memories": [')
    for number, (key, state) in enumerate(memories.items()):
        output.write(", " if number else "")
        output.write(json.dumps(_describe_memory(key, state, calendar)))
    output.write('], "reviews": [')
    spool.seek(0)
    shutil.copyfileobj(spool, output)
    output.write("]}\n")


def _print_table(memories: "Mapping[tuple[str, str], Memory]", calendar: "StudyCalendar") -> None:
    from quizapp.memory import due_instant

    soonest = sorted(memories.items(), key=lambda item: due_instant(item[1], calendar))
    lines = [("learner", "fact", "stability", "difficulty", "due", "reps", "lapses")]
    for (learner, fact), state in soonest[:_MOST_SHOWN]:
        due = due_instant(state, calendar).isoformat(timespec="minutes")
        figures = (f"{state.stability:.2f}", f"{state.difficulty:.2f}", due)
        lines.append((learner, fact, *figures, str(state.reps), str(state.lapses)))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    reviews = sum(state.reps for state in memories.values())
    click.echo(f"{len(memories)} memories of {reviews} reviews; the soonest due come first")
