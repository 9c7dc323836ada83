"""The `quizapp` command, whose server keeps a worker that does the jobs of the tests."""

import sys

from quizapp.__main__ import main
from quizapp.cli import keeping
from tests.support.job_worker import LEASE

if __name__ == "__main__":
    module = "tests.support.job_worker"
    keeping.WORK = (sys.executable, "-m", module, str(LEASE), "--with-input")
    main()
