"""The form of a fact: what it says, of whom, with what hedge, date and source."""

import re
from collections.abc import Iterable, Mapping

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from quizapp.facts.fact_reader import STATUSES
from quizapp.facts.model import Predicate, PredicateName
from quizapp.facts.value_reader import COMPARISONS
from quizapp.services.authoring.checking_facts import FieldProblem, write_types
from quizapp.services.authoring.entries import ENTRY_FIELDS, Entry
from quizapp.services.authoring.naming import ENTITY_TYPES
from quizapp.web.forms import Form
from quizapp.web.instructor.course_forms import fold

_SLOT = re.compile(r"\{([^}]*)\}")
_SLOTS = {"whom": "people", "lang": "foreign", "be s": "is"}
_HEDGES = ("exactly", "at least", "more than", "at most", "less than", "about")
_VALUES = {"quantity": "a number", "date": "a date", "text": "words"}
COMPARISON_WORDS: Mapping[str, str] = dict(zip(COMPARISONS, _HEDGES, strict=True))
"""How a number is to be read, by the sign that stands for it."""
_STATUSES: Mapping[str, str] = {
    "claim": "by those named",
    "reported": "reportedly, allegedly",
    "considered": "probably, perhaps, may have",
    "initial": "by first reports",
    "revised": "by later figures",
}
_STATUS_WORDS = tuple(
    (one, f"{one.capitalize()} ({_STATUSES[one]})" if one in _STATUSES else one.capitalize())
    for one in STATUSES
)
_TYPE_WORDS = (
    ("", "As it is, or by what is said"),
    *((one, one.replace("_", " ").capitalize()) for one in ENTITY_TYPES),
)
_CLOSED_WORDS = (
    ("", "Not said"),
    ("closed", "Complete: nothing else belongs to it"),
    ("open", "Not complete"),
)
_IMPORTANCE_WORDS = (("3", "High"), ("2", "Middle"), ("1", "Low"))
FACT_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "subject_type": _TYPE_WORDS,
    "value_type": _TYPE_WORDS,
    "comparison": tuple(COMPARISON_WORDS.items()),
    "status": _STATUS_WORDS,
    "closed": _CLOSED_WORDS,
    "importance": _IMPORTANCE_WORDS,
}
"""What may be chosen in the lists of the form, by field."""
_SHORT = Length(max=300, message="Enter at most 300 characters.")


def _text(label: str) -> StringField:
    return StringField(label, [_SHORT], filters=[fold])


class FactForm(Form):
    """The fields of `Entry`, under the same names."""

    predicate = SelectField("What is said", validate_choice=False)
    subject = _text("Of whom or what")
    subject_type = SelectField("What it is", validate_choice=False)
    names = _text("Value")
    value_type = SelectField("What the value is", validate_choice=False)
    date = _text("Date")
    words = _text("Value in words")
    number = _text("Number")
    comparison = SelectField("Hedge", validate_choice=False)
    unit = _text("Unit")
    of = _text("Of which, or measured against")
    as_of = _text("As of")
    since = _text("From")
    until = _text("To")
    said = _text("According to")
    status = SelectField("Status", validate_choice=False)
    closed = SelectField("List", validate_choice=False)
    importance = SelectField("Importance", validate_choice=False)
    section = HiddenField()
    paragraph = HiddenField()
    quote = TextAreaField("Words of the article", filters=[fold], render_kw={"rows": 3})


def make_form(entry: Entry) -> FactForm:
    """Return the form that holds an entry."""
    return FactForm(formdata=None, **{name: getattr(entry, name) for name in ENTRY_FIELDS})


def read_form(form: FactForm) -> Entry:
    """Return the entry that a form holds."""
    return Entry(**{name: str(form[name].data or "") for name in ENTRY_FIELDS})


def put_problems(form: FactForm, problems: Iterable[FieldProblem]) -> None:
    """Tell the problems beside the fields that they concern."""
    for problem in problems:
        if problem.field:
            form[problem.field].errors = [*form[problem.field].errors, problem.text]
        else:
            form.form_errors.append(problem.text)


def list_predicate_options(
    predicates: Mapping[PredicateName, Predicate],
) -> tuple[tuple[str, str], ...]:
    """Return what a fact may say, by its name and in words, in the order of the words."""
    options = [(str(one.name), write_slot(one.slot)) for one in predicates.values()]
    return ("", "Choose"), *sorted(options, key=lambda option: option[1].lower())


def write_slot(slot: str) -> str:
    """Return what a predicate asks for without names, as in "Founding date of …"."""
    words = _SLOT.sub(lambda match: _write_inner(match.group(1)), slot)
    bare = re.sub(r"^(?:the|a|an) ", "", words)
    return f"{bare[:1].upper()}{bare[1:]}"


def describe_predicate(predicate: Predicate | None) -> str:
    """Return of whom a predicate is said and what it takes, in words."""
    if predicate is None:
        return ""
    values = [_VALUES.get(one) or write_types((one,)) for one in predicate.range]
    return f"Said of {write_types(predicate.domain)}. The value is {' or '.join(values)}."


def _write_inner(inner: str) -> str:
    if ":" in inner:
        return inner.partition(":")[2].partition("|")[0]
    return _SLOTS.get(inner, "\u2026")
