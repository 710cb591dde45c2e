import doctest
from pathlib import Path

from amity.measures import MEASURES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_examples_of_the_comparison_run() -> None:
    failed, tried = doctest.testfile(str(DOCS / "explanation" / "measures.md"), module_relative=False)
    assert (failed, tried > 5) == (0, True)


def test_the_reference_lists_every_measure_in_its_own_words() -> None:
    page = (DOCS / "reference" / "measures.md").read_text(encoding="utf-8")
    for measure in MEASURES.values():
        assert f"| `{measure.name}` | {measure.what} |" in page
