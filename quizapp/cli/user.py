"""`quizapp user`: accounts from the command line."""

from datetime import UTC, datetime

import click


@click.group()
def user() -> None:
    """Create accounts."""


@user.command()
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice(["learner", "instructor", "admin"]),
    required=True,
    help="What the person may do.",
)
@click.option("--name", help="The person's name; by default what stands before the @.")
@click.option("--timezone", default="UTC", show_default=True, help="IANA name, Europe/Paris.")
@click.option(
    "--url",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Where the server is reached, for the link.",
)
def add(email: str, role: str, name: str | None, timezone: str, url: str) -> None:
    """Create an account and print a link that sets its password once.

    The database is the one in QUIZAPP_DATABASE_URL; the link works for seven days.

    Example: quizapp user add ada@example.org --role instructor --name "Ada Lovelace"
    """
    from quizapp.cli.serving import check_schema
    from quizapp.cli.settings import opened, read_database
    from quizapp.services.accounts.registering import issue_password_link, register

    now = datetime.now(UTC)
    check_schema(read_database())
    with opened() as database, database.writing() as session:
        account = register(
            session,
            email=email,
            name=name or email.partition("@")[0],
            role=role,
            timezone=timezone,
            now=now,
        )
        token = issue_password_link(session, account, now)
        session.commit()
    click.echo(f"{url.rstrip('/')}/set-password/{token}")
