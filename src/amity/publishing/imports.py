"""Codings of other tools → a project."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from amity import __version__
from amity.formats import Imported
from amity.model import Origin

if TYPE_CHECKING:
    from amity.project import Project


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought."""

    documents: int
    duplicates: int
    positions: int
    selections: int
    problems: tuple[dict[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)


def import_codings(
    project: "Project", imported: Imported, *, source: str, format_name: str, coder: str = ""
) -> ImportReport:
    """
    Bring documents with codings into a project.

    Parameters
    ----------
    project : Project
        An open project.
    imported : Imported
        From a format's reader.
    source : str
        Name of the file.
    format_name : str
        Name of the format.
    coder : str
        Whose decisions the codings are; suggestions of the import if empty.

    Returns
    -------
    ImportReport
        What came in, and what could not be taken over.
    """
    added = project.add_read(imported.pairs, origin=Origin(f"import:{format_name}", __version__, source))
    positions = sum(len(coding.positions) for coding in imported.codings)
    if coder:
        for coding in imported.codings:
            project.decide_many(
                [each.id for each in coding.positions],
                "accepted",
                origin=Origin(f"coder:{coder}"),
                note=f"imported from {source}",
            )
    return ImportReport(
        sum(each.outcome != "duplicate" for each in added),
        sum(each.outcome == "duplicate" for each in added),
        positions,
        len(imported.selections),
        tuple({"place": each.place, "reason": each.reason, "kept": each.kept} for each in imported.problems),
    )
