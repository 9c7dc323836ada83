"""The constants of the memory model under a version's name, which each log entry carries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

from fsrs import Scheduler

from quizapp.errors import NotFoundError

# Written out, since a later `fsrs` may bring other defaults and a version must never change.
_FSRS_6_WEIGHTS = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # first stability after Again, Hard, Good, Easy; in days
    *(6.4133, 0.8334, 3.0194, 0.001),  # difficulty
    *(1.8722, 0.1666, 0.796),  # stability after a recall
    *(1.4835, 0.0614, 0.2629, 1.6483),  # stability after a lapse
    *(0.6014, 1.8729),  # penalty of Hard, bonus of Easy
    *(0.5425, 0.0912, 0.0658),  # reviews on the same day
    0.1542,  # decay of the forgetting curve
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One version of the model: the 21 weights of FSRS-6 and how intervals are made of them.

    `retention` is the probability of recall at which a fact is due, `maximum_interval` in days.
    Without steps, a review leads at once to an interval of whole days.

    Raises:
        ValueError: the weights are not 21 or one is out of its bounds.
    """

    version: str
    weights: tuple[float, ...] = _FSRS_6_WEIGHTS
    retention: float = 0.90
    learning_steps: tuple[timedelta, ...] = (timedelta(minutes=1), timedelta(minutes=10))
    relearning_steps: tuple[timedelta, ...] = (timedelta(minutes=10),)
    maximum_interval: int = 36500
    fuzz: bool = True

    def __post_init__(self) -> None:
        Scheduler(self.weights)  # the reference implementation knows the bounds


DEFAULT_PARAMETERS = Parameters(version="fsrs6-1")

# What a learner or a plan may ask for; in hundredths, since names must be exact.
_LEAST_RETENTION, _MOST_RETENTION = 70, 97


def _list_versions() -> Iterator[Parameters]:
    yield DEFAULT_PARAMETERS
    for hundredths in range(_LEAST_RETENTION, _MOST_RETENTION + 1):
        retention = hundredths / 100
        if retention != DEFAULT_PARAMETERS.retention:  # one set of constants, one name
            name = f"{DEFAULT_PARAMETERS.version}@{retention:.2f}"
            yield replace(DEFAULT_PARAMETERS, version=name, retention=retention)


REGISTRY: Mapping[str, Parameters] = MappingProxyType(
    {parameters.version: parameters for parameters in _list_versions()}
)
_NAMES = {parameters.retention: name for name, parameters in REGISTRY.items()}
RETENTIONS = tuple(sorted(_NAMES))


def name_version(retention: float) -> str:
    """Return the version with the default weights and a retention of `RETENTIONS`: 0.70 to 0.97.

    Raises:
        ValueError: there is no version with this retention.
    """
    name = _NAMES.get(round(retention, 9))  # 0.8 + 0.05 is not quite 0.85
    if name is None:
        least, most = RETENTIONS[0], RETENTIONS[-1]
        raise ValueError(f"no version has the retention {retention}; use {least} to {most} by 0.01")
    return name


def get_parameters(version: str, registry: Mapping[str, Parameters] = REGISTRY) -> Parameters:
    """Return the parameters of a version; `fsrs6-1@0.85` is `fsrs6-1` with the retention 0.85.

    Raises:
        NotFoundError: the registry has no such version.
    """
    if version not in registry:
        known = ", ".join(sorted(registry))
        raise NotFoundError(f"no parameters have the version {version!r}; known are {known}")
    return registry[version]
