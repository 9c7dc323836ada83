"""A question of every kind made by hand, and a version that holds one kind alone."""

from dataclasses import replace

from quizapp.formats.questions_json import question_to_dict
from quizapp.kinds.question import FactKey, KindName, Option, Question, QuestionKey
from quizapp.kinds.registry import KINDS
from quizapp.storage.publishing import NewQuestion, NewVersion
from tests.factories.questions import make_question, make_version

FACTS = ("f1", "f2", "f3")
EVENTS = ("The landing", "The crossing", "The return")
DATES = ("1 May 1901", "2 June 1902", "3 July 1903")


def make_kind(kind: KindName) -> Question:
    """Return a question of a kind; what asks for several facts asks for `FACTS`."""
    if kind in {"choice", "true_false", "flashcard"}:
        return make_question(kind, "f1")
    question = replace(make_question("flashcard", "f1"), id=QuestionKey(f"f1-{kind}"), kind=kind)
    facts = tuple(map(FactKey, FACTS))
    return {
        "select_all": replace(
            question,
            facts=facts,
            stem="Which of these are moons (select all that apply)?",
            options=tuple(
                Option(text=text, correct=right, refuted_by=None if right else f"{text} is none")
                for text, right in (
                    *(("Luna", True), ("Vega", False), ("Io", True)),
                    *(("Rigel", False), ("Titan", True)),
                )
            ),
            answer="Luna; Io; Titan",
            guess=0.5,
        ),
        "cloze": replace(
            question,
            stem="The planet _____ was found in Bath.",
            answer="Uranus",
            accept=("George's Star", "Ouranos"),
        ),
        "numeric": replace(
            question,
            stem="How many soldiers went along?",
            answer="5,000",
            unit="soldiers",
            tolerance="0",
        ),
        "date": replace(question, stem="On what date was Uranus found?", answer="13 March 1781"),
        "ordering": replace(
            question, facts=facts, stem="In which order did it happen?", order=EVENTS, answer="; "
        ),
        "matching": replace(
            question,
            facts=facts,
            stem="Match each event with its date.",
            pairs=tuple(zip(EVENTS, DATES, strict=True)),
            options=(Option(text="4 August 1904", correct=False, refuted_by="nothing happened"),),
            answer="; ",
        ),
    }[kind]


def make_kind_version(kind: KindName) -> NewVersion:
    """Return a version whose facts are asked by one question of that kind alone."""
    question = make_kind(kind)
    version = make_version(len(question.facts), key=f"only-{kind}")
    asked = NewQuestion(
        key=question.id,
        kind=kind,
        guess=question.guess,
        facts=question.facts,
        section=question.source.section,
        paragraph=1,
        body={**question_to_dict(question)},
    )
    return replace(version, questions=(asked,))


ALL: tuple[KindName, ...] = tuple(KINDS)
