"""Hold every public docstring to numpydoc: run as ``python -m tests.numpydoc_lint``."""

import importlib
import inspect
import pkgutil
import sys

import amity

CHECKS = {
    "GL03",
    "GL06",
    "GL07",
    "GL08",
    "SS01",
    "SS03",
    "SS05",
    "PR01",
    "PR02",
    "PR03",
    "PR04",
    "PR10",
    "RT01",
    "RT03",
    "YD01",
}
"""Summary present and not a lone article, sections known and in order, every parameter described, every return described."""


def public_functions() -> list[str]:
    """
    Return the dotted names of the public functions and classes of every room.

    Returns
    -------
    list of str
        Sorted.
    """
    names = set()
    for info in pkgutil.walk_packages(amity.__path__, "amity."):
        if (
            any(part.startswith("_") for part in info.name.split("."))
            or ".cli" in info.name
            or ".web.routes." in info.name
        ):
            continue
        module = importlib.import_module(info.name)
        for name in getattr(module, "__all__", [each for each in vars(module) if not each.startswith("_")]):
            item = getattr(module, name, None)
            if inspect.isfunction(item) and item.__module__.startswith("amity."):
                names.add(f"{item.__module__}.{item.__qualname__}")
    return sorted(names)


def main() -> int:
    """
    Print what does not hold and return the exit code.

    Returns
    -------
    int
        0 if every docstring holds.
    """
    from numpydoc.validate import validate

    problems = [
        f"{name}: {code} {text}"
        for name in public_functions()
        for code, text in validate(name)["errors"]
        if code in CHECKS
    ]
    sys.stdout.write("".join(f"{each}\n" for each in problems))
    sys.stdout.write(f"numpydoc: {len(public_functions())} public functions, {len(problems)} problems\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
