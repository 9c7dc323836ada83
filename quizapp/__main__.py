"""`python -m quizapp` and the `quizapp` command."""

import sys

from quizapp.cli.main import quizapp


def main() -> None:
    """Run the command line."""
    sys.exit(quizapp())


if __name__ == "__main__":
    main()
