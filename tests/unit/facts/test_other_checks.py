"""Dates, claimants, lists and templates: what lacks is reported, what has its reason is noted."""

from pathlib import Path

import pytest

from quizapp.facts.checking.asking import check_askable, check_negative_asks, check_open_lists
from quizapp.facts.checking.claims import check_claims
from quizapp.facts.checking.dates import check_undated, check_undated_events
from tests.factories.checks import Found, find_problems

SIZE = "id: a, s: ash, p: size, v: {n: 50, unit: members}"


def list_severities(found: Found) -> list[tuple[str, str]]:
    return [(rule, severity) for rule, severity, _ in found.kinds]


@pytest.mark.parametrize("date", ["as_of: 2001", "from: 2001, to: 2003"])
def test_a_size_without_a_year_is_reported(tmp_path: Path, date: str) -> None:
    rules = [check_undated]
    assert list_severities(find_problems(tmp_path, SIZE, rules=rules)) == [("undated", "warning")]
    assert find_problems(tmp_path, f"{SIZE}, {date}", rules=rules).problems == ()
    noted = find_problems(tmp_path, f"{SIZE}, note: no year is given", rules=rules)
    assert list_severities(noted) == [("undated", "note")]


def test_where_one_fact_of_a_predicate_is_dated_an_undated_one_is_reported(tmp_path: Path) -> None:
    one, other = "id: a, s: ash, p: leader, v: ann", "id: b, s: elm, p: leader, v: bob"
    rules = [check_undated]
    assert find_problems(tmp_path, one, other, rules=rules).problems == ()
    found = find_problems(tmp_path, one, f"{other}, as_of: 2001", rules=rules)
    assert found.kinds == [("undated", "warning", ("a",))]


def test_what_is_said_of_an_event_has_the_time_of_the_event(tmp_path: Path) -> None:
    facts = [
        "id: a, s: fair, p: killed, v: {n: 5, unit: cows}, as_of: 2001",
        "id: b, s: race, p: killed, v: {n: 7, unit: cows}",
    ]
    assert find_problems(tmp_path, *facts, rules=[check_undated]).problems == ()


def test_an_event_of_which_no_fact_tells_the_date_is_reported_with_its_facts(
    tmp_path: Path,
) -> None:
    place, actor = "id: a, s: fair, p: place, v: rome", "id: b, s: fair, p: actor, v: ash"
    rules = [check_undated_events]
    found = find_problems(tmp_path, place, actor, rules=rules)
    assert found.kinds == [("undated-event", "warning", ("a", "b"))]
    assert "the autumn fair" in found.texts[0]
    noted = find_problems(tmp_path, place, f"{actor}, note: no year", rules=rules)
    assert list_severities(noted) == [("undated-event", "note")]


@pytest.mark.parametrize(
    "fact",
    [
        "id: b, s: fair, p: date, v: 1999",
        "id: b, s: fair, p: actor, v: ash, as_of: 1999",
        "id: b, s: may_march, p: place, v: rome",
    ],
)
def test_an_event_with_a_date_in_a_fact_or_in_its_name_is_dated(tmp_path: Path, fact: str) -> None:
    place = "id: a, s: fair, p: place, v: rome"
    facts = [fact] if "may_march" in fact else [place, fact]
    assert find_problems(tmp_path, *facts, rules=[check_undated_events]).problems == ()


@pytest.mark.parametrize("status", ["estimate", "reported", "considered", "unofficial"])
def test_what_somebody_says_must_name_who(tmp_path: Path, status: str) -> None:
    rules = [check_claims]
    fact = f"{SIZE}, status: {status}"
    found = find_problems(tmp_path, fact, rules=rules)
    assert list_severities(found) == [("claim-without-claimant", "warning")]
    assert find_problems(tmp_path, f"{fact}, said: [herald]", rules=rules).problems == ()
    noted = find_problems(tmp_path, f"{fact}, note: the box names nobody", rules=rules)
    assert list_severities(noted) == [("claim-without-claimant", "note")]


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("According to the Herald, Ash has 50 members.", 1),
        ("Ash is believed to have 50 members.", 1),
        ("Ash has 50 members.", 0),
    ],
)
def test_a_quote_that_attributes_asks_for_the_claimant(
    tmp_path: Path, sentence: str, count: int
) -> None:
    article = f"# Tiny\n\n## Text\n\n{sentence}\n"
    assert (
        len(find_problems(tmp_path, SIZE, rules=[check_claims], article=article).problems) == count
    )
    said = f"{SIZE}, said: [herald]"
    assert find_problems(tmp_path, said, rules=[check_claims], article=article).problems == ()


