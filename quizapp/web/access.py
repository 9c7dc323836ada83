"""Who may call what. A route that no rule here names is closed to everybody."""

from datetime import datetime

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from quizapp.errors import ForbiddenError, NotFoundError
from quizapp.services.accounts.signing_in import SignedIn, find_signed_in, keep_alive
from quizapp.storage.accounts import Account
from quizapp.web.extensions import SAFE_METHODS, db

TOKEN = "token"  # noqa: S105 - the name under which the cookie keeps it
_EVERYBODY = frozenset({"learner", "instructor", "admin"})
_TEACHING = frozenset({"instructor", "admin"})
# By blueprint, then by endpoint; an empty set is open to people who are not signed in.
RULES: dict[str, frozenset[str]] = {
    "student": frozenset({"learner"}),
    "aside": frozenset({"learner"}),
    "progress": frozenset({"learner"}),
    "own_parameters": frozenset({"learner"}),
    "limits": frozenset({"learner"}),
    "telling": frozenset({"learner"}),
    "planning": frozenset({"learner"}),
    "assigned": frozenset({"learner"}),
    "attempts": frozenset({"learner"}),
    "attempts_after": frozenset({"learner"}),
    "practice": frozenset({"learner"}),
    "offline": frozenset({"learner"}),
    # These hold nothing of a person, so that the browser may keep them.
    "offline.shell": frozenset(),
    "offline.worker": frozenset(),
    "offline.manifest": frozenset(),
    "joining": frozenset({"learner"}),
    # An instructor may look at where the link leads that they give away.
    "joining.show": _EVERYBODY,
    "instructor": _TEACHING,
    "sets": _TEACHING,
    "following": _TEACHING,
    "courses": _TEACHING,
    "codes": _TEACHING,
    "teachers": _TEACHING,
    "roster": _TEACHING,
    "sections": _TEACHING,
    "importing": _TEACHING,
    "set_importing": _TEACHING,
    "assigning": _TEACHING,
    "overrides": _TEACHING,
    "gradebook": _TEACHING,
    "inspecting": _TEACHING,
    "reports": _TEACHING,
    "correcting": _TEACHING,
    "memories": _TEACHING,
    "problems": _TEACHING,
    "editing": _TEACHING,
    "images": _EVERYBODY,
    "parameters": _TEACHING,
    "articles": _TEACHING,
    "facts": _TEACHING,
    "names": _TEACHING,
    "choosing": _TEACHING,
    "releasing": _TEACHING,
    "reading": _EVERYBODY,
    "settings": _EVERYBODY,
    "own_data": _EVERYBODY,
    "account.sign_in": frozenset(),
    "account.submit_sign_in": frozenset(),
    "account.set_password": frozenset(),
    "account.submit_password": frozenset(),
    "account.sign_out": _EVERYBODY,
    "reading.keys": frozenset(),
    "reading.accessibility": frozenset(),
    "health.alive": frozenset(),
    "health.ready": frozenset(),
    "static": frozenset(),
}


def read_now() -> datetime:
    """Return the instant of this request, one for all of it."""
    if "now" not in g:
        g.now = current_app.extensions["quizapp_clock"]()
    now: datetime = g.now
    return now


def find_current() -> Account | None:
    """Return who is signed in."""
    found: SignedIn | None = g.get("signed_in")
    return found.account if found else None


def get_current() -> Account:
    """Return who is signed in.

    Raises:
        ForbiddenError: nobody is.
    """
    account = find_current()
    if account is None:
        raise ForbiddenError("Sign in first.")
    return account


def home_of(account: Account) -> str:
    """Return the address of a person's first page."""
    return url_for("student.today" if account.role == "learner" else "instructor.sets")


def guard() -> Response | None:
    """Let a request through, send it to the sign-in page, or refuse it.

    Raises:
        NotFoundError: there is no such route, or it is none for this role.
    """
    endpoint = request.endpoint
    if endpoint is None:
        _load_current("")
        return None  # Flask answers 404 or 405 itself, on a page with this person's links.
    roles = RULES.get(endpoint, RULES.get(request.blueprint or ""))
    if roles is None:
        raise ForbiddenError("This page has no rule of access.")
    _load_current(endpoint)
    if not roles:
        return None
    account = find_current()
    if account is None:
        here = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
        return redirect(url_for("account.sign_in", next=here))
    if account.role not in roles and endpoint == "student.today":
        return redirect(home_of(account))  # The bare address is everybody's way in.
    if account.role not in roles:
        raise NotFoundError("There is no such page for you.")
    return None


def init_access(app: Flask) -> None:
    """Guard every request of the application."""
    app.before_request(guard)


def _load_current(endpoint: str) -> None:
    # A look into the cookie alone would let an answer vary by it, and files be fetched anew.
    token = None if endpoint in {"static", "health.alive"} else session.get(TOKEN)
    if not token:
        return
    found = find_signed_in(db.session(), token, read_now())
    if found is None:
        session.clear()
        return
    g.signed_in = found
    if found.stale and request.method not in SAFE_METHODS:
        keep_alive(db.session(), token, read_now())
