"""A faulty pack is refused with every problem at its line, and each says the remedy."""

from pathlib import Path

import pytest

from quizapp.errors import NotFoundError
from quizapp.facts.packs import PackError, load_pack
from tests.factories.fact_packs import write_tiny_pack

GOOD = "id: a, s: ann, p: nationality, v: walkers"
PEOPLE = "  walkers: {type: people, name: Walkers, the: yes, plural: yes}\n"


def refuse(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return [problem.located(caught.value.file.name) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("id: a, s: anna, p: leader, v: bob", "s: no entity 'anna'; did you mean 'ann'?"),
        ("id: a, s: ash, p: leadr, v: bob", "unknown predicate 'leadr'; did you mean 'leader'?"),
        ("id: a, s: ann, p: leader, v: bob", "'ann' is a person; leader is said of group"),
        ("id: a, s: ash, p: leader, v: rome", "'rome' is a place; leader takes person"),
        ("id: a, s: ash, p: leader, v: bob, notes: x", "unknown key 'notes'; did you mean 'note'?"),
        ("id: a, s: fair, p: date, v: 2023-02-30", "'2023-02-30' is no date; write a real one"),
        ("id: a, s: fair, p: date, v: {from: 2020, to: 2019}", "ends before it begins"),
        ("id: a, s: fair, p: killed, v: 50", "'50' is no quantity; write {n: 50"),
        ("id: a, s: fair, p: killed, v: {n: many, unit: cows}", "many; write plain digits"),
        ("id: a, s: fair, p: killed, v: {range: [5, 2], unit: cows}", "must be the smaller one"),
        ("id: a, s: fair, p: killed, v: {n: 5, range: [1, 2]}", "either n, one figure, or range"),
        ("id: a, s: fair, p: killed, v: {n: 5, cmp: '=>'}", "cmp: unknown '=>'; did you mean"),
        ("id: a, s: fair, p: killed, v: {range: [1, 2], cmp: '>'}", "a range cannot be '>'"),
        ("id: a, s: fair, p: killed, v: {n: 5, of: nobody}", "of: no entity 'nobody'"),
        ("id: a, s: rome, p: distance, v: {n: 5, unit: km}", "distance needs `of`"),
        ("id: a, s: ash, p: founder, v: [ann, ann]", "stands twice in the list"),
        ("id: a, s: ash, p: founder, v: []", "an empty list"),
        ("id: a, s: ash, p: described_as, v: large", "described_as needs to know who says so"),
        ("id: a, s: ash, p: leader, v: bob, status: claim", "a claim without a claimant"),
        ("id: a, s: ash, p: leader, v: bob, status: sure", "status: unknown 'sure'"),
        ("id: a, s: ash, p: leader, v: bob, said: [nobody]", "said: no entity 'nobody'"),
        ("id: a, s: ash, p: leader, v: bob, conflicts: [b]", "conflicts: no other fact 'b'"),
        ("id: a, s: ash, p: leader, v: bob, supersedes: [a]", "supersedes: no other fact 'a'"),
        ("id: a, s: ash, p: leader, v: bob, importance: 4", "importance: unknown '4'"),
        ("id: a, s: ash, p: leader, v: bob, from: 2020, to: 2019", "ends before it begins"),
        ("id: a, s: ash, p: leader", "the key 'v' is missing"),
        ("s: ash, p: leader, v: bob", "the key 'id' is missing"),
    ],
)
def test_a_faulty_fact_is_refused_at_its_line_with_a_remedy(
    tmp_path: Path, fact: str, words: str
) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD.replace("id: a", "id: z"), fact], entities=PEOPLE)
    lines = (folder / "facts.yaml").read_text(encoding="utf-8").splitlines()
    problems = refuse(folder)
    assert len(problems) == 1
    assert words in problems[0]
    assert problems[0].startswith(f"facts.yaml:{len(lines)}: ")


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    folder = write_tiny_pack(
        tmp_path, ["id: a, s: nobody, p: leader, v: bob", "id: b, s: ash, p: leader, v: nobody"]
    )
    problems = refuse(folder)
    assert ["s: no entity" in problems[0], "v: no entity" in problems[1]] == [True, True]


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    problems = refuse(write_tiny_pack(tmp_path, [GOOD, GOOD], entities=PEOPLE))
    assert "'a' stands already in line" in problems[0]


def test_a_conflict_must_be_named_on_both_sides(tmp_path: Path) -> None:
    facts = ["id: a, s: ash, p: leader, v: bob, conflicts: [b]", "id: b, s: ash, p: leader, v: ann"]
    problems = refuse(write_tiny_pack(tmp_path, facts))
    assert "b does not name a in turn; add it there" in problems[0]


