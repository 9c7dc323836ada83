"""The floor of a page: a bare Flask app with a session, the same SQL and a page as long."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Connection
from typing import TypeAlias

from flask import Flask, render_template, session
from sqlalchemy import Engine, event

from quizapp.web.access import TOKEN

Statement: TypeAlias = tuple[str, tuple[object, ...]]


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Statement]]:
    """Give a list that fills with the statements which the engine runs."""
    statements: list[Statement] = []

    def record(
        _connection: object,
        _cursor: object,
        statement: str,
        parameters: Sequence[object],
        *_: object,
    ) -> None:
        statements.append((statement, tuple(parameters)))

    event.listen(engine, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", record)


def make_floor(
    secret: str, connection: Connection, statements: Sequence[Statement], page: str
) -> Flask:
    """Return an app that, for who is signed in, runs these statements and shows this page."""
    app = Flask("floor", static_folder=None)
    app.config["SECRET_KEY"] = secret
    template = app.jinja_env.from_string("{% raw %}" + page + "{% endraw %}")

    def show() -> str:
        assert session[TOKEN]
        for statement, parameters in statements:
            connection.execute(statement, parameters).fetchall()
        return render_template(template)

    app.add_url_rule("/review/<int:study_id>", "review", lambda study_id: show())  # noqa: ARG005
    return app