def test_who_claimed_something_is_no_claim_itself(tmp_path: Path) -> None:
    article = "# Tiny\n\n## Text\n\nAsh claimed responsibility for the fair.\n"
    fact = "id: a, s: fair, p: claimed_by, v: ash"
    assert find_problems(tmp_path, fact, rules=[check_claims], article=article).problems == ()


def test_a_list_declared_open_is_noted(tmp_path: Path) -> None:
    fact = "id: a, s: ash, p: ally, v: [elm, fir], set: open"
    found = find_problems(tmp_path, fact, rules=[check_open_lists])
    assert found.kinds == [("open-list", "note", ("a",))]
    assert "declared `set: open`" in found.texts[0]
    lost = find_problems(tmp_path, f"{fact}, note: ten names lost", rules=[check_open_lists])
    assert "ten names lost" in lost.texts[0]


@pytest.mark.parametrize(
    ("sentence", "closed", "severity"),
    [
        ("Its allies are groups such as Elm and Fir.", ", set: closed", "error"),
        ("Its allies are groups such as Elm and Fir.", "", "warning"),
        ("Its allies are Elm, Fir and others whose names are lost.", "", "warning"),
        ("Its allies are Elm and Fir, and no other.", ", set: closed", None),
        ("Its allies are Elm and Fir.", "", None),
    ],
)
def test_a_list_that_its_passage_leaves_open_must_not_be_closed(
    tmp_path: Path, sentence: str, closed: str, severity: str | None
) -> None:
    article = f"# Tiny\n\n## Text\n\n{sentence}\n"
    fact = f"id: a, s: ash, p: ally, v: [elm, fir]{closed}"
    found = find_problems(tmp_path, fact, rules=[check_open_lists], article=article)
    assert [one.severity for one in found.problems] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("stem", "closed", "count"),
    [
        ("which of these is not a friend of {s}", "", 1),
        ("which of these is no friend of {s}", ", set: open", 1),
        ("which of these is not a friend of {s}", ", set: closed", 0),
        ("which of these is a friend of {s}", "", 0),
    ],
)
def test_a_list_that_may_be_incomplete_is_not_asked_negatively(
    tmp_path: Path, stem: str, closed: str, count: int
) -> None:
    own = (
        "\n  friend: {domain: [group], range: [group], functional: no, slot: 'a friend of {s}', "
        f"ask_member: {{stem: '{stem}'}}}}"
    )
    own = own.replace("ask_member: {stem:", "ask_member: {not: {stem:") + "}"
    fact = f"id: a, s: ash, p: friend, v: [elm, fir]{closed}"
    found = find_problems(tmp_path, fact, rules=[check_negative_asks], predicates=own)
    assert list_severities(found) == [("negative-on-open-list", "error")] * count


def make_predicate(body: str) -> str:
    return (
        f"\n  own: {{domain: [group], range: [group], functional: yes, slot: 'x of {{s}}'{body}}}"
    )


@pytest.mark.parametrize(
    ("body", "rest", "severities"),
    [
        ("", "", ["warning"]),
        ("", ", note: not to be asked", ["note"]),
        (", ask: 'what is the x of {s}'", "", []),
        (", statement: 'the x of {s} is {v}'", "", []),
        (", ask: {x: {stem: 'what is {s}', subjects: [state_body]}}", "", ["warning"]),
        (", ask_member: 'which is of {s}'", "", ["warning"]),
        (", ask_member: 'which is of {s}'", ", set: closed", []),
        (", ask: 'what is the x of {s}'", ", set: open", ["note"]),
    ],
)
def test_a_fact_that_no_template_fits_is_reported(
    tmp_path: Path, body: str, rest: str, severities: list[str]
) -> None:
    fact = f"id: a, s: ash, p: own, v: elm{rest}"
    found = find_problems(tmp_path, fact, rules=[check_askable], predicates=make_predicate(body))
    assert [one.severity for one in found.problems] == severities


def test_a_value_that_the_name_gives_away_is_explained_by_hide(tmp_path: Path) -> None:
    fact = "id: a, s: may_march, p: date, v: 1901-05-02"
    own = (
        "\n  date: {domain: [event], range: [date], functional: yes, slot: x, ask: 'when was {s}'}"
    )
    found = find_problems(tmp_path, fact, rules=[check_askable], predicates=own)
    assert found.kinds == [("not-askable", "note", ("a",))]
    assert "`hide`" in found.texts[0]
