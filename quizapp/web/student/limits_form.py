"""The form of the limits for today only."""

from quizapp.services.accounts.changing import MOST_PER_DAY
from quizapp.web.forms import Form, WholeNumberField


class LimitsForm(Form):
    """How much is asked today at most."""

    new_per_day = WholeNumberField("New facts today", least=0, most=MOST_PER_DAY)
    reviews_per_day = WholeNumberField("Reviews today", least=0, most=MOST_PER_DAY)
