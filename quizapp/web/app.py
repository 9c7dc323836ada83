"""The application, put together."""

from datetime import timedelta

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.resources import find_folder
from quizapp.storage.engine import parse_url, read_options, write_options
from quizapp.web import health, images
from quizapp.web.access import find_current, init_access
from quizapp.web.account import own_data
from quizapp.web.account import settings as own_settings
from quizapp.web.account import views as account
from quizapp.web.addresses import init_addresses
from quizapp.web.assets import init_assets
from quizapp.web.errors import init_errors
from quizapp.web.extensions import READ, csrf, db
from quizapp.web.instructor import (
    articles,
    assignments,
    assignments_overrides,
    choosing,
    courses,
    courses_import,
    courses_people,
    courses_roster,
    editing,
    facts,
    following,
    gradebook,
    gradebook_attempts,
    gradebook_keys,
    memories,
    names,
    parameters,
    problems,
    releasing,
    reports,
    sets,
    sets_import,
)
from quizapp.web.instructor import views as instructor
from quizapp.web.kinds.stems import show_stem
from quizapp.web.reading import views as reading
from quizapp.web.security import init_security
from quizapp.web.settings import Settings
from quizapp.web.sizes import init_sizes
from quizapp.web.student import (
    aside,
    attempts,
    attempts_after,
    attempts_start,
    joining,
    limits,
    offline,
    planning,
    practice,
    progress,
    telling,
)
from quizapp.web.student import parameters as own_parameters
from quizapp.web.student import views as student
from quizapp.web.words import init_words

_BLUEPRINTS = (
    account.bp,
    own_settings.bp,
    own_data.bp,
    student.bp,
    aside.bp,
    progress.bp,
    own_parameters.bp,
    limits.bp,
    telling.bp,
    planning.bp,
    offline.bp,
    joining.bp,
    attempts_start.bp,
    attempts.bp,
    attempts_after.bp,
    practice.bp,
    instructor.bp,
    courses.bp,
    courses_people.codes,
    courses_people.teachers,
    courses_roster.roster,
    courses_roster.sections,
    courses_import.bp,
    assignments.bp,
    assignments_overrides.bp,
    gradebook.bp,
    gradebook_attempts.bp,
    gradebook_keys.bp,
    memories.bp,
    reports.bp,
    problems.bp,
    following.bp,
    sets.bp,
    editing.bp,
    images.bp,
    sets_import.bp,
    parameters.bp,
    articles.bp,
    facts.bp,
    names.bp,
    choosing.bp,
    releasing.bp,
    reading.bp,
    health.bp,
)


def create_app(settings: Settings) -> Flask:
    """Return the application for one database.

    Raises:
        InvalidError: the database's address cannot be used.
    """
    app = Flask("quizapp", static_folder=None, template_folder=str(find_folder("templates")))
    app.config.from_mapping(_configure(settings))
    app.jinja_options = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.extensions["quizapp_clock"] = settings.clock
    app.extensions["quizapp_has_model"] = settings.model is not None
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    db.init_app(app)
    init_sizes(app)
    # Who may come in is asked before the form's token, so that a refusal says why.
    init_access(app)
    csrf.init_app(app)
    init_errors(app)
    init_security(app, https=settings.https)
    init_addresses(app)
    init_assets(app)
    init_words(app)
    app.add_template_filter(show_stem, "stem")
    app.context_processor(lambda: {"current_account": find_current()})
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _configure(settings: Settings) -> dict[str, object]:
    url = parse_url(settings.database)
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_BINDS": {None: write_options(url), READ: read_options(url)},
        "SESSION_COOKIE_NAME": "__Host-session" if settings.https else "session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
        # A page may stay open for a night; the token lives as long as the session.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": settings.https,
    }
