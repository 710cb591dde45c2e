"""What `amity learn` made of the scores, worked out when it is asked for: the stored first scores never change."""

import json
import sqlite3
import threading
from dataclasses import replace

import numpy as np

from amity.evaluation.learning import LearnedLayer, layer_from_json
from amity.store.catalogue import Catalogue
from amity.store.judging import fetch_suggestions
from amity.store.records import PositionRow
from amity.store.runs import get_setting
from amity.store.table import PositionTable

LEARNED = "learned"
"""The setting that holds the layer."""


class LearnedScores:
    """The learned score of each suggestion, followed from revision to revision; safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._layer: LearnedLayer | None = None
        self._key: tuple[str, int, int] | None = None
        self._scores: dict[int, float] = {}
        self._last = 0
        self._seen: tuple[PositionTable, PositionTable] | None = None

    def applied(
        self, connection: sqlite3.Connection, table: PositionTable, catalogue: Catalogue
    ) -> PositionTable:
        """
        Return a table with learned scores in place of the readers' own.

        Parameters
        ----------
        connection : sqlite3.Connection
            Of the same moment.
        table : PositionTable
            With the first scores.
        catalogue : Catalogue
            Actors.

        Returns
        -------
        PositionTable
            The same table where nothing was learned.

        Raises
        ------
        InvalidRecord
            If the setting holds no layer.
        """
        with self._lock:
            record = get_setting(connection, LEARNED)
            if record is None:
                self._layer, self._key, self._scores, self._last, self._seen = None, None, {}, 0, None
                return table
            key = (
                json.dumps(record, sort_keys=True),
                catalogue.counts["actor"],
                catalogue.counts["appearance"],
            )
            if key != self._key:
                self._layer = layer_from_json(record)
                self._key, self._scores, self._last, self._seen = key, {}, 0, None
            if self._seen is not None and self._seen[0] is table:
                return self._seen[1]
            self._extend(connection, catalogue)
            positions = table.positions.copy()
            rows, own = positions["row"].tolist(), positions["score"].tolist()
            known = self._scores
            positions["score"] = np.array(
                [known.get(row, score) for row, score in zip(rows, own, strict=True)], dtype=np.float64
            )
            fresh = replace(table, positions=positions)
            self._seen = (table, fresh)
            return fresh

    def _extend(self, connection: sqlite3.Connection, catalogue: Catalogue) -> None:
        """Score what came since; positions are written once, so earlier scores hold."""
        layer = self._layer
        found = list(fetch_suggestions(connection, catalogue, after=self._last))
        if layer is None or not found:
            return
        rows = [row for row, _ in found]
        scores = layer.scores([each for _, each in found])
        self._scores.update(zip(rows, scores.tolist(), strict=True))
        self._last = max(self._last, *rows)

    def with_score(self, row: PositionRow, number: int) -> PositionRow:
        """
        Return a listed position with its learned score beside the first one.

        Parameters
        ----------
        row : PositionRow
            As stored.
        number : int
            Its row in the file.

        Returns
        -------
        PositionRow
            The same where nothing was learned.
        """
        score = self._scores.get(int(number))
        return row if score is None else replace(row, learned_score=score)