def test_a_wrong_hash_is_told_with_the_right_one(tmp_path: Path) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD], entities=PEOPLE)
    file = folder / "facts.yaml"
    text = file.read_text(encoding="utf-8")
    digest = text.split("hash: '")[1][:12]
    file.write_text(text.replace(digest, "0" * 12), encoding="utf-8")
    assert digest in refuse(folder)[0]
    file.write_text(text.replace(f", hash: '{digest}'", ""), encoding="utf-8")
    assert f"hash: missing; add `hash: {digest}`" in refuse(folder)[0]


def test_a_lost_quote_is_told_with_the_place_where_it_stands_now(tmp_path: Path) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD], entities=PEOPLE)
    file = folder / "facts.yaml"
    text = file.read_text(encoding="utf-8")
    quote = "All that the facts need is said here."
    file.write_text(text.replace(quote, "It is said again."), encoding="utf-8")
    assert "not in 'Text' paragraph 1 but in 'Later' paragraph 1" in refuse(folder)[0]
    file.write_text(text.replace(quote, "Never said."), encoding="utf-8")
    assert "quote: not found in 'Text' paragraph 1; copy the exact words" in refuse(folder)[0]
    file.write_text(text.replace("section: Text", "section: Txt"), encoding="utf-8")
    assert "no heading 'Txt'; did you mean 'Text'?" in refuse(folder)[0]


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ("  x: {type: persn, name: X}\n", "type: unknown 'persn'; did you mean 'person'?"),
        ("  x: {type: person}\n", "the key 'name' is missing"),
        ("  x: {type: place, name: X}\n", "what sort of place? add place"),
        ("  x: {type: event, name: X, hide: [plac]}\n", "hide: unknown predicate 'plac'"),
        ("  x: {type: person, name: X, same_as: [y]}\n", "same_as: no entity 'y'"),
        ("  x: {type: person, name: X, plural: maybe}\n", "'maybe' is neither; write yes or no"),
        ("  x: {type: person, name: X, past: maybe}\n", "'maybe' is neither; write yes or no"),
        ("  x: {type: event, name: X, dated: X}\n", "dated: 'X' holds no year; write the name"),
        ("  x: {type: place, name: X, place: plac}\n", "'plac'; did you mean 'place'?"),
    ],
)
def test_a_faulty_entity_is_refused(tmp_path: Path, entity: str, words: str) -> None:
    problems = refuse(write_tiny_pack(tmp_path, [GOOD], entities=PEOPLE + entity))
    assert words in problems[0]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("domain: [persn], range: [text], slot: x", "unknown type 'persn'; did you mean 'person'?"),
        ("domain: [person], range: [text]", "the key 'slot' is missing"),
        ("domain: [person], range: [text], slot: 'the {hat}'", "unknown slot {hat}"),
        ("domain: [person], range: [text], slot: 'of {s:a|b|c|d}'", "cannot choose a form"),
        ("domain: [person], range: [text], slot: 'of {s'", "a brace without its partner"),
        ("domain: [person], range: [text], slot: x, ask: {a: {stem: y, kinds: [quiz]}}", "'quiz'"),
    ],
)
def test_a_faulty_predicate_is_refused(tmp_path: Path, body: str, words: str) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD], entities=PEOPLE, predicates=f"\n  own: {{{body}}}")
    assert words in refuse(folder)[0]


def test_a_pack_of_another_format_is_refused(tmp_path: Path) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD], entities=PEOPLE)
    file = folder / "facts.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("quizapp-facts/1", "quizapp-facts/9"), encoding="utf-8")
    assert refuse(folder) == ["facts.yaml:1: format: 'quizapp-facts/9'; this reads quizapp-facts/1"]


def test_a_missing_article_is_told_and_no_path_leaves_the_folder(tmp_path: Path) -> None:
    folder = write_tiny_pack(tmp_path / "pack", [GOOD], entities=PEOPLE)
    (tmp_path / "article.md").write_text("# Outside\n", encoding="utf-8")
    file = folder / "facts.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("article: article.md", "article: ../article.md"), encoding="utf-8")
    assert "no file '../article.md' beside facts.yaml" in refuse(folder)[0]


def test_a_fault_of_the_article_is_told_in_its_own_file(tmp_path: Path) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD], entities=PEOPLE)
    (folder / "article.md").write_text("No title.\n", encoding="utf-8")
    assert refuse(folder)[0].startswith("article.md:1: ")


def test_a_file_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD], entities=PEOPLE)
    (folder / "facts.yaml").write_bytes(b"format: x\nsource: \xff\n")
    assert refuse(folder) == ["facts.yaml:2: not UTF-8; save the file as UTF-8"]


def test_a_folder_without_facts_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"facts\.yaml"):
        load_pack(tmp_path)
