"""What is written is a pack, whatever the article says."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.extraction.proposing import extract
from quizapp.extraction.reading import read_document
from quizapp.extraction.skeleton import write_skeleton
from quizapp.facts.checking.check import check_inspection
from quizapp.facts.model import Pack
from quizapp.facts.packs import inspect_pack, load_pack

NAMES = ["Ann Bell", "Ash League", "the Battle of Elm", "the Oak Union (OU)", "Oslo", "He", "It"]
NAMES += ["The league", "Bell", "OU", "the Daily Post", "Jos\u00e9 Bell", "Jose Bell", "A quark"]
VERBS = ["was founded", "was born", "died", "took place", "was led by", "is the leader of", "said"]
VERBS += ["was appointed director", "had 300 members", "left 40 people dead", "claimed that"]
VERBS += ["is a bird that sings", "claimed responsibility for", "is based in", ", a singer,"]
TAILS = ["in 1900", "on 3 May 1901", "in Oslo", "by Ann Bell", "in the Battle of Elm", "until 1910"]
TAILS += ["in 1905 or 1906", "and Bob Cole", ", Bob Cole said", ""]
PARTS = [st.sampled_from(words) for words in (NAMES, VERBS, NAMES + TAILS, TAILS)]
SENTENCES = st.tuples(*PARTS).map(lambda parts: f"{' '.join(parts).strip().replace(' ,', ',')}.")
BOX = "- Founded: 1900\n- Leader: Bob Cole\n- Allies: Ash League, , Oslo\n- Size: 20 (1900)\n"


def write_pack(folder: Path, text: str) -> Path:
    found = extract(read_document("a.md", text.encode()))
    (folder / "facts.yaml").write_text(write_skeleton(found), encoding="utf-8")
    (folder / "article.md").write_text(found.document.text, encoding="utf-8")
    return folder


def make_pack(folder: Path, words: str) -> Pack:
    return load_pack(write_pack(folder, f"# Elm history\n\n{words}\n"))


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(NAMES), st.lists(SENTENCES, min_size=8, max_size=16))
def test_every_article_becomes_a_pack_without_errors(title: str, sentences: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write_pack(Path(name), f"# {title}\n\n{BOX}\n{' '.join(sentences)}\n")
        problems = check_inspection(inspect_pack(folder))
    assert [problem for problem in problems if problem.severity == "error"] == []


def test_an_event_carries_its_article_and_the_dead_are_told_of_in_the_past(tmp_path: Path) -> None:
    pack = make_pack(
        tmp_path,
        "We saw the Battle of Elm. The Battle of Elm began in 1900. Ann Bell died in 1901.",
    )
    told = {entity.name: entity.past for entity in pack.entities.values()}
    assert told == {"the Battle of Elm": False, "Ann Bell": True}


def test_a_title_with_an_article_is_the_name_that_the_text_has_without_it(tmp_path: Path) -> None:
    words = "Oslo claimed responsibility for the Battle of Elm."
    folder = write_pack(tmp_path, f"# the Battle of Elm\n\n{BOX}\n{words}\n")
    events = [one for one in load_pack(folder).entities.values() if one.type == "event"]
    assert [(one.id, one.name, one.aliases) for one in events] == [
        ("battle_of_elm", "the Battle of Elm", ("Battle of Elm",))
    ]


def test_an_acronym_that_the_article_explains_is_an_alias(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, "The Oak Union (OU) is old. The OU was founded in 1900.")
    (union,) = (one for one in pack.entities.values() if one.type == "group")
    assert (union.name, union.aliases) == ("Oak Union", ("OU",))
    assert {fact.predicate for fact in pack.facts} == {"acronym", "founded_on"}


def test_two_values_for_one_slot_name_each_other_as_conflicts(tmp_path: Path) -> None:
    words = "The Ash League was founded in 1900. The Ash League was founded in 1901."
    one, other = make_pack(tmp_path, words).facts
    assert (one.conflicts, other.conflicts) == ((other.id,), (one.id,))
    assert one.note is not None
    assert one.note.startswith("Review: ")


def test_what_lacks_its_subject_is_told_in_a_comment(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, "# Elm history\n\nAt least 40 people were killed.\n")
    text = (folder / "facts.yaml").read_text(encoding="utf-8")
    assert load_pack(folder).facts == ()
    assert "# left out f001: killed, {'n': '40', 'cmp': '>=', 'unit': 'people'}; the event" in text
