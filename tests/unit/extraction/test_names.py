"""Names are found as they are written; which of them are one is suggested, with the reason."""

import pytest

from quizapp.extraction.aliases import suggest_aliases
from quizapp.extraction.names import find_names, guess_type, list_mentions, list_names
from quizapp.extraction.reading import read_document
from quizapp.extraction.sentences import list_sentences, split_sentences


def list_suggestions(words: str) -> dict[tuple[str, str], str]:
    document = read_document("a.md", f"# Title\n\n{words}\n".encode())
    mentions = list_mentions(list_sentences(document.article, document.text))
    return {(one.name, one.short): one.reason for one in suggest_aliases(list_names(mentions))}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("In May Ann Bell met J. R. Cole of Leeds.", ["Ann Bell", "J. R. Cole of Leeds"]),
        ("The Battle of Elm was long.", ["Battle of Elm"]),
        ("On Monday the House of Oak met.", ["House of Oak"]),
        ("\u00c9mile d'Aubert and al-Amin came.", ["\u00c9mile d'Aubert", "al-Amin"]),
        ("However, nobody came.", []),
        ("Ludwig van der Elm's hat", ["Ludwig van der Elm"]),
        ("It was the Movement for the Salvation of Oak.", ["Movement for the Salvation of Oak"]),
    ],
)
def test_a_name_is_a_row_of_capital_words(sentence: str, names: list[str]) -> None:
    assert [name for name, _, _ in find_names(sentence)] == names
    assert all(sentence[start:end] == name for name, start, end in find_names(sentence))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Battle of Elm", "event"),
        ("University of Oak", "group"),
        ("Lake Elm", "place"),
        ("Oak Valley", "place"),
        ("Daily Post", "publisher"),
        ("Elm War", "conflict"),
        ("Dr. Bell", "person"),
        ("Bell", None),
    ],
)
def test_the_words_of_a_name_tell_what_it_is(name: str, kind: str | None) -> None:
    assert guess_type(name) == kind


@pytest.mark.parametrize(
    ("words", "name", "short", "reason"),
    [
        (
            "We met Ann Bell, and then Bell left.",
            "Ann Bell",
            "Bell",
            "how \u201cAnn Bell\u201d ends",
        ),
        ("The Oak Union and the OU met.", "Oak Union", "OU", "first letters"),
        ("We met Jos\u00e9 Bell, then Jose Bell.", "Jos\u00e9 Bell", "Jose Bell", "accents"),
        ("We met Ann Koufax, then Ann Koufex.", "Ann Koufax", "Ann Koufex", "nearly alike"),
        ("The Army of Oak, or Royal Army.", "", "", ""),
        ("In northern Mali Anna Bell met Anna Cole.", "", "", ""),
    ],
)
def test_names_that_may_be_one_are_suggested_with_the_reason(
    words: str, name: str, short: str, reason: str
) -> None:
    found = list_suggestions(words)
    assert list(found) == ([(name, short)] if name else [])
    assert all(reason in why for why in found.values())


def test_a_short_name_that_fits_two_is_suggested_for_both() -> None:
    found = list_suggestions("We met Ann Bell and Bob Bell, and then Bell left.")
    assert list(found) == [("Ann Bell", "Bell"), ("Bob Bell", "Bell")]


def test_a_word_at_the_head_of_a_sentence_alone_is_no_name() -> None:
    document = read_document("a.md", b"# Title\n\nOsmosis is slow. Ann knows. We met Ann.\n")
    mentions = list_mentions(list_sentences(document.article, document.text))
    assert {one.name for one in mentions} == {"Ann"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Bell came. She sang.", 2),
        ("J. R. Cole came, e.g. to St. Ives.", 1),
        ("It cost 3.5 crowns. \u201cSo?\u201d he said.", 2),
        ("Was it? Yes!", 2),
        ("one sentence without an end", 1),
    ],
)
def test_a_sentence_does_not_end_at_an_abbreviation(text: str, count: int) -> None:
    found = list(split_sentences(text))
    assert len(found) == count
    assert all(text[start:].startswith(words) for words, start in found)
