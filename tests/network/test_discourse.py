"""Discourse networks of small invented debates, worked by hand and against a plain loop."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InvalidRecord, InvalidValue, NotFound
from amity.network import (
    DiscourseOptions,
    StatementTable,
    discourse_network,
    level_counts,
    statement_table,
    statements_of,
    three_mode_table,
    with_attribute,
)
from tests.network.invented import columns_of

# Millers' Guild, Ferrymen and Weavers' League on a bridge, a toll and a market.
DEBATE = [
    {"date": "1961-03-01", "document_id": "1", "organization": "Millers", "concept": "bridge", "agreement": 1, "force": 2, "frame": "cost"},
    {"date": "1961-03-01", "document_id": "1", "organization": "Millers", "concept": "bridge", "agreement": 1, "force": 1, "frame": "cost"},
    {"date": "1961-03-01", "document_id": "1", "organization": "Ferrymen", "concept": "bridge", "agreement": 0, "force": -2, "frame": "law"},
    {"date": "1961-03-04", "document_id": "2", "organization": "Ferrymen", "concept": "toll", "agreement": 1, "force": 1, "frame": "cost"},
    {"date": "1961-03-04", "document_id": "2", "organization": "Millers", "concept": "toll", "agreement": 0, "force": -1, "frame": "cost"},
    {"date": "1961-03-05", "document_id": "3", "organization": "Weavers", "concept": "bridge", "agreement": 1, "force": 2, "frame": "law"},
    {"date": "1961-03-05", "document_id": "3", "organization": "Weavers", "concept": "toll", "agreement": 1, "force": 0, "frame": "law"},
    {"date": "1961-03-09", "document_id": "4", "organization": "Weavers", "concept": "toll", "agreement": 0, "force": -1, "frame": "cost"},
    {"date": "1961-03-09", "document_id": "4", "organization": "", "concept": "market", "agreement": 1, "force": 0, "frame": "law"},
]  # fmt: skip
TABLE = statement_table(DEBATE)


def matrix(table: StatementTable = TABLE, **options: Any) -> list[list[float]]:
    return discourse_network(table, **options)[0].matrix.tolist()


def test_two_mode_counts_nets_and_combinations() -> None:
    network = discourse_network(TABLE)[0]
    assert (network.rows, network.columns, network.n) == (
        ("Ferrymen", "Millers", "Weavers"),
        ("bridge", "toll"),
        8,
    )
    assert network.matrix.tolist() == [[1, 1], [2, 1], [1, 2]]
    assert matrix(aggregation="subtract") == [[-1, 1], [2, -1], [1, 0]]
    assert matrix(aggregation="combine") == [[2, 1], [1, 2], [1, 3]]
    assert matrix(aggregation="subtract", qualifier="force") == [[-2, 1], [3, -1], [2, -1]]
    assert matrix(aggregation="subtract", qualifier="frame") == [[1, 1], [2, 1], [1, 2]]


def test_activity_and_prominence_divide_by_totals() -> None:
    assert matrix(aggregation="subtract", normalization="activity") == [
        [-0.5, 0.5],
        [2 / 3, -1 / 3],
        [1 / 3, 0],
    ]
    assert matrix(normalization="prominence") == [[0.25, 0.25], [0.5, 0.25], [0.25, 0.5]]
    assert matrix(aggregation="combine", normalization="prominence") == [
        [2 / 3, 1 / 3],
        [1 / 3, 2 / 3],
        [1 / 3, 1],
    ]


def test_one_mode_congruence_and_conflict() -> None:
    one = {"kind": "one-mode"}
    assert matrix(**one) == [[0, 3, 3], [3, 0, 4], [3, 4, 0]]
    assert matrix(**one, aggregation="congruence") == [[0, 0, 1], [0, 0, 3], [1, 3, 0]]
    assert matrix(**one, aggregation="conflict") == [[0, 3, 2], [3, 0, 1], [2, 1, 0]]
    assert matrix(**one, aggregation="subtract") == [[0, -3, -1], [-3, 0, 2], [-1, 2, 0]]
    # Force runs from -2 to 2: -2 and 2 are 4/4 apart, 1 and -1 are 2/4 apart.
    conflict = np.array(matrix(**one, aggregation="conflict", qualifier="force"))
    assert conflict[0, 1] == pytest.approx(1 + 3 / 4 + 2 / 4)


def test_one_mode_normalisations() -> None:
    one = {"kind": "one-mode", "aggregation": "congruence"}
    assert matrix(**one, normalization="average")[0][2] == pytest.approx(1 / 2.5)
    assert matrix(**one, normalization="dna-cosine")[1][2] == pytest.approx(3 / 9)
    # Millers: bridge+ 2, toll- 1; Weavers: bridge+ 1, toll+ 1, toll- 1.
    assert matrix(**one, normalization="cosine")[1][2] == pytest.approx(3 / np.sqrt(5 * 3))
    assert matrix(**one, normalization="jaccard")[1][2] == pytest.approx(3 / (0 + 1 + 3))
    plain = matrix(kind="one-mode", normalization="cosine", qualifier=None)
    assert plain[0][1] == pytest.approx(3 / np.sqrt(2 * 5))


def test_duplicates_keep_the_first_of_each_unit() -> None:
    assert matrix(duplicates="document") == [[1, 1], [1, 1], [1, 2]]
    assert matrix(duplicates="range") == [[1, 1], [1, 1], [1, 1]]
    assert matrix(duplicates="range", aggregation="combine") == [[2, 1], [1, 2], [1, 3]]
    years = [
        {"date": day, "organization": "A", "concept": "c"}
        for day in ("1961-01-03", "1962-01-03", "1962-01-04")
    ]
    table = statement_table(years)
    for unit, left in (("week", 2), ("month", 2), ("year", 2), ("document", 3)):
        assert discourse_network(table, duplicates=unit, qualifier=None)[0].n == left
    for unit in ("week", "month"):
        assert discourse_network(table, duplicates=unit, qualifier=None, compat="dna-3.1")[0].n == 1


def test_weeks_are_those_of_iso_8601() -> None:
    days = ["2020-12-31", "2021-01-03", "2021-01-04"]
    table = statement_table([{"date": day, "organization": "A", "concept": "c"} for day in days])
    assert discourse_network(table, duplicates="week", qualifier=None)[0].n == 2


def test_filters_take_out_or_keep_alone() -> None:
    assert discourse_network(TABLE, exclude={"concept": ["toll"]})[0].columns == ("bridge",)
    assert discourse_network(TABLE, include={"concept": ["toll"], "agreement": ["1"]})[0].n == 2
    assert discourse_network(TABLE, exclude={"document.id": ["1"]}, isolates=True)[0].rows == (
        "Ferrymen",
        "Millers",
        "Weavers",
    )
    only = discourse_network(TABLE, include={"document_id": ["4"]}, isolates=True)[0]
    assert (only.rows, only.columns) == (("Weavers",), ("market", "toll"))
    with pytest.raises(NotFound, match="colour"):
        discourse_network(TABLE, exclude={"colour": ["red"]})


def test_isolates_keep_labels_of_the_period() -> None:
    network = discourse_network(TABLE, isolates=True, since="1961-03-05", until="1961-03-09")[0]
    assert (network.rows, network.columns) == (("Weavers",), ("bridge", "market", "toll"))
    assert network.to_json()["stop"] == "1961-03-09T23:59:59"
    assert network.start == datetime(1961, 3, 5, tzinfo=UTC)


def test_windows_cover_exactly_their_width_in_days() -> None:
    for width in (1, 2, 3, 4, 5):
        for window in discourse_network(TABLE, window=f"{width}D", isolates=True):
            assert window.start and window.stop
            assert (window.stop - window.start).days + 1 == width
    assert len(discourse_network(TABLE, window="3D")) == 7
    assert [each.n for each in discourse_network(TABLE, window="1D")] == [3, 0, 0, 2, 2, 0, 0, 0, 1]
    even = discourse_network(TABLE, window="4D", compat="dna-3.1")
    assert all(each.start and each.stop and (each.stop - each.start).days == 4 for each in even)


def test_windows_of_events_hold_exactly_as_many_statements() -> None:
    assert [each.n for each in discourse_network(TABLE, window="4E")] == [4] * 5
    assert [each.n for each in discourse_network(TABLE, window="4E", compat="dna-3.1")] == [5] * 4
    assert [each.n for each in discourse_network(TABLE, window="3E", step="2E")] == [3] * 3


def test_windows_without_statements_are_empty_or_full_of_zeros() -> None:
    gap = discourse_network(TABLE, window="1D")[1]
    assert gap.matrix.shape == (0, 0)
    assert not discourse_network(TABLE, window="1D", isolates=True)[1].matrix.any()


def test_kernels_weigh_by_distance() -> None:
    def weight(kernel: str, days: int, **options: Any) -> float:
        rows = [{"date": f"1961-03-{day:02d}", "organization": "A", "concept": "c"} for day in (1, 1 + days)]
        series = discourse_network(
            statement_table(rows), window="4D", kernel=kernel, qualifier=None, **options
        )
        return float(series[-1].matrix.sum() - _at_middle(kernel))

    assert weight("uniform", 1) == 0.5
    assert weight("triangular", 1) == 0.5
    assert weight("epanechnikov", 1) == pytest.approx(0.75 * 0.75)
    assert weight("gaussian", 1) == pytest.approx(np.exp(-0.125) / np.sqrt(2 * np.pi))
    assert weight("gaussian", 8) == pytest.approx(np.exp(-8) / np.sqrt(2 * np.pi))
    assert weight("uniform", 3) == 0


def _at_middle(kernel: str) -> float:
    return {"uniform": 0.5, "triangular": 1.0, "epanechnikov": 0.75, "gaussian": 1 / np.sqrt(2 * np.pi)}[
        kernel
    ]


def test_a_uniform_kernel_gives_half_the_plain_network_and_no_self_loops() -> None:
    one = {"kind": "one-mode", "aggregation": "subtract", "isolates": True}
    wide = discourse_network(TABLE, window="16D", kernel="uniform", **one)
    whole = discourse_network(TABLE, **one)[0]
    middle = next(each for each in wide if each.n == 8)
    np.testing.assert_allclose(middle.matrix, whole.matrix / 2)
    assert not np.diagonal(middle.matrix).any()
    averaged = discourse_network(TABLE, window="16D", kernel="uniform", normalization="average", **one)
    plain = discourse_network(TABLE, normalization="average", **one)[0]
    np.testing.assert_allclose(next(each for each in averaged if each.n == 8).matrix, plain.matrix)


def test_agreement_alone_is_positive_under_a_kernel_too() -> None:
    settings_: dict[str, Any] = {
        "aggregation": "subtract",
        "window": "16D",
        "kernel": "uniform",
        "include": {"agreement": ["1"]},
    }
    assert all((each.matrix >= 0).all() for each in discourse_network(TABLE, **settings_))
    assert any((each.matrix < 0).any() for each in discourse_network(TABLE, **settings_, compat="dna-3.1"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"aggregation": "congruence"}, "two-mode"),
        ({"kind": "one-mode", "normalization": "activity"}, "one-mode"),
        ({"qualifier": None, "aggregation": "subtract"}, "needs a qualifier"),
        ({"variable2": "organization"}, "three different"),
        ({"kernel": "uniform"}, "give a window"),
        ({"window": "5E", "kernel": "uniform"}, "distance in time"),
        ({"window": "5E", "step": "1D"}, "both or neither"),
        ({"window": "soon"}, "no duration"),
        ({"window": "5D", "kernel": "uniform", "aggregation": "combine"}, "no weights"),
        ({"compat": "dna-2"}, "dna-3.1"),
    ],
)
def test_settings_that_make_no_sense_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        discourse_network(TABLE, **options)


def test_tables_come_from_rows_columns_and_frames_alike() -> None:
    names = sorted({name for row in DEBATE for name in row})
    by_column = statement_table({name: [row[name] for row in DEBATE] for name in names})

    class Series(list[Any]):
        def to_list(self) -> list[Any]:
            return list(self)

    class Frame:
        columns = names

        def __getitem__(self, name: str) -> Series:
            return Series(row[name] for row in DEBATE)

    for table in (by_column, statement_table(Frame())):
        assert matrix(table, aggregation="subtract") == matrix(aggregation="subtract")
    texts = statement_table([{name: str(value) for name, value in row.items()} for row in DEBATE])
    assert matrix(texts, aggregation="combine") == matrix(aggregation="combine")


def test_tables_say_what_is_wrong() -> None:
    with pytest.raises(InvalidRecord, match="has 2 values"):
        statement_table({"organization": ["A"], "concept": ["c", "d"]})
    with pytest.raises(InvalidRecord, match="agreement"):
        statement_table({"organization": ["A"], "agreement": ["perhaps"]}, kinds={"agreement": "boolean"})
    with pytest.raises(InvalidValue, match="yesterday"):
        statement_table([{"date": "yesterday", "organization": "A"}])
    with pytest.raises(NotFound, match="organization"):
        discourse_network(statement_table([{"date": "1961-01-01", "who": "A", "concept": "c"}]))


def test_labels_sort_by_utf_16_code_unit() -> None:
    names = ["\U00010348", "\ufb01x", "b", "A", "a", "Z"]
    table = statement_table([{"organization": name, "concept": "c"} for name in names])
    assert discourse_network(table, qualifier=None)[0].rows == ("A", "Z", "a", "b", "\U00010348", "\ufb01x")


def test_positions_become_statements_with_attributes() -> None:
    rows = [
        {
            "holders": ["A", "B"],
            "targets": ["C", "D"],
            "polarity": -1,
            "concept": "toll",
            "agreement": -1,
            "day": "1961-03-01",
        },
        {"holders": ["C"], "concept": "toll", "agreement": 1, "day": "1961-03-02"},
        {"holders": ["C"], "concept": "toll", "day": "1961-03-02"},
        {"holders": ["A"], "targets": ["C"], "polarity": 1, "day": "1961-03-03"},
    ]
    table = statements_of(columns_of(rows))
    assert matrix(table) == [[1], [1], [2]]
    assert matrix(table, aggregation="subtract") == [[-1], [-1], [1]]
    paired = with_attribute(table, "organization", "pact", {"A": "North", "B": "North", "C": "South"})
    assert matrix(paired, variable1="organization.pact", aggregation="subtract") == [[-2], [1]]
    three = three_mode_table(statements_of(columns_of(rows), targets=True), qualifier="agreement")
    assert list(three.rows) == [
        ("A", "C", "toll"),
        ("A", "D", "toll"),
        ("B", "C", "toll"),
        ("B", "D", "toll"),
    ]
    assert three.counts.tolist() == [[1, 0]] * 4
    assert three.dense().shape == (2, 2, 1, 2)


def test_counts_by_level() -> None:
    counts = level_counts(TABLE, "concept")
    assert (counts.rows, counts.columns, counts.matrix.tolist()) == (("bridge", "market", "toll"), ("0", "1"), [[1, 2], [0, 1], [2, 2]])  # fmt: skip
    assert level_counts(TABLE, "organization", qualifier="force", duplicates="include").columns == (
        "-2",
        "-1",
        "0",
        "1",
        "2",
    )
    assert level_counts(TABLE, "frame", qualifier=None).columns == ("all",)


def oracle(
    rows: list[dict[str, Any]], aggregation: str, normalization: str, qualifier: str
) -> dict[tuple[str, str], float]:
    """Return the one-mode network by plain loops over pairs of statements and cells."""
    names = sorted({row["organization"] for row in rows})
    levels = sorted({row[qualifier] for row in rows})
    span = (1 if qualifier == "agreement" else levels[-1] - levels[0]) if qualifier != "frame" else 0
    count = {
        key: sum((r["organization"], r["concept"], r[qualifier]) == key for r in rows)
        for key in product(names, {row["concept"] for row in rows}, levels)
    }
    result = {}
    for one, two in product(names, names):
        near = far = same = only = every = 0.0
        for (name, concept, level), x in count.items():
            if name != one:
                continue
            for other in levels:
                y = count[two, concept, other]
                every += x * y
                if qualifier != "frame":
                    gap = abs(level - other) / span if span else 0.0
                    near, far = near + x * y * (1 - gap), far + x * y * gap
            y = count[two, concept, level]
            same += x * y
            only += x * (y == 0) + y * (x == 0)
        if qualifier == "frame":
            near, far = same, only
        value = {"ignore": every, "congruence": near, "conflict": far, "subtract": near - far}[aggregation]
        total = [sum(row["organization"] == name for row in rows) for name in (one, two)]
        divisor = {
            "none": 1.0,
            "average": sum(total) / 2,
            "jaccard": only + same,
            "dna-cosine": total[0] * total[1],
        }
        by = divisor[normalization]
        result[one, two] = 0.0 if one == two or not by else value / by
    return result


ROW = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["1961-03-01", "1961-04-01"]),
        "organization": st.sampled_from("ABCD"),
        "concept": st.sampled_from("xyz"),
        "agreement": st.sampled_from([0, 1]),
        "force": st.sampled_from([-2, 0, 1, 3]),
        "frame": st.sampled_from(["law", "cost", "right"]),
    }
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=25),
    st.sampled_from(["ignore", "congruence", "conflict", "subtract"]),
    st.sampled_from(["none", "average", "jaccard", "dna-cosine"]),
    st.sampled_from(["agreement", "force", "frame"]),
)
def test_one_mode_agrees_with_plain_loops(
    rows: list[dict[str, Any]], aggregation: str, normalization: str, qualifier: str
) -> None:
    kinds: Any = {"agreement": "boolean", "force": "integer", "frame": "text"}
    network = discourse_network(
        statement_table(rows, kinds=kinds),
        options=DiscourseOptions(
            kind="one-mode",
            aggregation=aggregation,
            normalization=normalization,
            qualifier=qualifier,  # type: ignore[arg-type]
        ),
    )[0]
    expected = oracle(rows, aggregation, normalization, qualifier)
    for (i, one), (j, two) in product(enumerate(network.rows), enumerate(network.columns)):
        assert network.matrix[i, j] == pytest.approx(expected[one, two], abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=25),
    st.sampled_from(["congruence", "subtract", "ignore"]),
    st.sampled_from(["agreement", "force", "frame"]),
)
def test_cosines_lie_between_minus_one_and_one(
    rows: list[dict[str, Any]], aggregation: str, qualifier: str
) -> None:
    found = discourse_network(
        statement_table(rows),
        kind="one-mode",
        aggregation=aggregation,
        qualifier=qualifier,
        normalization="cosine",
    )[0].matrix
    assert qualifier == "frame" or np.abs(found).max(initial=0) <= 1 + 1e-9


@settings(max_examples=30, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25), st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]], random: Any) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)
    for options in ({"aggregation": "subtract"}, {"kind": "one-mode", "aggregation": "conflict"}):
        assert matrix(statement_table(rows), **options) == matrix(statement_table(shuffled), **options)
