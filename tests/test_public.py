"""The public door, the exception tree and what an import costs."""

import re
import subprocess
import sys

import amity
from amity import errors


def test_all_is_sorted_and_complete() -> None:
    assert list(amity.__all__) == sorted(amity.__all__)
    assert all(hasattr(amity, name) for name in amity.__all__)


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
