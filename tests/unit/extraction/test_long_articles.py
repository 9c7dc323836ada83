"""The longest texts that are read take seconds, however they are made to trip the rules."""

import time

import pytest

from quizapp.extraction.limits import MOST_BLOCKS, MOST_CHARACTERS
from quizapp.extraction.proposing import extract
from quizapp.extraction.reading import read_document

SENTENCES = {
    "capital words": "Aaa Bbb " * 120 + ". ",
    "long names": "Aaa of the Bbb " * 60 + ". ",
    "names between commas": "Aaa, a bbb, " * 80 + ". ",
    "figures": "12 men and 300 to 400 " * 45 + ". ",
    "claims": "Aaa said that Bbb was born, " * 35 + ". ",
    "open brackets": "Aaa (Bbb " * 100 + ". ",
    "tolls": "The aaa bbb killed 12 men, " * 36 + ". ",
    "short sentences": "Aaa was born in Bbb on 3 May 1900 in Ccc, said Ddd. ",
}
DEBRIS = {
    "one long word": "A" * 9_999 + "\n\n",
    "initials": "A. " * 3_333 + "\n\n",
    "hyphens": "A-" * 4_999 + "\n\n",
    "one heading again and again": "= Aaa\n\n",
}
MOST_SECONDS = 10  # a rule that takes the square of a sentence's length takes minutes


@pytest.mark.parametrize("case", DEBRIS)
def test_no_debris_takes_the_square_of_its_length(case: str) -> None:
    text = DEBRIS[case] * min(MOST_CHARACTERS // len(DEBRIS[case]) - 1, MOST_BLOCKS - 1)
    begun = time.process_time()
    extract(read_document("a.txt", f"Title\n\n{text}".encode()))
    assert time.process_time() - begun < MOST_SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("case", SENTENCES)
def test_no_text_makes_the_rules_run_away(case: str) -> None:
    paragraph = SENTENCES[case] * (9_000 // len(SENTENCES[case]))
    text = f"{paragraph}\n\n" * (MOST_CHARACTERS // len(paragraph) - 1)
    begun = time.process_time()
    extract(read_document("a.txt", f"Title\n\n{text}".encode()))
    assert time.process_time() - begun < MOST_SECONDS
