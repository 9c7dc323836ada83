"""The floors hold, and each wall between them is one that a planted import would run into."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
# What each floor must not import: the one above it, its neighbours, and what its contract forbids.
PLANTED = [
    ("floors", "errors", "quizapp.resources"),
    ("floors", "resources", "quizapp.errors"),
    ("floors", "resources", "quizapp.facts.model"),
    ("floors", "processes", "quizapp.errors"),
    ("floors", "facts", "quizapp.kinds.question"),
    ("floors", "kinds", "quizapp.generation.bank"),
    ("floors", "kinds", "quizapp.memory.days"),
    ("floors", "kinds", "quizapp.formats.questions_json"),
    ("floors", "generation", "quizapp.memory.days"),
    ("floors", "memory", "quizapp.formats.questions_json"),
    ("floors", "formats", "quizapp.generation.bank"),
    ("floors", "attempts", "quizapp.memory.days"),
    ("floors", "kinds", "quizapp.attempts.rules"),
    ("floors", "attempts", "quizapp.storage.base"),
    ("floors", "generation", "quizapp.storage.base"),
    ("floors", "memory", "quizapp.storage.base"),
    ("floors", "formats", "quizapp.storage.base"),
    ("floors", "charts", "quizapp.memory.days"),
    ("floors", "extraction", "quizapp.generation.bank"),
    ("floors", "extraction", "quizapp.storage.base"),
    ("floors", "charts", "quizapp.storage.base"),
    ("floors", "psychometrics", "quizapp.attempts.scores"),
    ("floors", "psychometrics", "quizapp.storage.base"),
    ("floors", "storage", "quizapp.services.health"),
    ("floors", "storage", "quizapp.jobs.queueing"),
    ("floors", "jobs", "quizapp.services.health"),
    ("floors", "services", "quizapp.web.settings"),
    ("floors", "web", "quizapp.cli.settings"),
    ("floors", "cli", "quizapp.__main__"),
    ("ground", "facts", "flask"),
    ("ground", "kinds", "werkzeug"),
    ("ground", "generation", "sqlalchemy"),
    ("ground", "memory", "flask_sqlalchemy"),
    ("ground", "formats", "wtforms"),
    ("ground", "charts", "flask"),
    ("ground", "extraction", "sqlalchemy"),
    ("ground", "attempts", "sqlalchemy"),
    ("ground", "psychometrics", "sqlalchemy"),
    ("ground", "formats", "flask_wtf"),
    ("middle", "storage", "flask"),
    ("middle", "jobs", "flask"),
    ("middle", "services", "flask_sqlalchemy"),
    ("middle", "services", "werkzeug"),
    ("surface", "web", "sqlalchemy"),
    ("surface", "cli", "sqlalchemy"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with its contracts."""
    folder = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "quizapp", folder / "quizapp", ignore=ignore)
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


def lint(house: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache", *options],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=house,
        env={"PYTHONPATH": str(house), "PYTHONUTF8": "1", "COLUMNS": "200"},
    )


def test_every_contract_is_kept(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout
    assert "4 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "floor", "imported"), PLANTED)
def test_a_planted_import_through_a_floor_is_caught(
    house: Path, contract: str, floor: str, imported: str
) -> None:
    package = house / "quizapp" / floor
    file = package / "planted.py" if package.is_dir() else package.with_suffix(".py")
    former = file.read_bytes() if file.exists() else None
    file.write_bytes((former or b"") + f"\nimport {imported}\n".encode())
    try:
        done = lint(house, "--contract", contract)
    finally:
        file.unlink()
        if former is not None:
            file.write_bytes(former)
    module = f"quizapp.{floor}.planted" if former is None else f"quizapp.{floor}"
    assert done.returncode == 1
    assert f"{module} -> {imported}" in " ".join(done.stdout.split())


def test_a_new_package_without_a_floor_is_caught(house: Path) -> None:
    attic = house / "quizapp" / "attic"
    attic.mkdir()
    (attic / "__init__.py").touch()
    try:
        done = lint(house, "--contract", "floors")
    finally:
        shutil.rmtree(attic)
    assert done.returncode == 1
    assert "attic" in done.stdout
