import subprocess
from datetime import date
from shutil import which

import pytest

from amity.errors import InvalidRecord
from amity.formats import FORMATS
from amity.formats.authority import DatedRole, read_actor_dictionary, read_actor_table, write_actor_table
from amity.formats.cells import read_table

from .worlds import NETWORK, POSITIONS


def test_actors_come_back_from_a_table_with_attributes_and_formulas_guarded(tmp_path):
    (path,) = write_actor_table(NETWORK.actors, tmp_path / "a.csv")
    assert "'+1 Nobody" in path.read_text(encoding="utf-8")
    assert tuple(read_actor_table(path)) == NETWORK.actors


def test_a_table_needs_names_and_unlike_ids(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Label;wikidata\nMill Guild;Q1\n", encoding="utf-8")
    (actor,) = read_actor_table(path)
    assert (actor.id, actor.attributes) == ("Mill Guild", {"wikidata": "Q1"})
    for text, reason in (
        ("x,y\n1,2\n", "called name"),
        ("id,name\n1,a\n1,b\n", "twice"),
        ("id,name\n1,\n", "needs a name"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InvalidRecord, match=reason):
            read_actor_table(path)


DICTIONARY = """# governments of an invented isle
ADA_BRASK_ ; a remark
+PREMIER_BRASK
\t[BRKGOV 910102-951231]
\t[BRKOPP >960101]
\t[BRKELI <901231]
MILL_GUILD [BRKLAB]
"""


def test_dated_roles_resolve_to_the_right_government(tmp_path):
    path = tmp_path / "d.txt"
    path.write_text(DICTIONARY, encoding="utf-8")
    (ada, guild), problems = read_actor_dictionary(path)
    assert (ada.name, ada.aliases, problems) == ("ADA BRASK", ("PREMIER BRASK",), [])
    assert ada.roles[0] == DatedRole("BRKGOV", date(1991, 1, 2), date(1995, 12, 31))
    for day, code in (
        *(
            ((1985, 5, 5), "BRKELI"),
            ((1990, 12, 31), "BRKELI"),
            ((1991, 1, 1), None),
            ((1991, 1, 2), "BRKGOV"),
        ),
        *(((1995, 12, 31), "BRKGOV"), ((1996, 1, 1), "BRKOPP"), ((2030, 1, 1), "BRKOPP")),
    ):
        assert ada.code_on(date(*day)) == code
    assert ada.code_on() is None and guild.code_on() == guild.code_on(date(1990, 1, 1)) == "BRKLAB"


def test_broken_dictionary_lines_are_listed(tmp_path):
    path = tmp_path / "d.txt"
    path.write_text("+EARLY\nADA [X 19911399]\nBO [X >20010230]\nCY [A B C]\n", encoding="utf-8")
    entries, problems = read_actor_dictionary(path)
    assert [entry.name for entry in entries] == ["ADA", "BO", "CY"] and len(problems) == 4
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(InvalidRecord, match="no actor"):
        read_actor_dictionary(path)


def test_the_folder_for_r_has_tables_and_a_script(tmp_path):
    written = FORMATS["r"].write(NETWORK, tmp_path / "r.d", positions=POSITIONS.__getitem__)
    assert [path.name for path in written] == ["edges.csv", "nodes.csv", "positions.csv", "network.R"]
    script = written[-1].read_text(encoding="utf-8")
    columns = set(next(read_table(written[0]))[1])
    assert {"source", "target", "support", "opposition"} <= columns
    assert all(file in script for file in ("edges.csv", "nodes.csv", "igraph", "signnet", "network::network"))
    assert script.count("(") == script.count(")") and script.count("{") == script.count("}")


@pytest.mark.skipif(which("Rscript") is None, reason="R is not installed")
def test_the_script_runs_in_r_and_reads_the_numbers(tmp_path):
    FORMATS["r"].write(NETWORK, tmp_path)
    check = 'source("network.R"); cat(sum(edges$support), sum(edges$opposition), nodes$name[1])'
    answer = subprocess.run(
        ["Rscript", "-e", check], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip().endswith("2.6 3.25 +1 Nobody")
