"""Questions and versions made by hand, so that tests of storage need no generation."""

from quizapp.formats.questions_json import question_to_dict
from quizapp.kinds.question import FactKey, KindName, Option, Question, QuestionKey, Source
from quizapp.storage.publishing import NewFact, NewPassage, NewQuestion, NewVersion

SECTION = "Planets"
_GUESSES: dict[KindName, float] = {"choice": 0.25, "true_false": 0.5, "flashcard": 0.0}


def make_question(kind: KindName, fact: str) -> Question:
    """Return a question about a fact; the right answer of a choice is position 1."""
    options = tuple(
        Option(
            text=f"{fact} option {place}",
            correct=place == 1,
            refuted_by=None if place == 1 else f"{fact} has one value, which is option 1",
        )
        for place in range(4)
    )
    return Question(
        id=QuestionKey(f"{fact}-{kind}"),
        kind=kind,
        facts=(FactKey(fact),),
        template=f"test/{kind}",
        stem=f"What is {fact}?" if kind != "true_false" else f"{fact} is option 1.",
        options=options if kind == "choice" else (),
        answer="true" if kind == "true_false" else f"{fact} option 1",
        feedback=f"{fact} is option 1.",
        source=Source(section=SECTION, paragraph=1, quote="the quoted words"),
        importance=2,
        difficulty=0.5,
        guess=_GUESSES[kind],
    )


def make_version(
    facts: int, *, kinds: tuple[KindName, ...] = ("choice", "flashcard"), key: str = "planets"
) -> NewVersion:
    """Return a version of so many facts, `f1` to `fN`, each with a question of every kind."""
    names = [f"f{number}" for number in range(1, facts + 1)]
    questions = [make_question(kind, name) for name in names for kind in kinds]
    return NewVersion(
        set_key=key,
        title="The planets",
        article_title="Planets of the sun",
        publisher="The tests",
        licence="CC0",
        digest=f"{key}-{facts}-{'-'.join(kinds)}",
        passages=(
            NewPassage(
                section=SECTION,
                level=2,
                paragraph=1,
                text="A sentence with the quoted words in it. جماعة is a word.",
            ),
        ),
        facts=tuple(
            NewFact(
                key=name,
                statement=f"{name} is option 1.",
                section=SECTION,
                importance=2,
                digest=f"digest of {name}",
                names=[{"text": "كوكب", "lang": "ar"}],
            )
            for name in names
        ),
        questions=tuple(
            NewQuestion(
                key=question.id,
                kind=question.kind,
                guess=question.guess,
                facts=question.facts,
                section=SECTION,
                paragraph=1,
                body={**question_to_dict(question)},
            )
            for question in questions
        ),
    )
