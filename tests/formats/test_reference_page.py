from pathlib import Path

import pytest

from amity.formats import FORMATS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "formats.md"


@pytest.mark.skipif(not PAGE.is_file(), reason="the documentation is not beside the tests")
def test_every_format_stands_in_the_reference_as_the_code_has_it():
    rows = {
        cells[1].strip().strip("`"): [cell.strip() for cell in cells]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `") and len(cells := line.split("|")) == 8
    }
    assert set(rows) == set(FORMATS)
    for each in FORMATS.values():
        assert rows[each.name][3:7] == [
            "yes" if each.reads else "",
            "yes" if each.writes else "",
            each.what,
            each.loses,
        ]
