"""What is built carries templates, static files and questions, and finds them where it is put."""

import importlib.util
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("templates", "static", "questions")
BUILD = """
import sys
from hatchling import build
print(build.build_wheel(sys.argv[1]))
print(build.build_sdist(sys.argv[1]))
"""
FIND = """
import sys
from quizapp.resources import find_folder
for name in sys.argv[1:]:
    print(find_folder(name))
"""


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which `hatchling` can be imported; it is only needed to build."""
    folder = tmp_path_factory.mktemp("backend")
    if importlib.util.find_spec("hatchling") is None:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
        done = subprocess.run(
            [*command, "hatchling>=1.27"], check=False, capture_output=True, text=True, timeout=100
        )
        if done.returncode != 0:
            pytest.skip(f"hatchling is not installed and cannot be: {done.stderr.strip()[-200:]}")
    return folder


@pytest.fixture(scope="module")
def built(backend: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(backend)},
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    """The wheel."""
    (file,) = built.glob("*.whl")
    return zipfile.ZipFile(file)


def list_shipped(folder: str) -> set[str]:
    """Return the files that a folder of the checkout holds, relative to the checkout."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_wheel_carries_every_file_of_a_folder_inside_the_package(
    wheel: zipfile.ZipFile, folder: str
) -> None:
    shipped = {f"quizapp/{name}" for name in list_shipped(folder)}
    assert len(shipped) > 2
    assert shipped <= set(wheel.namelist())


def test_the_wheel_carries_the_whole_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    inside = {f"quizapp/{name}" for folder in FOLDERS for name in list_shipped(folder)}
    assert names == list_shipped("quizapp") | inside


def test_what_the_wheel_unpacks_to_finds_its_folders(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    wheel.extractall(site)
    done = subprocess.run(
        # Without `site`, so that an editable installation is not found instead.
        [sys.executable, "-S", "-c", FIND, *FOLDERS],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
    )
    assert [Path(line) for line in done.stdout.splitlines()] == [
        (site / "quizapp" / folder).resolve() for folder in FOLDERS
    ]


def test_an_installation_without_its_folders_says_where_it_looked(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    wheel.extractall(site, ["quizapp/__init__.py", "quizapp/resources.py"])
    done = subprocess.run(
        [sys.executable, "-S", "-c", FIND, "templates"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
    )
    assert done.returncode != 0
    assert str(site / "quizapp") in done.stderr


def test_the_source_archive_carries_everything_that_a_build_needs(built: Path) -> None:
    (file,) = built.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"pyproject.toml", "README.md", "LICENSE"}
    for folder in ("quizapp", *FOLDERS):
        wanted |= list_shipped(folder)
    assert wanted <= names
