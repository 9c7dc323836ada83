"""`quizapp db`: the database's schema, its soundness, its copies."""

import json
import sys
from pathlib import Path

import click


@click.group()
def db() -> None:
    """Migrate, check, back up and restore the database in QUIZAPP_DATABASE_URL."""


@db.command()
def upgrade() -> None:
    """Bring the database to the schema of this version, making it if there is none.

    Example: QUIZAPP_DATABASE_URL=sqlite:////srv/quizapp/quizapp.db quizapp db upgrade
    """
    from quizapp.cli.settings import opened
    from quizapp.storage import migrating

    with opened() as database:
        migrating.upgrade(database)
    click.echo(f"The schema is at version {migrating.head()}.")


@db.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(*, as_json: bool) -> None:
    """Prove that the database is whole and every memory is the fold of its log.

    Exits with 1 when a problem was found.

    Example: quizapp db check --json
    """
    from quizapp.cli.settings import opened
    from quizapp.services.checking import check_database
    from quizapp.storage.sqlite import sqlite_version

    with opened() as database:
        found = check_database(database)
    document = {
        "format": "quizapp-check/1",
        "database": found.database,
        "memories": found.memories,
        "reviews": found.reviews,
        "mismatches": [
            {"learner": each.learner_id, "fact": each.fact_id, "what": each.what}
            for each in found.mismatches
        ],
        "sqlite": sqlite_version() if database.is_sqlite else None,
    }
    if as_json:
        click.echo(json.dumps(document))
    else:
        click.echo(f"database: {found.database}")
        click.echo(f"{found.memories} memories, {found.reviews} reviews in the log")
        for each in found.mismatches:
            click.echo(f"learner {each.learner_id}, fact {each.fact_id}: {each.what}")
    sys.exit(0 if found.clean else 1)


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a checked copy of a SQLite database to FILE while it is in use.

    Example: quizapp db backup quizapp-2026-11-22.db
    """
    from quizapp.cli.settings import opened
    from quizapp.storage.integrity import back_up

    with opened() as database:
        back_up(database, file)
    click.echo(f"The copy is in {file}.")


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Check a backup and put it where QUIZAPP_DATABASE_URL says, if nothing is there.

    Example: quizapp db restore quizapp-2026-11-22.db
    """
    from quizapp.cli.settings import opened
    from quizapp.storage.integrity import restore as put_back

    with opened() as database:
        put_back(database, file)
    click.echo("The backup is in place.")
