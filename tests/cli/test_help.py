"""What the command says of itself, and how little it loads to say it."""

import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from quizapp.cli.main import quizapp

COMMANDS = (
    "db",
    "demo",
    "export",
    "facts",
    "import",
    "memory",
    "questions",
    "report",
    "serve",
    "user",
    "work",
)
HEAVY = ("sqlalchemy", "flask", "fsrs", "alembic", "werkzeug", "granian", "yaml", "argon2", "numpy")
LOADED = """
import sys
from click.testing import CliRunner
from quizapp.cli.main import quizapp
result = CliRunner().invoke(quizapp, sys.argv[1:])
assert result.exit_code == 0, result.output
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def list_paths(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the words that lead to a command and to each below it."""
    context = click.Context(command)
    if not isinstance(command, click.Group):
        return [path]
    found = [path]
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        found += list_paths(below, (*path, name))
    return found


PATHS = [" ".join(path) for path in list_paths(quizapp)]


def test_help_lists_every_command_with_a_sentence() -> None:
    result = CliRunner().invoke(quizapp, ["--help"])
    assert result.exit_code == 0
    _, _, listed = result.output.partition("Commands:\n")
    lines = dict(line.split(maxsplit=1) for line in listed.splitlines() if line)
    assert tuple(lines) == COMMANDS
    assert all(sentence.endswith(".") for sentence in lines.values())


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"]])
def test_help_and_version_load_nothing_that_is_slow(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], check=True, capture_output=True, text=True
    )
    loaded = done.stdout.split()
    assert "click" in loaded
    assert not set(HEAVY) & set(loaded)


@pytest.mark.parametrize("path", PATHS)
def test_every_command_explains_itself_in_readable_words(path: str) -> None:
    result = CliRunner().invoke(quizapp, [*path.split(), "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert not re.search(r"\\|\x08", result.output)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["db", "nonsense"],
        ["db", "backup"],
        ["user", "add", "ada@example.org"],
        ["user", "add", "ada@example.org", "--role", "king"],
        ["serve", "--port", "0"],
        ["demo", "--port", "70000"],
    ],
)
def test_bad_usage_ends_with_two(arguments: list[str]) -> None:
    result = CliRunner().invoke(quizapp, arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr
    assert result.stdout == ""
