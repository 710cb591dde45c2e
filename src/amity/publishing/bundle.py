"""Everything that others need to check a finding, in one archive whose bytes follow from its content."""

import json
import platform
import sys
import tempfile
import zipfile
from importlib import metadata
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity import __version__
from amity.model import PositionFilter
from amity.publishing.export import coded_documents, export_project
from amity.publishing.figures import draw_figure
from amity.publishing.report import write_report

if TYPE_CHECKING:
    from amity.project import Project

LIBRARIES = (
    "numpy",
    "scipy",
    "highspy",
    "networkx",
    "matplotlib",
    "onnxruntime",
    "lxml",
    "pypdfium2",
    "trafilatura",
)
FIGURES = ("network", "matrix", "timeline")
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
REBUILD = '''"""Rebuild the figures and the report of this bundle: python rebuild.py (needs amity {version})."""

import shutil
import subprocess
import sys
from pathlib import Path

here = Path(__file__).parent
rebuilt = here / "rebuilt"
rebuilt.mkdir(exist_ok=True)
project = rebuilt / "project.amity"
shutil.copy(here / "project.amity", project)
amity = [sys.executable, "-m", "amity"]
options = {options!r}
for kind in {figures!r}:
    subprocess.run([*amity, "figure", str(project), kind, "--out", str(rebuilt / f"{{kind}}.svg"), *options], check=True)
subprocess.run([*amity, "report", str(project), "--out", str(rebuilt / "report.html"), *options], check=True)
'''


def write_bundle(project: "Project", path: str | PathLike[str], condition: PositionFilter) -> Path:
    """
    Write a reproducibility bundle: the project, codings with texts, decisions, network, figures, report, versions, and a script that rebuilds them.

    Parameters
    ----------
    project : Project
        An open project.
    path : path-like
        The zip archive to write.
    condition : PositionFilter
        Which positions count in network, figures and report.

    Returns
    -------
    Path
        The file written; the same project gives the same bytes, whenever it is written.
    """
    target = Path(path)
    with tempfile.TemporaryDirectory(prefix="amity-") as folder:
        place = Path(folder)
        export_project(project, "coding", place / "codings", condition)
        export_project(project, "graphml", place / "network.graphml", condition)
        write_report(project, place / "report.html", condition)
        captions = {}
        (place / "figures").mkdir()
        for kind in FIGURES:
            drawing, captions[kind] = draw_figure(project, kind, condition)
            drawing.save(place / "figures" / f"{kind}.svg")
        _write_json(place / "figures" / "captions.json", captions)
        _write_json(place / "decisions.json", _decisions(project, condition))
        _write_json(place / "reads.json", _reads(project))
        _write_json(
            place / "settings.json",
            {
                "filter": {
                    "min_score": condition.min_score,
                    "since": condition.since,
                    "until": condition.until,
                    "acts": condition.acts,
                },
                "project": project.settings.all(),
            },
        )
        _write_json(place / "versions.json", _versions())
        project.copy_to(place / "project.amity")
        script = REBUILD.format(version=__version__, figures=FIGURES, options=_options(condition))
        (place / "rebuild.py").write_text(script, encoding="utf-8")
        _zip(place, target)
    return target


def _options(condition: PositionFilter) -> list[str]:
    """The command line's options for a filter."""
    options = ["--min-score", f"{condition.min_score:g}"]
    single = (("--since", condition.since), ("--until", condition.until), ("--search", condition.text))
    options += [part for name, value in single if value for part in (name, value)]
    repeated = (
        ("--holder", condition.holders), ("--target", condition.targets), ("--actor", condition.actors), ("--act", condition.acts),
        ("--polarity", condition.polarities), ("--status", condition.statuses), ("--voice", condition.voices), ("--state", condition.states),
        ("--concept", condition.concepts), ("--document", condition.documents), ("--kind-of-document", condition.kinds),
    )  # fmt: skip
    return options + [part for name, values in repeated for value in values for part in (name, str(value))]


def _write_json(path: Path, value: Any) -> None:
    path.write_text(
        json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n", encoding="utf-8"
    )


def _decisions(project: "Project", condition: PositionFilter) -> list[dict[str, Any]]:
    decided = []
    for document, coding in coded_documents(project, condition):
        for position in coding.positions:
            for each in project.decisions(position.id):
                decided.append(
                    {
                        "document": document.id,
                        "position": position.id,
                        "verdict": each.verdict,
                        "by": each.origin.agent,
                        "at": each.at,
                        "note": each.note,
                    }
                )
    return decided


def _reads(project: "Project") -> list[dict[str, Any]]:
    return [
        {
            "reader": run.origin.agent,
            "version": run.origin.version,
            "settings": run.origin.settings,
            "started": run.started,
            "documents": run.documents,
            "positions": run.positions,
            "unreadable": [dict(each) for each in run.unreadable],
        }
        for run in project.read_runs()
    ]


def _versions() -> dict[str, str]:
    found = {"amity": __version__, "python": platform.python_version(), "platform": sys.platform}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def _zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
