"""The form of the settings, and its way from an account and back."""

from dataclasses import replace

from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import AnyOf, DataRequired

from quizapp.errors import InvalidError
from quizapp.services.accounts.changing import (
    LAST_HOUR,
    LEAST_RETENTION,
    MOST_PER_DAY,
    MOST_RETENTION,
    THEMES,
)
from quizapp.services.accounts.registering import check_timezone
from quizapp.storage.accounts import Account
from quizapp.web.forms import Form, WholeNumberField

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LOADS = (("n", "Normal"), ("f", "Fewer"), ("l", "Least"))
HOURS = tuple((hour, f"{hour:02}:00") for hour in range(LAST_HOUR + 1))
_PERCENT = 100


def _ask_load(weekday: str) -> StringField:
    loads = [letter for letter, _ in LOADS]
    return StringField(weekday.capitalize(), [AnyOf(loads, f"{weekday.capitalize()}: choose.")])


class SettingsForm(Form):
    """What everybody sets."""

    timezone = StringField(
        "Time zone",
        [DataRequired("Enter a time zone, such as Europe/Paris.")],
        filters=[lambda text: (text or "").strip()],
    )
    theme = StringField("Colours", [AnyOf(THEMES, "Choose colours.")])
    single_keys = BooleanField("Single keys are shortcuts")

    def validate_timezone(self, field: StringField) -> None:
        """Refuse what is no time zone."""
        try:
            check_timezone(field.data)
        except InvalidError:
            raise ValidationError(
                "Enter a time zone from the list, such as Europe/Paris."
            ) from None


class LearnerSettingsForm(SettingsForm):
    """What a learner sets."""

    new_per_day = WholeNumberField("New facts a day", least=0, most=MOST_PER_DAY)
    reviews_per_day = WholeNumberField("Reviews a day", least=0, most=MOST_PER_DAY)
    rollover_hour = WholeNumberField("A day begins at", least=0, most=LAST_HOUR)
    retention = WholeNumberField(
        "Retention target, in percent",
        least=round(LEAST_RETENTION * _PERCENT),
        most=round(MOST_RETENTION * _PERCENT),
    )
    two_buttons = BooleanField("Flashcards with two buttons, Again and Good")
    monday = _ask_load("monday")
    tuesday = _ask_load("tuesday")
    wednesday = _ask_load("wednesday")
    thursday = _ask_load("thursday")
    friday = _ask_load("friday")
    saturday = _ask_load("saturday")
    sunday = _ask_load("sunday")


_SAME = ("timezone", "theme", "single_keys")
_LEARNERS = (*_SAME, "new_per_day", "reviews_per_day", "rollover_hour", "two_buttons")


def open_form(account: Account) -> SettingsForm:
    """Return the form that this person fills in, with what was sent."""
    return LearnerSettingsForm() if account.role == "learner" else SettingsForm()


def show_form(account: Account) -> SettingsForm:
    """Return the form that this person fills in, with what is set."""
    if account.role != "learner":
        return SettingsForm(formdata=None, obj=account)
    return LearnerSettingsForm(
        formdata=None,
        **{name: getattr(account, name) for name in _LEARNERS},
        retention=round(account.retention * _PERCENT),
        **dict(zip(WEEKDAYS, account.easy_days, strict=True)),
    )


def read_form(form: SettingsForm, account: Account) -> Account:
    """Return the account with what a valid form says."""
    if not isinstance(form, LearnerSettingsForm):
        return replace(account, **{name: form[name].data for name in _SAME})
    return replace(
        account,
        **{name: form[name].data for name in _LEARNERS},
        retention=form.retention.data / _PERCENT,
        easy_days="".join(form[weekday].data for weekday in WEEKDAYS),
    )
