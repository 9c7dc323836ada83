"""Runs the `quizapp` command, in this process or as a shell would."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from quizapp.cli.main import quizapp

DATABASE = "QUIZAPP_DATABASE_URL"
SETTINGS = (
    DATABASE,
    "QUIZAPP_SECRET_KEY",
    "QUIZAPP_HTTPS",
    "QUIZAPP_PROXIES",
    "QUIZAPP_LLM_URL",
    "QUIZAPP_LLM_MODEL",
    "QUIZAPP_LLM_KEY",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


def run(
    *arguments: str | Path, database: str | None = None, settings: Mapping[str, str] | None = None
) -> Done:
    """Run the command on a database; nothing else is set. What it did not expect is raised."""
    unset: dict[str, str | None] = dict.fromkeys(SETTINGS)
    chosen = {DATABASE: database} if database else {}
    result = CliRunner().invoke(
        quizapp,
        list(map(str, arguments)),
        env={**unset, **chosen, **(settings or {})},
        catch_exceptions=False,
    )
    return Done(code=result.exit_code, stdout=result.stdout, stderr=result.stderr)


def run_in_shell(*arguments: str | Path, database: str | None = None) -> Done:
    """Run the command in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    chosen = {DATABASE: database} if database else {}
    done = subprocess.run(
        [sys.executable, "-m", "quizapp", *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**kept, **chosen},
    )
    return Done(code=done.returncode, stdout=done.stdout, stderr=done.stderr)
