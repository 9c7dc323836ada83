"""What `quizapp questions generate --since` tells of an earlier bank."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.facts.model import Pack
    from quizapp.generation.bank_diff import Change
    from quizapp.kinds.bank import Bank
    from quizapp.kinds.question import FactKey, KindName

_DIGESTS, _CHANGES = "digests", "changes"
_MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier bank of a pack and, where its file has them, the digests of its facts."""

    pack: str
    bank: "Bank"
    digests: "Mapping[FactKey, str] | None"


def read_earlier(file: Path, kinds: "Sequence[KindName]") -> Earlier:
    """Return the earlier bank, as far as these kinds; leave with exit code 2 if it is none."""
    from quizapp.cli.refusals import refusing
    from quizapp.formats.questions_json import read_questions

    with refusing(file):
        content = _read(file)
        found = read_questions(content)
    kept = tuple(one for one in found.bank.questions if one.kind in kinds)
    asked = {fact for one in kept for fact in one.facts}
    others = {fact for one in found.bank.questions for fact in one.facts} - asked
    unused = (*found.bank.unused, *((fact, "asked in other kinds") for fact in sorted(others)))
    bank = replace(found.bank, questions=kept, unused=unused)
    return Earlier(pack=found.pack, bank=bank, digests=_read_digests(content))


def add_digests(content: bytes, pack: "Pack") -> bytes:
    """Return the document of a bank with the digest of each fact, for a later comparison."""
    from quizapp.generation.bank_diff import digest_facts

    return _add(content, _DIGESTS, digest_facts(pack))


def add_changes(content: bytes, changes: "Sequence[Change]") -> bytes:
    """Return the document of a bank with the fate of each earlier question."""
    rows = [
        {
            "question": change.question,
            "facts": list(change.facts),
            "change": change.fate,
            "why": change.why,
        }
        for change in changes
    ]
    return _add(content, _CHANGES, rows)


def describe_changes(changes: "Sequence[Change]") -> str:
    """Return for people to read what became of each question, and how many met each fate."""
    from quizapp.generation.bank_diff import HELD_BACK

    told = [change for change in changes if change.fate != "unchanged"]
    lines = [f"{change.fate:<13}{change.question}: {change.why}" for change in told]
    counts = Counter(change.fate for change in changes)
    lines.append(", ".join(f"{count} {fate}" for fate, count in counts.items()) or "no questions")
    held = sum(change.fate in HELD_BACK for change in changes)
    if held:
        lines.append(f"{held} wait until an instructor has looked")
    return "\n".join(lines)


def _read(file: Path) -> bytes:
    from quizapp.errors import InvalidError, Problem

    try:
        if file.stat().st_size > _MOST_BYTES:
            problem = Problem(text=f"larger than {_MOST_BYTES:,} bytes; give another file")
            raise InvalidError("the file cannot be used", (problem,))
        return file.read_bytes()
    except OSError as error:
        problem = Problem(text=f"cannot be read ({error.strerror}); give another file")
        raise InvalidError("the file cannot be used", (problem,)) from error


def _read_digests(content: bytes) -> "Mapping[FactKey, str] | None":
    from quizapp.kinds.question import FactKey

    found = json.loads(content.decode("utf-8-sig")).get(_DIGESTS)
    if not isinstance(found, dict):
        return None
    return {FactKey(key): text for key, text in found.items() if isinstance(text, str)}


def _add(content: bytes, key: str, entry: object) -> bytes:
    document = json.loads(content)
    document[key] = entry
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
