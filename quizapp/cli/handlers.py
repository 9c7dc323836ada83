"""Who does which job: the one place where the names of jobs meet the services that do them."""

from collections.abc import Mapping
from types import MappingProxyType

from quizapp.cli.settings import read_model
from quizapp.jobs import Handler
from quizapp.services.authoring.uploading import READ_JOB, make_reader
from quizapp.services.fitting.running import fit_by_job
from quizapp.services.fitting.starting import FIT_JOB
from quizapp.services.grading.remarking import REMARK_JOB, remark_by_job
from quizapp.services.quizzing.closing import CLOSE_JOB, close_by_job

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        CLOSE_JOB: close_by_job,
        FIT_JOB: fit_by_job,
        REMARK_JOB: remark_by_job,
        READ_JOB: make_reader(read_model),
    }
)
