"""How a discourse network is made from statements: one frozen record."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from amity.errors import InvalidValue
from amity.network.durations import Duration, parse_duration

NetworkKind = Literal["two-mode", "one-mode"]
Aggregation = Literal["ignore", "subtract", "combine", "congruence", "conflict"]
Normalization = Literal["none", "activity", "prominence", "average", "jaccard", "cosine", "dna-cosine"]
Duplicates = Literal["include", "document", "week", "month", "year", "range"]
Kernel = Literal["none", "uniform", "triangular", "epanechnikov", "gaussian"]

KINDS: tuple[NetworkKind, ...] = ("two-mode", "one-mode")
AGGREGATIONS: dict[NetworkKind, tuple[Aggregation, ...]] = {
    "two-mode": ("ignore", "subtract", "combine"),
    "one-mode": ("ignore", "subtract", "congruence", "conflict"),
}
NORMALIZATIONS: dict[NetworkKind, tuple[Normalization, ...]] = {
    "two-mode": ("none", "activity", "prominence"),
    "one-mode": ("none", "average", "jaccard", "cosine", "dna-cosine"),
}
DUPLICATES: tuple[Duplicates, ...] = ("include", "document", "week", "month", "year", "range")
KERNELS: tuple[Kernel, ...] = ("none", "uniform", "triangular", "epanechnikov", "gaussian")
DNA = "dna-3.1"

Moment = date | datetime | str | int


@dataclass(frozen=True, slots=True)
class DiscourseOptions:
    """
    How a discourse network is made from statements.

    Parameters
    ----------
    kind : {"two-mode", "one-mode"}
        Two-mode: `variable1` in the rows, `variable2` in the columns. One-mode: `variable1` in both, related
        through `variable2`.
    variable1, variable2 : str
        Variables of statements or of documents.
    qualifier : str or None
        Variable that qualifies the relation (agreement); None for none.
    aggregation : {"ignore", "subtract", "combine", "congruence", "conflict"}
        What the qualifier does; combine is two-mode, congruence and conflict are one-mode.
    normalization : {"none", "activity", "prominence", "average", "jaccard", "cosine", "dna-cosine"}
        Activity and prominence are two-mode, the others one-mode.
    duplicates : {"include", "document", "week", "month", "year", "range"}
        Within what a statement with the same variables (and qualifier, unless ignored) counts once; the first
        one stays. Weeks (ISO 8601) and months are those of one year.
    isolates : bool
        Whether labels that filters, duplicates or windows leave without a statement stay as empty rows and
        columns.
    since, until : date, datetime, str, int or None
        Both inclusive; a date as `until` means its last second. None for the first and last document.
    exclude, include : mapping of str to iterable of str
        Values of variables (as text; truth values as 0 and 1) to leave out, or to keep alone.
    window, step : str, Duration or None
        Width of moving windows and the step between them, as in ``31D``; the step is one unit of the width
        unless given.
    kernel : {"none", "uniform", "triangular", "epanechnikov", "gaussian"}
        How statements weigh by their distance from the middle of a window.
    indent : bool
        Whether kernel windows start and end half a width inside the period.
    compat : {"dna-3.1"} or None
        Whether to do as Discourse Network Analyzer 3.1 where that differs.

    Raises
    ------
    InvalidValue
        If a value is not allowed, or not for this kind of network.
    """

    kind: NetworkKind = "two-mode"
    variable1: str = "organization"
    variable2: str = "concept"
    qualifier: str | None = "agreement"
    aggregation: Aggregation = "ignore"
    normalization: Normalization = "none"
    duplicates: Duplicates = "include"
    isolates: bool = False
    since: Moment | None = None
    until: Moment | None = None
    exclude: Mapping[str, Iterable[str]] = field(default_factory=dict)
    include: Mapping[str, Iterable[str]] = field(default_factory=dict)
    window: str | Duration | None = None
    step: str | Duration | None = None
    kernel: Kernel = "none"
    indent: bool = False
    compat: str | None = None

    def __post_init__(self) -> None:
        _check("kind", self.kind, KINDS)
        _check(f"aggregation of a {self.kind} network", self.aggregation, AGGREGATIONS[self.kind])
        _check(f"normalization of a {self.kind} network", self.normalization, NORMALIZATIONS[self.kind])
        _check("duplicates", self.duplicates, DUPLICATES)
        _check("kernel", self.kernel, KERNELS)
        _check("compat", self.compat, (DNA, None))
        if self.qualifier is None and self.aggregation != "ignore":
            raise InvalidValue(
                f"aggregation {self.aggregation!r} needs a qualifier; name one, or take 'ignore'"
            )
        if len({self.variable1, self.variable2, self.qualifier}) < 3:
            raise InvalidValue(
                f"variable1 {self.variable1!r}, variable2 {self.variable2!r} and qualifier {self.qualifier!r} "
                "must be three different variables"
            )
        self._check_time()

    def _check_time(self) -> None:
        if self.window is None:
            if self.kernel != "none" or self.step is not None or self.indent:
                raise InvalidValue("kernel, step and indent are for windows; give a window, as in 31D")
            return
        window = parse_duration(self.window)
        if self.step is not None and (parse_duration(self.step).unit == "events") != (
            window.unit == "events"
        ):
            raise InvalidValue(f"window {self.window} and step {self.step}: both or neither are in events")
        if self.kernel != "none" and window.unit == "events":
            raise InvalidValue(
                "a kernel weighs by distance in time; give the window in days, weeks, months or years"
            )
        if self.kernel != "none" and self.aggregation == "combine" and self.compat is None:
            raise InvalidValue(
                "'combine' says which values occur and has no weights; take another aggregation"
            )

    @property
    def duration(self) -> Duration | None:
        """The width of windows; None for one network of the whole period."""
        return None if self.window is None else parse_duration(self.window)

    @property
    def stride(self) -> Duration:
        """The step between windows."""
        if self.step is not None:
            return parse_duration(self.step)
        return Duration(1, "days" if self.duration is None else self.duration.unit)

    @property
    def dna(self) -> bool:
        """Whether to do as DNA 3.1 does."""
        return self.compat == DNA


def _check(name: str, value: object, allowed: Collection[object]) -> None:
    if value not in allowed:
        raise InvalidValue(f"{name} is {value!r}; expected one of {', '.join(map(repr, allowed))}")
