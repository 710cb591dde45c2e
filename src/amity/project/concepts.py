"""A project's concepts."""

from collections.abc import Iterable

from amity.model import Origin
from amity.project.base import OpenFile
from amity.store import concepts as stored
from amity.store.journal import begin
from amity.store.listing import list_concepts
from amity.store.records import ConceptRow


class Concepts:
    """
    Concepts of a project: listed, added, renamed, merged, put under broader ones.

    Parameters
    ----------
    file : OpenFile
        The open project.
    """

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def list(self) -> list[ConceptRow]:
        """
        Return the concepts, most used first.

        Returns
        -------
        list of ConceptRow
            Those that stand for themselves, with counts.
        """
        with self._file._moment() as (_, table, catalogue):
            return list_concepts(table, catalogue)

    def add(self, name: str, *, broader: str | None = None, origin: Origin | None = None) -> str:
        """
        Return the id of a concept that is there now.

        Parameters
        ----------
        name : str
            Its name.
        broader : str or None
            Id or name of the concept it belongs under.
        origin : Origin or None
            Who adds it.

        Returns
        -------
        str
            As in ``c12``.

        Raises
        ------
        InvalidValue
            If the name is empty or taken.
        NotFound
            If there is no such broader concept.
        """
        with self._file._writing() as connection:
            act = begin(connection, "concept.add", self._file._who(origin))
            row = stored.add_concept(act, name, broader=broader)
            act.describe(f"added concept {name}", after={"concept": f"c{row}", "name": name})
        return f"c{row}"

    def rename(self, concept: str, name: str, *, origin: Origin | None = None) -> None:
        """
        Give a concept another name.

        Parameters
        ----------
        concept : str
            Its id or name.
        name : str
            The new name.
        origin : Origin or None
            Who renames it.

        Raises
        ------
        NotFound
            If there is no such concept.
        InvalidValue
            If the name is empty or taken.
        """
        with self._file._writing() as connection:
            act = begin(connection, "concept.rename", self._file._who(origin))
            former = stored.rename_concept(act, concept, name)
            act.describe(f"renamed concept {former} to {name}", before={"name": former}, after={"name": name})
            self._file._writer.concepts.clear()

    def merge(self, concepts: Iterable[str], into: str, *, origin: Origin | None = None) -> None:
        """
        Let one concept stand for others.

        Parameters
        ----------
        concepts : iterable of str
            Ids or names of the others.
        into : str
            Id or name of the one that stays.
        origin : Origin or None
            Who merges them.

        Raises
        ------
        NotFound
            If one is unknown.
        InvalidValue
            If nothing is left to merge.
        """
        with self._file._writing() as connection:
            act = begin(connection, "concept.merge", self._file._who(origin))
            merged = stored.merge_concepts(act, [*concepts], into)
            act.describe(
                f"merged concepts {', '.join(merged)} into {into}",
                before={"concepts": merged},
                after={"concept": into},
            )

    def place(self, concept: str, broader: str | None, *, origin: Origin | None = None) -> None:
        """
        Put a concept under a broader one.

        Parameters
        ----------
        concept : str
            Its id or name.
        broader : str or None
            The broader one's id or name; None for none.
        origin : Origin or None
            Who places it.

        Raises
        ------
        NotFound
            If one is unknown.
        InvalidValue
            If the concept would come to stand under itself.
        """
        with self._file._writing() as connection:
            act = begin(connection, "concept.place", self._file._who(origin))
            stored.place_concept(act, concept, broader)
            act.describe(f"put concept {concept} under {broader or 'none'}", after={"broader": broader})
