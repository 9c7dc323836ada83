"""The job that fits weights: read the log, fit and judge elsewhere, store what came."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.jobs import Job
from quizapp.memory.fitting_process import run_fitting
from quizapp.storage.fit_logs import load_log
from quizapp.storage.fittings import end_fitting, find_open_subject
from quizapp.storage.ids import FitId


def fit_by_job(session: Session, job: Job, now: datetime) -> None:
    """Do the job of that name. What goes wrong in the fitting is stored with it, in words.

    Raises:
        NotFoundError: there is no such fitting, or it has ended.
    """
    fit_id = FitId(job.get_int("fit"))
    job.report_progress(0, 2, "reading the answers")
    with job.reading() as reading:
        subject = find_open_subject(reading, fit_id)
        if subject is None:
            raise NotFoundError("There is no such fitting, or it has ended.")
        log = load_log(reading, subject)
    job.report_progress(1, 2, "fitting and comparing")
    result = run_fitting(log.answers, log.fits, seed=fit_id, is_cancelled=lambda: job.is_cancelled)
    if result is not None:
        end_fitting(session, fit_id, result.weights, result.figures, now)
