"""What changes a statement survives in its proposal, asks for a person, or stops it."""

import pytest

from quizapp.extraction.proposals import Proposal
from quizapp.extraction.proposing import Extraction, extract
from quizapp.extraction.reading import read_document
from tests.unit.extraction.goldfile import write_value


def find(sentence: str, *, title: str = "Elm history") -> Extraction:
    return extract(read_document("a.md", f"# {title}\n\n{sentence}\n".encode()))


def describe(proposal: Proposal) -> str:
    """Write a proposal as the tables below do; a mark of interrogation asks for review."""
    told = f"{proposal.subject} {proposal.predicate} {write_value(proposal)}"
    said = f" [{', '.join(proposal.said)}]" if proposal.said else ""
    status = "" if proposal.status == "stated" else f" {proposal.status}"
    return f"{told}{status}{said}{' ?' if proposal.review or proposal.missing else ''}"


PLAIN = "Ash League founded_on 1900"


@pytest.mark.parametrize(
    "sentence",
    [
        "The Ash League was not founded in 1900.",
        "The Ash League was never founded in 1900, but in Oslo.",
        "The Ash League was founded about 1900.",
        "The Ash League was founded in 1900 or 1901.",
        "The Ash League was founded in late 1900.",
        "The Ash League was founded on 3 May.",
        "The Ash League was probably founded in 1900.",
        "The Ash League may have been founded in 1900.",
        "If the Ash League was founded in 1900, it is old.",
        "The Ash League was founded in 1900 if the charter is real.",
        "It was planned that the Ash League was founded in 1900.",
        "He wrote \u201cin Oslo, the Ash League was founded in 1900\u201d then.",
        "Nobody knows whether the Ash League was founded in 1900.",
        "The Ash League will be founded in 2031.",
        "\u201cThe Ash League was founded in 1900,\u201d said Ann Bell.",
        "Was the Ash League founded in 1900?",
        "The claim that the Ash League was founded in 1900 is wrong.",
        "Legend has it that the Ash League was founded in 1900.",
        "It is disputed that the Ash League was founded in 1900.",
        "The leader of the Ash League was born in 1900.",
        "Ann Bell's son died in 1900.",
        "A virus is not a living thing.",
        "Not one of the 12 soldiers was killed in the Battle of Elm.",
        "Hardly 12 soldiers were killed in the Battle of Elm.",
        "The army denied that 40 civilians were killed in the Battle of Elm.",
        "Half of the 40 soldiers were killed in the Battle of Elm.",
        "Another 12 soldiers were killed in the Battle of Elm.",
        "Dozens of soldiers were killed in the Battle of Elm.",
        "At least 40 or 50 soldiers were killed in the Battle of Elm.",
        "On average 40 people were killed in the Battle of Elm.",
        "According to Ann Bell, a virus is a guest.",
    ],
)
def test_a_statement_that_would_become_more_certain_is_not_proposed(sentence: str) -> None:
    assert [describe(one) for one in find(sentence).proposals] == []


@pytest.mark.parametrize(
    ("sentence", "proposed"),
    [
        ("The Ash League was founded in 1900.", PLAIN),
        ("In 1900, the Ash League was founded.", PLAIN),
        ("The Ash League was founded in 1900, Ann Bell said.", f"{PLAIN} claim [Ann Bell]"),
        ("According to Ann Bell, the Ash League was founded in 1900.", f"{PLAIN} claim [Ann Bell]"),
        (
            "According to a note by Ann Bell, the Ash League was founded in 1900.",
            f"{PLAIN} claim [note by Ann Bell] ?",
        ),
        ("Officials said that the Ash League was founded in 1900.", f"{PLAIN} claim [Officials] ?"),
        ("It is believed that the Ash League was founded in 1900.", f"{PLAIN} considered ?"),
        (
            "Nobody counted; locals said that the Ash League was founded in 1900.",
            f"{PLAIN} claim [locals] ?",
        ),
        ("Some say that the Ash League was founded in 1900.", f"{PLAIN} reported ?"),
        ("Reportedly, the Ash League was founded in 1900.", f"{PLAIN} reported ?"),
        ("The Ash League was founded in 1900, and no other was.", f"{PLAIN} ?"),
        ("The Battle of Elm lasted for at least three days.", "Battle of Elm duration >= 3 days"),
        (
            "The Ash League claimed that more than 300 people died in the Battle of Elm.",
            "Battle of Elm killed > 300 people claim [Ash League]",
        ),
        ("Up to 40 civilians were killed.", "None killed <= 40 civilians ?"),
        ("Ann Bell was born in Leeds or York.", "Ann Bell born_in Leeds ?"),
        (
            "A virus is a particle that needs a cell.",
            "virus definition a particle that needs a cell",
        ),
        (
            "A quark is a particle, but only in some models.",
            "quark definition a particle ?",
        ),
        ("The Ash League has between 200 and 300 members.", "Ash League size 200-300 members ?"),
    ],
)
def test_a_proposal_carries_what_its_sentence_says_around_it(sentence: str, proposed: str) -> None:
    assert [describe(one) for one in find(sentence).proposals] == [proposed]


