"""What the linter finds in a question that somebody writes, told beside the field it concerns.

Of questions made from facts a finding is refused. Here it is advice: the author may know better.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from quizapp.generation.item_rules import find_item_faults
from quizapp.generation.set_rules import check_questions
from quizapp.kinds.markup import strip_below
from quizapp.kinds.question import Option, Question

# Of a question made from facts these tell what to do to its facts or its template.
_REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        "length": "shorten it",
        "debris": "write it out, or take it away",
        "certificate": "say beside it why it is wrong",
        "blank": "blank exactly what is to be typed",
        "ordering": "order three to five different things, undated",
    }
)
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("length", "reference", "undated", "debris", "negation", "blank"), "stem"),
        **dict.fromkeys(("clue-key", "clue-initials"), "stem"),
        "hedge": "hedge",
        "claimant": "said",
        "date": "as_of",
        "options": "rows",
        **dict.fromkeys(("clue-length", "clue-type", "clue-precision", "clue-grain"), "rows"),
        **dict.fromkeys(("clue-words", "clue-convergence", "clue-grammar"), "rows"),
        **dict.fromkeys(("certificate", "ordering", "matching"), "rows"),
        "list": "answer",
        "feedback": "feedback",
    }
)
# The rules on form differ in what they look at, which their remedies tell.
_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "write a question, or for a statement a sentence": "stem",
        "write each option as an answer of its own": "rows",
        "make the answer true or false": "answer",
        "give the answer as it is to be typed": "unit",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What may be better; `field` is a name of the sheet, `text` the finding and the remedy."""

    field: str
    rule: str
    text: str


def advise(question: Question, others: Sequence[Question] = ()) -> tuple[Advice, ...]:
    """Return the findings of the linter on a question, by itself and beside others of its set.

    A wrong option counts as proven wrong if its feedback says why it is.
    """
    plain = _make_plain(question)
    found = [
        Advice(
            field=find_field(rule.name, rule.remedy),
            rule=rule.name,
            text=_write(fault, _REMEDIES.get(rule.name, rule.remedy)),
        )
        for rule, fault in find_item_faults(plain)
    ]
    return (*found, *_compare(plain, others))


def find_field(rule: str, remedy: str) -> str:
    """Return the field that a rule concerns."""
    return _FORMS.get(remedy, "stem") if rule == "form" else _FIELDS.get(rule, "stem")


def _compare(question: Question, others: Sequence[Question]) -> list[Advice]:
    """What is wrong between this question and another one: the same asked, or one answered."""
    known = [_make_plain(one) for one in others if one.id != question.id]
    stems = {one.id: one.stem for one in [question, *known]}
    found = []
    for each in check_questions([question, *known]):
        if len(each.questions) > 1 and question.id in each.questions:
            text = each.text
            for key in each.questions:
                text = text.replace(key, f"\u201c{stems[key]}\u201d")
            found.append(Advice(field="stem", rule=each.rule, text=_write(text, each.remedy)))
    return found


def _make_plain(question: Question) -> Question:
    """The question itself in words alone, as the rules read it."""
    return replace(
        question,
        stem=strip_below(question.stem),
        options=tuple(_prove(option) for option in question.options),
        source=replace(question.source, quote=question.source.quote or question.feedback),
        feedback=question.feedback or question.source.quote,
    )


def _prove(option: Option) -> Option:
    return replace(option, refuted_by=option.refuted_by or option.feedback)


def _write(fault: str, remedy: str) -> str:
    text = f"{fault[:1].upper()}{fault[1:]}"
    return f"{text}: {remedy}."
