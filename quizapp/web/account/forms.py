"""The forms of an account."""

from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from quizapp.services.accounts.secrets import LONGEST_PASSWORD
from quizapp.web.forms import Form

_PASSWORD = [InputRequired("Enter your password."), Length(max=LONGEST_PASSWORD)]


class SignInForm(Form):
    """Address and password."""

    email = EmailField("E-mail", [InputRequired("Enter your e-mail address."), Length(max=254)])
    password = PasswordField("Password", _PASSWORD)


class PasswordForm(Form):
    """A new password."""

    password = PasswordField("New password", [InputRequired("Enter a password.")])


class DeletionForm(Form):
    """The password, before an account is deleted for good."""

    password = PasswordField("Password", _PASSWORD)