def test_what_a_guard_left_out_is_told_with_its_reason() -> None:
    (dropped,) = find("The Ash League was founded in 1900, not in 1899.").dropped
    assert dropped.words == "The Ash League was founded in 1900"
    assert dropped.reason == "it is denied (\u201cnot\u201d)"


def test_a_pronoun_is_a_guess() -> None:
    found = find("Ann Bell was a singer. She was born in Leeds.")
    (_, proposal) = found.proposals
    assert describe(proposal) == "Ann Bell born_in Leeds ?"
    assert proposal.review[0] == "\u201cShe\u201d is taken to be Ann Bell; confirm it"


@pytest.mark.parametrize(
    ("words", "title", "subject"),
    [
        ("Ann Bell sang. Bob Cole did not stay: he died in 1779.", "Elm history", "Bob Cole"),
        ("Ann Bell was a singer. Much was sung. In May she died.", "Elm history", "Ann Bell"),
        ("It was late. He died in 1779.", "Bob Cole", "Bob Cole"),
        ("It was late. He died in 1779.", "The Elm Canal", None),
        ("We like the Elmway. He died in 1779.", "The Elmway", None),
    ],
)
def test_he_is_whoever_may_be_a_person_and_stands_nearest(
    words: str, title: str, subject: str | None
) -> None:
    assert find(words, title=title).proposals[-1].subject == subject


def test_a_title_with_an_article_is_of_the_type_of_the_name_without_it() -> None:
    found = find("The Elm Union was founded in 1900. We saw the Elm Union.", title="The Elm Union")
    assert found.types == {"elm union": "group"}


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("A quark is a particle. It was discovered in 1964.", "quark"),
        ("The Elm history is long. It was published in 1964.", "Elm history"),
        ("Leeds is far. It was founded in 1964.", None),
        ("Ann Bell and Bob Bell sang. Bell was born in Leeds.", "Bell"),
    ],
)
def test_a_short_subject_is_never_taken_without_review(words: str, subject: str | None) -> None:
    proposal = find(words).proposals[-1]
    assert proposal.subject == subject
    assert proposal.review


def test_two_values_for_one_slot_are_shown_to_each_other() -> None:
    found = find("The Ash League was founded in 1900. The Ash League was founded in 1901.")
    assert [describe(one) for one in found.proposals] == [
        "Ash League founded_on 1900 ?",
        "Ash League founded_on 1901 ?",
    ]


def test_a_date_within_a_year_does_not_contradict_the_year() -> None:
    found = find("The Ash League was founded in 1900. The Ash League was founded on 3 May 1900.")
    assert not any(one.review for one in found.proposals)


@pytest.mark.parametrize(
    ("line", "proposed"),
    [
        ("Founded: 3 May 1900", ["Elm Club founded_on 1900-05-03"]),
        ("Founded: 1900 or 1901", []),
        ("Founded: spring", []),
        ("Founders: Ann Bell, Bob Cole", ["Elm Club founder Ann Bell, Bob Cole"]),
        ("Allies: , , Ash League, 25px Oak League", ["Elm Club ally Ash League ?"]),
        ("Size: 200\u2013300 (1910 estimate)", ["Elm Club size 200-300 members estimate"]),
        ("Size: hundreds", []),
        ("Colour: blue", []),
    ],
)
def test_a_line_of_an_infobox_is_read_by_its_label(line: str, proposed: list[str]) -> None:
    found = find(f"- {line}\n- Motto: none", title="Elm Club")
    assert [describe(one) for one in found.proposals] == proposed
