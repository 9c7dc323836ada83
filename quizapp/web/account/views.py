"""Signing in and out, and setting a password."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.accounts.registering import get_linked_account
from quizapp.services.accounts.registering import set_password as store_password
from quizapp.services.accounts.signing_in import sign_in as check_in
from quizapp.services.accounts.signing_in import sign_out as check_out
from quizapp.services.limiting import TooManyTriesError
from quizapp.web.access import TOKEN, find_current, home_of, read_now
from quizapp.web.account.forms import PasswordForm, SignInForm
from quizapp.web.extensions import db

bp = Blueprint("account", __name__)


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form; who is signed in goes to their first page."""
    account = find_current()
    if account is not None:
        return redirect(home_of(account))
    return render_template("account/sign_in.html", form=SignInForm())


@bp.post("/sign-in")
def submit_sign_in() -> ResponseReturnValue:
    """Sign in and go where the person wanted to."""
    form = SignInForm()
    if not form.validate():
        return render_template("account/sign_in.html", form=form), 422
    try:
        found = check_in(
            db.session(),
            email=form.email.data.strip(),
            password=form.password.data,
            address=request.remote_addr or "",
            now=read_now(),
        )
    except TooManyTriesError as busy:
        form.form_errors.append(str(busy))
        return render_template("account/sign_in.html", form=form), 429
    if found is not None and TOKEN in session:
        check_out(db.session(), session[TOKEN])
    db.session.commit()
    if found is None:
        form.form_errors.append("The e-mail address or the password is not right.")
        return render_template("account/sign_in.html", form=form), 422
    account, token = found
    session.clear()
    session[TOKEN] = token
    session.permanent = True
    return redirect(_wanted() or home_of(account), 303)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session on the server and in the browser."""
    check_out(db.session(), session[TOKEN])
    db.session.commit()
    session.clear()
    return redirect(url_for("account.sign_in"), 303)


@bp.get("/set-password/<token>")
def set_password(token: str) -> ResponseReturnValue:
    """Show the form behind a set-password link."""
    account = get_linked_account(db.session(), token, read_now())
    return render_template("account/set_password.html", form=PasswordForm(), email=account.email)


@bp.post("/set-password/<token>")
def submit_password(token: str) -> ResponseReturnValue:
    """Set the password; the link is used up and every browser is signed out."""
    account = get_linked_account(db.session(), token, read_now())
    form = PasswordForm()
    try:
        if form.validate():
            store_password(db.session(), account, form.password.data)
    except InvalidError as problem:
        form.password.errors = [str(problem)]
    if form.errors:
        return render_template("account/set_password.html", form=form, email=account.email), 422
    db.session.commit()
    session.clear()
    flash("Your password is set. Sign in with it.", "info")
    return redirect(url_for("account.sign_in"), 303)


def _wanted() -> str | None:
    """Return the page the person came for, if it is one of ours."""
    target = request.args.get("next", "")
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    ours = target.startswith("/") and not target.startswith(("//", "/\\"))
    # A header cannot hold a line break, and browsers drop it and the tab from an address.
    plain = target.isprintable() and not parts.scheme and not parts.netloc
    return target if ours and plain else None
