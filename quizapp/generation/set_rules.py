"""What a rule can see in a set of questions: balance, doubles, one that answers another."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from quizapp.facts.folding import fold, split_words
from quizapp.generation.item_rules import find_item_faults
from quizapp.generation.wording import SMALL, list_content_words, split_list
from quizapp.kinds.choice import has_natural_order
from quizapp.kinds.question import Question, QuestionKey

_FEWEST = 10
_LOW, _HIGH = 0.4, 0.6
_DEVIATIONS = 3.0
_COMMON = 60
_TOLD = 0.9
_FEWEST_ASKED = 2
_OPEN = frozenset({"choice", "cloze", "numeric", "date", "flashcard"})
_ASKING = frozenset(
    {
        *("which", "what", "when", "where", "whom", "according", "take", "took", "place", "many"),
        *("least", "about", "these", "given", "named", "date", "month", "year", "region"),
        *("happen", "happened", "begin", "began", "start", "started", "issued", "formed"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem of a file of questions: the rule, how bad, where, which facts, and the remedy.

    `questions` are the ids of those concerned, the faulty one first.
    """

    rule: str
    severity: str
    where: str
    facts: tuple[str, ...]
    questions: tuple[QuestionKey, ...]
    text: str
    remedy: str


def check_questions(questions: Sequence[Question]) -> tuple[Finding, ...]:
    """Return every problem of the questions by themselves and of their set."""
    found = [
        _report(rule.name, "error", [question], fault, rule.remedy)
        for question in questions
        for rule, fault in find_item_faults(question)
    ]
    found += _find_doubles(questions)
    found += _find_answered(questions)
    found += _weigh_truth(questions)
    found += _weigh_places(questions)
    return tuple(found)


def tells_answer(statement: Question, question: Question) -> bool:
    """Return whether the true statement gives an answer of an open question on the same fact."""
    words = set(_list_words(statement.stem))
    right = [option.text for option in question.options if option.correct]
    asks = question.kind in _OPEN or question.kind == "select_all"
    texts = [split_words(text) for text in right or split_list(question.answer)]
    return asks and any(bool(text) and words.issuperset(text) for text in texts)


def list_to_drop(questions: Sequence[Question]) -> Mapping[QuestionKey, str]:
    """Return the questions that must not be offered beside the others, each with the reason.

    Of two of which one answers the other, a statement goes, whose stem is a matter of chance, or
    else that whose facts have more questions left; but not the last one on a fact.
    """
    known = {one.id: one for one in questions}
    left = Counter(fact for one in questions for fact in one.facts)

    def rank(identity: QuestionKey) -> tuple[bool, bool, int]:
        one = known[identity]
        spare = min(left[fact] for fact in one.facts)
        return (spare > 1, one.kind == "true_false", spare)

    dropped: dict[QuestionKey, str] = {}
    for finding in (*_find_doubles(questions), *_find_answered(questions)):
        if not dropped.keys() & set(finding.questions):
            gone = max(finding.questions, key=rank)
            dropped[gone] = finding.text
            left.subtract(known[gone].facts)
    return dropped


def _list_words(text: str) -> tuple[str, ...]:
    """The folded words, and the digit for every number in words: an answer is in digits."""
    words = split_words(text)
    return (*words, *(str(SMALL.index(word) + 1) for word in words if word in SMALL))


def _report(
    rule: str, severity: str, questions: Sequence[Question], text: str, remedy: str
) -> Finding:
    source = questions[0].source if questions else None
    return Finding(
        rule=rule,
        severity=severity,
        where=f"{source.section} p{source.paragraph}" if source else "the set",
        facts=tuple(dict.fromkeys(str(fact) for one in questions for fact in one.facts)),
        questions=tuple(one.id for one in questions),
        text=text,
        remedy=remedy,
    )


def _find_doubles(questions: Sequence[Question]) -> Iterator[Finding]:
    """Two questions of one kind with the same words, whatever their order, or with one id."""
    seen: dict[tuple[object, ...], Question] = {}
    ids: set[QuestionKey] = set()
    for question in questions:
        if question.id in ids:
            text = f"the id {question.id} is taken twice"
            yield _report("double", "error", [question], text, "give each question its own id")
        ids.add(question.id)
        words = tuple(sorted(split_words(question.stem)))
        options = tuple(sorted(fold(option.text) for option in question.options))
        shown = (question.order, question.pairs, options if question.kind == "select_all" else ())
        first = seen.setdefault((question.kind, words, *shown), question)
        if first is not question:
            text = f"the stem is that of {first.id} in the same words"
            yield _report("double", "error", [question, first], text, "leave one of them out")


def _find_answered(questions: Sequence[Question]) -> Iterator[Finding]:
    """A stem that holds the answer of a question on another fact, and most of what it asks.

    A true statement answers every open question on its own fact that has its value for an answer.
    """
    stems = {one.id: frozenset(_list_words(one.stem)) for one in questions}
    holding: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.answer != "false":
            for word in sorted(stems[question.id]):
                holding[word].append(question)
    for question in questions:
        if question.kind in _OPEN:
            other = _find_telling(question, stems, holding)
            if other is not None:
                text = f"it is answered by the stem of {other.id}"
                remedy = "leave one of them out, or name the event without the answer"
                yield _report("answered", "warning", [question, other], text, remedy)


def _find_telling(
    question: Question,
    stems: Mapping[QuestionKey, frozenset[str]],
    holding: Mapping[str, list[Question]],
) -> Question | None:
    answer = split_words(question.answer)
    framed = {word for name in question.said for word in split_words(name)}
    asked = [
        word
        for word in list_content_words(question.stem)
        if word not in _ASKING and word not in framed
    ]
    if not answer or len(asked) < _FEWEST_ASKED:
        return None
    rarest = min((holding.get(word, []) for word in answer), key=len)
    if len(rarest) > _COMMON:
        return None
    facts = set(question.facts)
    for other in rarest:
        words = stems[other.id]
        told = sum(word in words for word in asked) / len(asked)
        # What one claimant says does not answer what another does.
        same = not other.said or other.said == question.said
        common = bool(facts & set(other.facts))
        if not same or not words.issuperset(answer):
            continue
        if told >= _TOLD and not common:
            return other
        if common and other.kind == "true_false":
            return other
    return None


def _weigh_truth(questions: Sequence[Question]) -> Iterator[Finding]:
    answers = [one.answer for one in questions if one.kind == "true_false"]
    share = answers.count("true") / len(answers) if answers else 0.5
    if len(answers) >= _FEWEST and not _LOW <= share <= _HIGH:
        text = f"{share:.0%} of {len(answers)} statements are true; 40 to 60 % should be"
        yield _report("balance-truth", "error", [], text, "state more facts the other way")


def _weigh_places(questions: Sequence[Question]) -> Iterator[Finding]:
    """Where the right option stands among as many, compared with chance."""
    places: dict[int, Counter[int]] = defaultdict(Counter)
    for question in questions:
        texts = [option.text for option in question.options]
        if question.kind == "choice" and not has_natural_order(texts):
            right = [place for place, option in enumerate(question.options) if option.correct]
            places[len(texts)].update(right)
    for count, found in sorted(places.items()):
        total, chance = found.total(), 1 / count
        allowed = _DEVIATIONS * sqrt(total * chance * (1 - chance))
        for place in range(count):
            if total >= _FEWEST and abs(found[place] - total * chance) > allowed:
                text = f"of {total} questions with {count} options, {found[place]} have the right"
                text = f"{text} one at place {place + 1}"
                yield _report("balance-place", "error", [], text, "spread the right options")
