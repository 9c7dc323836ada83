"""The `quizapp` group, which finds its commands by name, and the exit codes they share."""

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from quizapp.errors import InvalidError, QuizappError

# Where each command lives; nothing is imported before it is asked for.
_COMMANDS = {
    "db": "quizapp.cli.db",
    "demo": "quizapp.cli.demo",
    "export": "quizapp.cli.topics",
    "facts": "quizapp.cli.facts",
    "import": "quizapp.cli.topics",
    "memory": "quizapp.cli.memory",
    "questions": "quizapp.cli.questions",
    "report": "quizapp.cli.report",
    "serve": "quizapp.cli.serve",
    "user": "quizapp.cli.user",
    "work": "quizapp.cli.work",
}
_FUNCTIONS = {"export": "export_topic", "import": "import_topic"}
_SUMMARIES = {
    "db": "Migrate, check, back up and restore the database.",
    "demo": "Try quizapp: a course with learners and history.",
    "export": "Write a set as the topic folder it was made of.",
    "facts": "Propose facts from an article, and check fact packs.",
    "import": "Publish a topic folder as the next version of its set.",
    "memory": "Apply the memory model to a review log.",
    "questions": "Make questions from documented facts.",
    "report": "Analyse the marks of a test and its items.",
    "serve": "Run the production server.",
    "user": "Create accounts.",
    "work": "Do jobs beside the server.",
}
BAD_INPUT, REFUSED = 2, 1


class LateGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        del ctx
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = import_module(module)
        # A word of Python cannot name a function.
        command: click.Command = getattr(found, _FUNCTIONS.get(cmd_name, cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_SUMMARIES.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; turn an expected refusal into a line and an exit code."""
        try:
            return super().invoke(ctx)
        except InvalidError as error:
            _print_problems(error)
            sys.exit(BAD_INPUT)
        except QuizappError as error:
            click.echo(f"quizapp: {error}", err=True)
            sys.exit(REFUSED)
        except Exception as error:
            if not _is_unavailable(error):
                raise
            first = str(error).partition("\n")[0]
            click.echo(f"quizapp: the database cannot be used: {first}", err=True)
            sys.exit(REFUSED)


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="quizapp")
def quizapp() -> None:
    """Quizzes and flashcards made from documented facts.

    Example: quizapp demo
    """


def _is_unavailable(error: Exception) -> bool:
    """Tell whether the database failed, without importing what only its commands need."""
    engine = sys.modules.get("quizapp.storage.engine")
    return engine is not None and isinstance(error, engine.UNAVAILABLE)


def _print_problems(error: InvalidError) -> None:
    lines: Sequence[str] = [problem.text for problem in error.problems] or [str(error)]
    for line in lines:
        click.echo(f"quizapp: {line}", err=True)
