"""The public door, the exception tree and what an import costs."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import amity
from amity import errors
from amity.cli import COMMANDS


def test_all_is_sorted_and_complete() -> None:
    assert list(amity.__all__) == sorted(amity.__all__)
    assert all(hasattr(amity, name) for name in amity.__all__)


def test_every_public_name_has_a_home_and_a_page() -> None:
    pages = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).parents[1] / "docs" / "reference").glob("*.md")
    )
    assert set(amity.__all__) - {"__version__"} == set(amity._HOME)
    assert [name for name in amity.__all__ if name not in pages and name != "__version__"] == []


def test_every_command_is_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"## amity {name}" not in page] == []


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    defined = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.AmityError)
    ]
    assert sorted(["AmityError", *drawn]) == sorted(defined)


def test_import_and_help_load_nothing_heavy() -> None:
    heavy = (
        "numpy",
        "scipy",
        "networkx",
        "lxml",
        "matplotlib",
        "onnxruntime",
        "highspy",
        "trafilatura",
        "starlette",
        "rich",
        "sqlite3",
    )
    code = (
        "import sys, amity, amity.cli, click\n"
        "from click.testing import CliRunner\n"
        "assert CliRunner().invoke(amity.cli.main, ['--help']).exit_code == 0\n"
        f"print([each for each in {heavy!r} if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_generated_pages_are_up_to_date() -> None:
    docs = Path(__file__).parents[1] / "docs"
    specification = importlib.util.spec_from_file_location("generate", docs / "generate.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    stale = [
        page
        for page, write in module.PAGES.items()
        if (docs / "reference" / page).read_text(encoding="utf-8") != write()
    ]
    assert stale == [], "run: python docs/generate.py"
