"""The page that asks, from request to response, without a server."""

from contextlib import closing
from wsgiref.types import WSGIApplication

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from quizapp.services.accounts.secrets import hash_token
from quizapp.storage.accounts import add_sign_in
from quizapp.storage.engine import Database
from quizapp.web.access import TOKEN
from quizapp.web.app import create_app
from quizapp.web.extensions import READ, db
from quizapp.web.settings import Settings
from tests.benchmarks.floor import make_floor, recorded
from tests.benchmarks.measuring import Ratio, Sizes, Step, compare
from tests.benchmarks.plain_answering import connect
from tests.benchmarks.worlds import add_learner, fresh_database, remember
from tests.factories.people import MORNING

AIM = 1.8  # 55 % of the floor's rate
_DUE = 20
_SECRET = "benchmark" * 4


def measure_page(sizes: Sizes) -> dict[str, Ratio]:
    """Compare the review page with its floor, both called as a server would call them.

    Flask's test client is left out: what it adds, four fifths of a bare page's time when measured,
    would make the two sides look more alike.

    Raises:
        RuntimeError: the two pages are not the same, so that they cannot be compared.
    """
    with fresh_database() as database:
        app = create_app(_configure(database))
        path = _populate(database, sizes.few_facts)
        environ = EnvironBuilder(path, headers=[("Cookie", _make_cookie(app))])
        with app.app_context(), recorded(db.engines[READ]) as statements:
            page = _fetch(app, environ)
        with closing(connect(database.url.database or "")) as plain:
            floor = make_floor(_SECRET, plain, statements, page)
            if _fetch(floor, environ) != page:
                raise RuntimeError("the floor shows another page")
            ratio = compare(
                ours=_step(app, environ),
                baseline=_step(floor, environ),
                calls=sizes.calls,
                aim=AIM,
            )
    return {"page": ratio}


def _configure(database: Database) -> Settings:
    address = database.url.render_as_string(hide_password=False)
    return Settings(database=address, secret_key=_SECRET, https=False, clock=lambda: MORNING)


def _populate(database: Database, facts: int) -> str:
    """Sign a learner in who has facts due, and return the address of their study session."""
    with database.writing() as session:
        learner = add_learner(session, name="learner", facts=facts, kind="choice")
        remember(session, learner, facts=facts, due=_DUE)
        add_sign_in(
            session,
            token_hash=hash_token(_SECRET),
            account_id=learner.account.id,
            now=MORNING,
        )
        session.commit()
    return f"/review/{learner.study_id}"


def _make_cookie(app: Flask) -> str:
    with app.test_client() as client:
        with client.session_transaction() as session:
            session[TOKEN] = _SECRET
        cookie = client.get_cookie("session")
    assert cookie is not None
    return f"session={cookie.value}"


def _step(app: WSGIApplication, environ: EnvironBuilder) -> Step:
    return lambda _: run_wsgi_app(app, environ.get_environ(), buffered=True)


def _fetch(app: WSGIApplication, environ: EnvironBuilder) -> str:
    body, status, _ = run_wsgi_app(app, environ.get_environ(), buffered=True)
    assert status == "200 OK", status
    return b"".join(body).decode()
