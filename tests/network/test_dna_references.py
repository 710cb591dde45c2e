"""Every reference result of DNA 3.1 that follows its formula, and the deviations that compat reproduces."""

import functools
import json
import math
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from amity.network import DiscourseOptions, LabelledMatrix, StatementTable, discourse_network
from tests.network.dna_file import load

ROOT = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "dna"
pytestmark = pytest.mark.skipif(not ROOT.is_dir(), reason="DNA's reference results (../shared) are not here")

COMPATIBLE = {
    "DUPLICATES-IGNORE-YEAR",
    "DUPLICATES-IGNORE-YEAR-AND-LOCALE",
    "EVEN-WINDOW-IS-ONE-LONGER",
    "EVEN-EVENT-WINDOW-IS-ONE-LONGER",
    "COSINE-IS-PRODUCT-OF-TOTALS",
    "KERNEL-SELF-LOOPS",
    "KERNEL-AVERAGE-NORM",
    "KERNEL-INTEGER-AS-TEXT",
    "KERNEL-TEXT-QUALIFIER-IGNORED",
    "GAUSSIAN-ALL-STATEMENTS",
    "TRIANGULAR",
    "SPECTRAL-IS-DEGREE-SEQUENCE",
}
ONLY_AGREEMENT = "probe/kern_only_agree_two.json"
"""Listed as clean, and among the defects in the text: agreement alone is counted as negative."""


def _entries() -> list[dict[str, Any]]:
    if not ROOT.is_dir():
        return []
    index = json.loads((ROOT / "index.json").read_text(encoding="utf-8"))
    defaults = index["defaults"]
    return [{**entry, "options": {**defaults[entry["kind"]], **entry["options"]}} for entry in index["files"]]


def _usable(entry: dict[str, Any]) -> bool:
    return entry["kind"] in ("network", "timewindow") and entry["deterministic"]


CLEAN = [each for each in _entries() if _usable(each) and each["clean"] and each["file"] != ONLY_AGREEMENT]
DEVIATING = [
    each
    for each in _entries()
    if _usable(each) and set(each["behaviour"]) <= COMPATIBLE and "kern_events" not in each["file"]
]


@functools.cache
def _table(name: str) -> StatementTable:
    return load(ROOT / name)


def _moment(day: str, clock: str) -> datetime:
    return datetime.fromisoformat("-".join(reversed(day.split("."))) + clock)


def _options(raw: dict[str, Any], **more: Any) -> DiscourseOptions:
    exclude: dict[str, list[str]] = {}
    include: dict[str, list[str]] = {}
    for name, values in zip(raw.get("excludeVariables", ()), raw.get("excludeValues", ()), strict=True):
        exclude.setdefault(name, []).append(values)
    for plural in ("Authors", "Sources", "Sections", "Types"):
        if values := raw.get(f"exclude{plural}"):
            (include if raw.get(f"invert{plural}") else exclude)[plural.lower()[:-1]] = values
    aggregation, kind = raw["qualifierAggregation"], raw["networkType"].replace("mode", "-mode")
    if aggregation == "congruence & conflict":
        aggregation = "ignore"
    unit = raw.get("timeWindow", "no")
    given = {
        "kind": kind,
        "variable1": raw.get("variable1", "organization"),
        "variable2": raw.get("variable2", "concept"),
        "qualifier": raw.get("qualifier", "agreement"),
        "aggregation": aggregation,
        "normalization": {"no": "none"}.get(raw["normalization"], raw["normalization"]),
        "duplicates": {"acrossrange": "range"}.get(raw["duplicates"], raw["duplicates"]),
        "isolates": raw["isolates"],
        "since": _moment(raw["start.date"], "T00:00:00") if "start.date" in raw else None,
        "until": _moment(raw["stop.date"], "T23:59:59") if "stop.date" in raw else None,
        "exclude": exclude,
        "include": include,
        "window": None if unit == "no" else f"{raw['windowSize']} {unit}",
        "kernel": {"no": "none"}.get(raw["kernel"], raw["kernel"]),
        "indent": raw.get("indentTime", False),
    }
    return DiscourseOptions(**{**given, **more})


def _check(found: LabelledMatrix, expected: dict[str, Any], *, scale: bool, static: bool) -> None:
    assert list(found.rows) == expected["rowLabels"]
    assert list(found.columns) == expected["columnLabels"]
    matrix = found.matrix
    if scale and matrix.sum():
        matrix = matrix / matrix.sum()
    np.testing.assert_allclose(matrix, np.array(expected["matrix"]).reshape(matrix.shape), rtol=0, atol=1e-9)
    for name in ("start", "middle", "stop"):
        assert found.to_json()[name] == datetime.fromisoformat(expected[name]).isoformat()
    if expected["numStatements"] or static:
        assert found.n == expected["numStatements"]


def _check_all(entry: dict[str, Any], **more: Any) -> None:
    result = json.loads((ROOT / entry["file"]).read_text(encoding="utf-8"))
    options = _options(entry["options"], **more)
    series = discourse_network(_table(entry["database"]), options=options)
    assert len(series) == len(result["results"])
    scale = bool(entry["options"].get("normalizeToOne"))
    for found, expected in zip(series, result["results"], strict=True):
        _check(found, expected, scale=scale, static=options.kernel == "none")


@pytest.mark.parametrize("entry", CLEAN, ids=lambda entry: entry["file"])
def test_clean_references_match_without_compat(entry: dict[str, Any]) -> None:
    _check_all(entry)


@pytest.mark.parametrize("entry", DEVIATING, ids=lambda entry: entry["file"])
def test_deviations_match_with_compat(entry: dict[str, Any]) -> None:
    if entry["options"]["qualifierAggregation"] == "congruence & conflict" and entry["results"] > 1:
        result = json.loads((ROOT / entry["file"]).read_text(encoding="utf-8"))
        for at, aggregation in enumerate(("congruence", "conflict")):
            options = _options(entry["options"], aggregation=aggregation, compat="dna-3.1")
            series = discourse_network(_table(entry["database"]), options=options)
            for found, expected in zip(series, result["results"][at::2], strict=True):
                _check(found, expected, scale=False, static=True)
        return
    result = json.loads((ROOT / entry["file"]).read_text(encoding="utf-8"))
    if any(math.isnan(cell) for each in result["results"] for row in each["matrix"] for cell in row):
        pytest.skip("DNA gives no numbers here")
    _check_all(entry, compat="dna-3.1")
