"""The form of a plan for an exam."""

from wtforms import StringField
from wtforms.validators import AnyOf

from quizapp.services.accounts.changing import MOST_PER_DAY
from quizapp.services.planning.choosing import RETENTIONS
from quizapp.services.planning.looking import PlanDesk
from quizapp.storage.accounts import Account
from quizapp.web.forms import Form, WholeNumberField


def write_retention(retention: float) -> str:
    """Return the value of a plan in the form."""
    return f"{retention:.2f}"


class PlanForm(Form):
    """Which plan, and how many reviews a day its polish may take."""

    retention = StringField(
        "Plan", [AnyOf([write_retention(each) for each in RETENTIONS], "Choose a plan.")]
    )
    most_per_day = WholeNumberField(
        "Most reviews a day in the last week", least=1, most=MOST_PER_DAY
    )


def show_choice(desk: PlanDesk, learner: Account) -> PlanForm:
    """Return the form as it stands: the plan in force, or the one that promises most."""
    chosen = desk.course.plan
    best = desk.best
    promising = best.plan.retention if best and best in desk.plans else RETENTIONS[0]
    return PlanForm(
        formdata=None,
        retention=write_retention(chosen.retention if chosen else promising),
        most_per_day=chosen.most_per_day if chosen else max(learner.reviews_per_day, 1),
    )
