"""What must not be read is refused, quickly, in little memory, with a remedy."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizapp.errors import InvalidError
from quizapp.extraction.reading import read_document
from tests.unit.extraction.hostile import REFUSED, SLOW

ROOT = Path(__file__).parents[3]
MOST_SECONDS, MOST_MEMORY = 5.0, 256_000_000
QUICK = [name for name in REFUSED if name not in SLOW]
# A process that was forked from a large one counts its memory as its own in `ru_maxrss`; what
# Linux says of its present image does not.
MEASURE = """
import json, resource, sys
from pathlib import Path
from quizapp.errors import InvalidError
from quizapp.extraction.reading_apart import extract_apart
from tests.unit.extraction.hostile import REFUSED
file, make, words = REFUSED[sys.argv[1]]
status = Path("/proc/self/status")


def find_peak():
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


content = make()
before = resource.getrusage(resource.RUSAGE_SELF)
try:
    extract_apart(file, content)
    text = "read"
except InvalidError as error:
    text = error.problems[0].text
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
seconds = sum(one.ru_utime + one.ru_stime for one in used) - before.ru_utime - before.ru_stime
print(json.dumps([text, seconds, [find_peak(), used[1].ru_maxrss * 1024]]))
"""


@pytest.mark.parametrize("case", QUICK)
def test_a_hostile_file_is_refused_with_a_remedy(case: str) -> None:
    file, make, words = REFUSED[case]
    content = make()
    begun = time.process_time()
    with pytest.raises(InvalidError) as caught:
        read_document(file, content)
    assert time.process_time() - begun < MOST_SECONDS
    (problem,) = caught.value.problems
    assert words in problem.text
    assert "; " in problem.text


@pytest.mark.slow
@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_takes_neither_long_nor_much_memory(case: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, case],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    text, seconds, memory = json.loads(done.stdout)
    assert REFUSED[case][2] in text
    assert seconds < MOST_SECONDS
    assert max(memory) < MOST_MEMORY
