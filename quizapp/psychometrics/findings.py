"""What an analysis of marks finds: plain frozen values, the same for a page and for every file.

Proportions are fractions of 1, intervals are 95 %, and None is what the marks cannot tell; the
notes beside it say why.
"""

from dataclasses import dataclass
from typing import Literal

from quizapp.psychometrics.bands import Verdict
from quizapp.psychometrics.intervals import Interval

Role = Literal["key", "distractor", "no response"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many attempts have a share of their maximum from `low` on and below `high`.

    The last bin holds 1 as well; `low` is None in the one of negative shares.
    """

    low: float | None
    high: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTest:
    """The test as a whole.

    `mean`, `median`, `sd` and `sem` are in marks, those named `..._share` in shares of what could
    be earned. `alpha` is Cronbach's, of the `alpha_attempts` that had something in every place;
    `error_ratio` and `sem` follow from it.
    """

    n: int
    item_count: int
    maximum: float
    mean: float | None
    median: float | None
    sd: float | None
    mean_share: float | None
    mean_share_interval: Interval | None
    median_share: float | None
    sd_share: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    alpha_interval: Interval | None
    alpha_attempts: int
    error_ratio: float | None
    sem: float | None
    distribution: tuple[Bin, ...]
    bands: tuple[Verdict, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionFindings:
    """One option of an item, or, without a text, the attempts that chose none.

    `share` is that of the `n` attempts that were asked; `top`, `middle` and `bottom` are the shares
    within the thirds by the marks on all other items. `r` correlates choosing it with those marks,
    over the `r_n` attempts that chose anything (for no response, over all). `suspect` is true of a
    key with a negative r and of a distractor with a positive one; `verdict` tells how sure that is.
    """

    option: str | None
    role: Role
    n: int
    count: int
    share: float | None
    top: float | None
    middle: float | None
    bottom: float | None
    r: float | None
    r_interval: Interval | None
    r_n: int
    suspect: bool
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFindings:
    """One item over the `n` attempts that were asked it, or one slot that several are drawn for.

    `sd` is a share of the maximum, `sd_marks` the same in marks. `discrimination` is the
    correlation with the marks on all other items. Weights and `alpha_without` belong to a place in
    the test: a drawn item has none, its slot does. `thirds` are the numbers of attempts in the top,
    middle and bottom group of the options.
    """

    item: str
    n: int
    blank: int
    maximum: float
    facility: float | None
    facility_interval: Interval | None
    facility_method: str | None
    sd: float | None
    sd_marks: float | None
    guess: float | None
    intended_weight: float | None
    effective_weight: float | None
    negative_covariance: bool
    discrimination: float | None
    discrimination_interval: Interval | None
    efficiency: float | None
    alpha_without: float | None
    slot: str | None
    facts: tuple[str, ...]
    template: str | None
    bands: tuple[Verdict, ...]
    notes: tuple[str, ...]
    thirds: tuple[int, int, int] | None = None
    options: tuple[OptionFindings, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFindings:
    """All items that ask for one fact, taken together; `n` are the attempts that met any of them.

    `facility` is the mean share of what these items could bring, `discrimination` the correlation
    of that share with the marks on all other items. `reading` tells a hard fact from a broken
    wording; `look_at` names the items whose wording should be looked at.
    """

    fact: str
    items: tuple[str, ...]
    n: int
    facility: float | None
    facility_interval: Interval | None
    discrimination: float | None
    discrimination_interval: Interval | None
    reading: str
    look_at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFindings:
    """All items of one wording, as `FactFindings`.

    `gap` is how much more, as a fraction of 1, people seem to know when asked by this template than
    by other items for the same facts: the mean over the `compared` items that have such others.
    """

    template: str
    items: tuple[str, ...]
    n: int
    facility: float | None
    facility_interval: Interval | None
    discrimination: float | None
    discrimination_interval: Interval | None
    gap: float | None
    gap_interval: Interval | None
    compared: int
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything found; `slots` are those that several items are drawn for."""

    attempts: int
    test: WholeTest
    items: tuple[ItemFindings, ...]
    slots: tuple[ItemFindings, ...]
    facts: tuple[FactFindings, ...]
    templates: tuple[TemplateFindings, ...]
