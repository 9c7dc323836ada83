"""Everybody's settings."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.accounts.changing import change_settings
from quizapp.web.access import get_current
from quizapp.web.account.settings_forms import (
    HOURS,
    LOADS,
    WEEKDAYS,
    SettingsForm,
    open_form,
    read_form,
    show_form,
)
from quizapp.web.extensions import db
from quizapp.web.zones import list_timezones

bp = Blueprint("settings", __name__, url_prefix="/settings")


@bp.get("")
def show() -> ResponseReturnValue:
    """Show how the person studies."""
    return _render(show_form(get_current()))


@bp.post("")
def save() -> ResponseReturnValue:
    """Store what the form says."""
    account = get_current()
    form = open_form(account)
    if not form.validate():
        return _render(form)
    change_settings(db.session(), read_form(form, account))
    db.session.commit()
    flash("Your settings are saved.", "info")
    return redirect(url_for("settings.show"), 303)


def _render(form: SettingsForm) -> ResponseReturnValue:
    page = render_template(
        "account/settings.html",
        form=form,
        timezones=list_timezones(),
        hours=HOURS,
        weekdays=WEEKDAYS,
        loads=LOADS,
    )
    return page, 422 if form.errors else 200
