"""Questions of every kind made by hand."""

from typing import Any

from quizapp.kinds.question import FactKey, KindName, Option, Question, QuestionKey, Source


def make(kind: KindName, answer: str, texts: tuple[str, ...] = (), **fields: Any) -> Question:
    """Return a question; of the option texts the one equal to the answer is right."""
    given: dict[str, Any] = {
        "facts": (FactKey("f"),),
        "options": tuple(Option(text=text, correct=text == answer) for text in texts),
        **fields,
    }
    return Question(
        id=QuestionKey("q"),
        kind=kind,
        template="t/t",
        stem="Which?",
        answer=answer,
        feedback="So it is.",
        source=Source(section="S", paragraph=1, quote="q"),
        importance=1,
        difficulty=0.5,
        guess=0.25,
        **given,
    )
