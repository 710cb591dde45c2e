"""A project's positions: listed, counted, decided on, and as columns for networks."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, StaleWrite
from amity.evaluation.learning import Suggestion
from amity.model import Decision, Origin, Position, PositionFilter, Verdict, check_value
from amity.network import PositionColumns
from amity.network.influence import position_influence
from amity.project.base import OpenFile
from amity.project.learned import LEARNED
from amity.store import decisions as stored
from amity.store.columns import build_columns, order_places, select
from amity.store.judging import fetch_judged
from amity.store.listing import summarise
from amity.store.positions import fetch_decisions, fetch_position, fetch_rows
from amity.store.records import POSITION_ORDERS, PositionOrder, PositionRow, Summary
from amity.store.runs import get_setting
from amity.store.search import positions_with
from amity.store.table import PositionTable

_EVERYTHING = PositionFilter()


class Positions(OpenFile):
    """Positions: list, count, decide, columns."""

    def positions(
        self,
        filter: PositionFilter = _EVERYTHING,
        *,
        order: PositionOrder = "document",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[PositionRow]:
        """
        Return positions that pass a filter.

        Parameters
        ----------
        filter : PositionFilter
            Which; all that stand by default, in documents that no later version supersedes.
        order : {"document", "score", "date", "uncertainty", "influence"}
            ``score`` puts the surest first, ``uncertainty`` those nearest to one half, ``influence`` those on which the network of
            all standing positions hangs most. What `amity learn` made of the scores counts.
        limit : int or None
            At most so many.
        offset : int
            How many to pass over.

        Returns
        -------
        list of PositionRow
            With states; ties in document order.

        Raises
        ------
        NotFound
            If the filter names an actor or document that the project does not have.
        InvalidValue
            If there is no such order.
        """
        check_value("order", order, POSITION_ORDERS)
        if offset < 0 or (limit is not None and limit < 0):
            raise InvalidValue(f"limit {limit} and offset {offset} must not be negative")
        least = self.default_min_score if order == "influence" else 0.0
        with self._moment() as (connection, first, catalogue):
            table = self._learned.applied(connection, first, catalogue)
            places, _ = self._select(connection, table, catalogue, filter)
            if order == "influence":
                ordered = self._by_influence(connection, table, catalogue, places, least)
            else:
                ordered = order_places(table, places, order, first=None if limit is None else offset + limit)
            chosen = ordered[offset : None if limit is None else offset + limit]
            rows = fetch_rows(connection, catalogue, table.positions["row"][chosen].tolist())
            return [
                self._learned.with_score(row, table.positions["row"][at])
                for row, at in zip(rows, chosen, strict=True)
            ]

    def count_positions(self, filter: PositionFilter = _EVERYTHING) -> int:
        """
        Return how many positions pass a filter.

        Parameters
        ----------
        filter : PositionFilter
            Which.

        Returns
        -------
        int
            As many as `positions` lists without limit.

        Raises
        ------
        NotFound
            If the filter names an actor or document that the project does not have.
        """
        with self._moment() as (connection, first, catalogue):
            table = self._learned.applied(connection, first, catalogue)
            return len(self._select(connection, table, catalogue, filter)[0])

    def columns(self, filter: PositionFilter = _EVERYTHING) -> PositionColumns:
        """
        Return positions as numpy columns, one row for each holder and target.

        Parameters
        ----------
        filter : PositionFilter
            Which. A filter by actors keeps only the pairs that it names.

        Returns
        -------
        PositionColumns
            Ids are made when asked for; actors, documents and concepts are those that occur.

        Raises
        ------
        NotFound
            If the filter names an actor or document that the project does not have.
        """
        with self._moment() as (connection, first, catalogue):
            table = self._learned.applied(connection, first, catalogue)
            places, pairs = self._select(connection, table, catalogue, filter)
            return build_columns(table, catalogue, places, pairs)

    def position(self, position_id: str) -> PositionRow:
        """
        Return one position.

        Parameters
        ----------
        position_id : str
            Its id.

        Returns
        -------
        PositionRow
            With its state, whatever it is.

        Raises
        ------
        NotFound
            If there is none, or a later reading has withdrawn it.
        """
        with self._moment() as (connection, _, catalogue):
            return fetch_position(connection, catalogue, position_id)

    def decisions(self, position_id: str) -> list[Decision]:
        """
        Return the decisions about a position.

        Parameters
        ----------
        position_id : str
            Its id.

        Returns
        -------
        list of Decision
            Oldest first; undone ones are in the events only.

        Raises
        ------
        NotFound
            If there is no such position.
        """
        with self._database.read() as connection:
            return fetch_decisions(connection, position_id)

    def decide(
        self,
        position_id: str,
        verdict: Verdict,
        *,
        replacement: Position | None = None,
        note: str = "",
        expected: int | None = None,
        origin: Origin | None = None,
    ) -> str | None:
        """
        Return the id of the corrected position, after a decision about one.

        Parameters
        ----------
        position_id : str
            The position decided on.
        verdict : Verdict
            ``accepted``, ``rejected``, or ``edited`` with a replacement.
        replacement : Position or None
            The position as it should be; the first one and its score are kept beside it.
        note : str
            Free words.
        expected : int or None
            `PositionRow.revision` as it was shown to the person.
        origin : Origin or None
            Who decides.

        Returns
        -------
        str or None
            None unless edited.

        Raises
        ------
        NotFound
            If there is no such position or actor.
        InvalidValue
            If the verdict does not fit.
        StaleWrite
            If the position changed since it was shown.
        """
        with self._writing() as connection:
            return stored.decide(
                connection,
                self._writer,
                self._catalogue(connection),
                position_id,
                verdict,
                self._who(origin),
                replacement=replacement,
                note=note,
                expected=expected,
            )

    def add_position(self, position: Position, *, origin: Origin | None = None) -> str:
        """
        Return the id of a position that a person adds.

        Parameters
        ----------
        position : Position
            With the project's actor ids; its id and score are set by the project.
        origin : Origin or None
            Who adds it.

        Returns
        -------
        str
            Its id.

        Raises
        ------
        NotFound
            If the document or an actor is unknown.
        SpanMismatch
            If a span does not hold the document's words.
        """
        with self._writing() as connection:
            return stored.add_position(connection, self._writer, position, self._who(origin))

    def decide_all(
        self,
        filter: PositionFilter,
        verdict: Verdict,
        *,
        note: str = "",
        expected: int | None = None,
        origin: Origin | None = None,
    ) -> int:
        """
        Return how many positions one act has accepted or rejected.

        Parameters
        ----------
        filter : PositionFilter
            Which, as `count_positions` counts them for the preview.
        verdict : Verdict
            ``accepted`` or ``rejected``.
        note : str
            Free words.
        expected : int or None
            How many the preview showed.
        origin : Origin or None
            Who decides.

        Returns
        -------
        int
            Positions decided on.

        Raises
        ------
        InvalidValue
            If no position passes, or the verdict is another.
        StaleWrite
            If other than `expected` positions pass by now.
        """
        with self._writing() as connection:
            # Nothing is written yet, so this is the last committed state, and nobody else can change it now.
            with self._store_lock:
                first, catalogue = self._store.follow(connection)
            table = self._learned.applied(connection, first, catalogue)
            places, _ = self._select(connection, table, catalogue, filter)
            if expected is not None and len(places) != expected:
                raise StaleWrite(
                    f"{len(places)} positions pass the filter by now, not {expected}; look again"
                )
            rows = table.positions["row"][places].tolist()
            return stored.decide_many(connection, rows, verdict, self._who(origin), note=note)[1]

    def decide_many(
        self, position_ids: Iterable[str], verdict: Verdict, *, note: str = "", origin: Origin | None = None
    ) -> int:
        """
        Return how many of some positions one act has accepted or rejected.

        Parameters
        ----------
        position_ids : iterable of str
            Which.
        verdict : Verdict
            ``accepted`` or ``rejected``.
        note : str
            Free words.
        origin : Origin or None
            Who decides.

        Returns
        -------
        int
            Positions decided on.

        Raises
        ------
        NotFound
            If one is unknown; then nothing is decided.
        InvalidValue
            If there is none, or the verdict is another.
        """
        with self._writing() as connection:
            rows = stored.rows_or_raise(connection, position_ids)
            return stored.decide_many(connection, rows, verdict, self._who(origin), note=note)[1]

    def recode_many(
        self,
        position_ids: Iterable[str],
        *,
        note: str = "",
        origin: Origin | None = None,
        **changes: Any,
    ) -> int:
        """
        Return how many of some positions one act has corrected in the same fields.

        Parameters
        ----------
        position_ids : iterable of str
            Which.
        note : str
            Free words.
        origin : Origin or None
            Who corrects them.
        **changes : object
            Fields of `Position` with their new values, as in ``act="warn"``.

        Returns
        -------
        int
            Positions corrected; those that have the values already stay as they are.

        Raises
        ------
        NotFound
            If a position or actor is unknown; then nothing is changed.
        InvalidValue
            If a field or value is none, or nothing would change.
        """
        with self._writing() as connection:
            return stored.recode_many(
                connection,
                self._writer,
                self._catalogue(connection),
                list(position_ids),
                self._who(origin),
                changes=changes,
                note=note,
            )[1]

    def summary(self) -> Summary:
        """
        Return the project in numbers.

        Returns
        -------
        Summary
            Of current documents and standing positions.
        """
        name = self.name
        with self._moment() as (connection, table, catalogue):
            return summarise(connection, table, catalogue, name=name)

    @property
    def default_min_score(self) -> float:
        """
        The least score of an unchecked position that counts in networks, measures and reports: the setting ``min_score``, else
        the threshold that `amity learn` found, else 0.5.

        Lists show every suggestion, so that a person can check those below it too.
        """
        with self._database.read() as connection:
            chosen, learned = (get_setting(connection, name) for name in ("min_score", LEARNED))
        if chosen is None:
            chosen = learned.get("threshold") if isinstance(learned, dict) else None
        return 0.5 if chosen is None else float(chosen)

    def judged_suggestions(self) -> tuple[list[Suggestion], list[bool], int]:
        """
        Return the readers' suggestions that persons have decided on.

        Returns
        -------
        suggestions : list of Suggestion
            What can be learned from, with the readers' own scores.
        right : list of bool
            Whether each was right: accepted, or edited without a change of holders, targets, act or sign.
        added : int
            Positions that persons added.
        """
        with self._moment() as (connection, _, catalogue):
            return fetch_judged(connection, catalogue)

    def _by_influence(
        self, connection: Any, table: PositionTable, catalogue: Any, places: NDArray[np.int64], least: float
    ) -> NDArray[np.int64]:
        standing, pairs = self._select(connection, table, catalogue, _EVERYTHING)
        key = np.full(len(table.positions), -1.0)
        key[standing] = position_influence(build_columns(table, catalogue, standing, pairs), least=least)
        return places[np.argsort(-key[places], kind="stable")]

    def _select(
        self, connection: Any, table: PositionTable, catalogue: Any, wanted: PositionFilter
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        agents = dict(connection.execute("SELECT id, agent FROM origin")) if wanted.readers else {}
        found = positions_with(connection, wanted.text) if wanted.text.strip() else None
        return select(table, catalogue, wanted, agents=agents, found=found)
