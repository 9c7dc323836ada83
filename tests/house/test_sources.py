"""The sources keep the house's habits: documented, short, and free of anyone's machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "quizapp"
# A migration is a record of what was once done, as Alembic wrote it down; it is not tidied.
RECORDS = PACKAGE / "storage" / "migrations" / "versions"
FILE_LIMIT, FUNCTION_LIMIT = 300, 40
TEXTS = {
    ".css",
    ".html",
    ".js",
    ".json",
    ".lock",
    ".mako",
    ".md",
    ".py",
    ".svg",
    ".toml",
    ".yaml",
    ".yml",
    "",
}
# Spelt in parts, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    "|".join(
        [
            r"(?<![\w.:/])/(?:work|root|(?:home|Users|opt)/\w+)/",
            r"[A-Z]:\\" + r"Users\\",
            "index" + "-url",
            "/" + "simple/",
            "registry" + r"\.npmjs",
            "files" + r"\.pythonhosted",
        ]
    )
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def list_sources() -> list[str]:
    return sorted(
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*.py")
        if not path.is_relative_to(RECORDS)
    )


def list_texts() -> Iterator[Path]:
    """Yield every text file that is kept: no caches, no environments, no builds."""
    for path in sorted(ROOT.iterdir()):
        kept = not path.name.startswith(".") or path.name in {".ci", ".github"}
        if path.is_dir() and kept and path.name not in {"build", "dist", "node_modules"}:
            yield from (file for file in sorted(path.rglob("*")) if is_text(file))
        elif is_text(path):
            yield path


def is_text(path: Path) -> bool:
    return path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts


def read_tree(source: str) -> ast.Module:
    return ast.parse((ROOT / source).read_text(encoding="utf-8"))


def list_public(tree: ast.Module) -> list[Function | ast.ClassDef]:
    return [
        node
        for node in tree.body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("source", list_sources())
def test_every_public_function_and_class_is_documented(source: str) -> None:
    tree = read_tree(source)
    assert [node.name for node in list_public(tree) if not ast.get_docstring(node)] == []
    assert ast.get_docstring(tree) or not tree.body


@pytest.mark.parametrize("source", list_sources())
def test_a_file_is_short(source: str) -> None:
    assert len((ROOT / source).read_text(encoding="utf-8").splitlines()) < FILE_LIMIT


@pytest.mark.parametrize("source", list_sources())
def test_a_function_is_short(source: str) -> None:
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(read_tree(source))
        if isinstance(node, Function)
    }
    assert {name: length for name, length in lengths.items() if length >= FUNCTION_LIMIT} == {}


def test_questions_are_content_and_no_program() -> None:
    assert [path for path in (ROOT / "questions").rglob("*.py*")] == []  # noqa: C416
    assert any((ROOT / "questions").rglob("*.yaml"))


def test_no_text_names_a_place_of_someones_machine_or_a_package_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in list_texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FOREIGN.search(line) or str(ROOT) in line
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "see " + "/home/" + "ann/quizapp",
        "C:" + "\\Users\\" + "ann",
        "pip --index" + "-url https://mirror.example/simple" + "/",
        "PATH=" + "/opt/" + "python/bin",
    ],
)
def test_a_place_of_someones_machine_would_be_noticed(line: str) -> None:
    assert FOREIGN.search(line)
