"""A table that must not be read is refused, quickly, in little memory, with a remedy."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.errors import InvalidError, Problem
from quizapp.formats.questions_table import read_question_table
from quizapp.formats.table_files import read_table, read_table_file
from tests.unit.formats.hostile_tables import REFUSED

ROOT = Path(__file__).parents[3]
MOST_SECONDS, MOST_MEMORY = 5.0, 256_000_000
LONG = {
    "millions of cells in one row",
    "a text of 20 MB in millions of pieces",
    "a zip that swells",
    "a text of 20 MB",
    "a million rows of a workbook",
    "a million shared texts",
    "a million styles",
}
# Made in a process of its own, so that making it does not count.
MAKE = """
import sys
from pathlib import Path
from tests.unit.formats.hostile_tables import REFUSED
Path(sys.argv[2]).write_bytes(REFUSED[sys.argv[1]][1]())
"""
# What Linux says of the present image, as in the tests of hostile articles.
READ = """
import json, resource, sys, time
from pathlib import Path
from tests.unit.formats.test_hostile_tables import list_problems
content = Path(sys.argv[2]).read_bytes()
begun = time.process_time()
texts = [problem.text for problem in list_problems(sys.argv[1], content)]
seconds = time.process_time() - begun
status = Path("/proc/self/status")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
if status.exists():
    line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
    peak = int(line.split()[1]) * 1024
print(json.dumps([texts, seconds, peak]))
"""


def list_problems(name: str, content: bytes) -> tuple[Problem, ...]:
    """Return what is wrong with a file of questions."""
    try:
        table = read_question_table(read_table(read_table_file(name, content).text))
    except InvalidError as error:
        return error.problems
    assert table.entries == ()
    return table.problems


@pytest.mark.parametrize("case", [name for name in REFUSED if name not in LONG])
def test_a_hostile_table_is_refused_with_a_remedy(case: str) -> None:
    name, make, words = REFUSED[case]
    content = make()
    problems = list_problems(name, content)
    assert any(words in problem.text for problem in problems), problems
    assert all("; " in problem.text for problem in problems), problems


@pytest.mark.slow
@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_table_takes_neither_long_nor_much_memory(case: str, tmp_path: Path) -> None:
    file = tmp_path / "table"
    for code, first in ((MAKE, case), (READ, REFUSED[case][0])):
        done = subprocess.run(
            [sys.executable, "-c", code, first, str(file)],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=120,
        )
    texts, seconds, peak = json.loads(done.stdout)
    assert any(REFUSED[case][2] in text for text in texts), texts
    assert seconds < MOST_SECONDS
    assert peak < MOST_MEMORY
