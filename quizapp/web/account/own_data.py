"""A person's own data: taken away as a file, or deleted with the account."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from quizapp.services.accounts.deleting import delete_own_account, find_obstacle
from quizapp.services.accounts.exporting import export_own
from quizapp.services.accounts.signing_in import prove
from quizapp.services.limiting import TooManyTriesError
from quizapp.storage.accounts import Account
from quizapp.web.access import get_current, read_now
from quizapp.web.account.forms import DeletionForm
from quizapp.web.extensions import db

bp = Blueprint("own_data", __name__, url_prefix="/settings")


@bp.get("/export")
def export() -> ResponseReturnValue:
    """Give all that is stored about the person as a file."""
    document = export_own(db.session(), get_current(), read_now())
    headers = {"Content-Disposition": 'attachment; filename="quizapp-data.json"'}
    return Response(document, content_type="application/json", headers=headers)


@bp.get("/delete")
def confirm() -> ResponseReturnValue:
    """Say what goes with the account and what stays, and ask for the password."""
    return _render(DeletionForm(formdata=None), 200)


@bp.post("/delete")
def delete() -> ResponseReturnValue:
    """Delete the account, if the password is right and nothing stands in the way."""
    person, form = get_current(), DeletionForm()
    status = _check(form, person)
    if form.errors:
        return _render(form, status)
    delete_own_account(db.session(), person)
    db.session.commit()
    session.clear()
    flash("Your account and your data are deleted.", "info")
    return redirect(url_for("account.sign_in"), 303)


def _check(form: DeletionForm, person: Account) -> int:
    """Say in the form what is wrong with the password; return the status that this has."""
    if not form.validate():
        return 422
    try:
        proved = prove(
            db.session(),
            email=person.email,
            password=form.password.data,
            address=request.remote_addr or "",
            now=read_now(),
        )
    except TooManyTriesError as busy:
        form.form_errors.append(str(busy))
        return 429
    if proved is None:
        db.session.commit()
        form.password.errors = ["The password is not right."]
    return 422


def _render(form: DeletionForm, status: int) -> ResponseReturnValue:
    obstacle = find_obstacle(db.session(), get_current())
    return render_template("account/delete.html", form=form, obstacle=obstacle), status
