"""Two copies of one project, coded apart, brought together act by act."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from amity.errors import InvalidValue
from amity.model import VERDICTS, Origin
from amity.store.actors import root_of
from amity.store.documents import document_text
from amity.store.encoding import pack_json, unpack_json
from amity.store.ids import intern_origin, pack_position, storable, unpack_position
from amity.store.journal import Act, begin
from amity.store.states import refresh_states, touch

_KEYS = {
    "attribute": ("actor", "name", "value", "since", "until"),
    "memo": ("subject", "row", "origin", "at"),
    "flag": ("subject", "row", "name"),
    "setting": ("name",),
    "coder": ("name",),
    "assignment": ("document", "coder"),
    "alias": ("actor", "name"),
}
"""What tells that a record of the one copy is a record of the other: nothing of it ever changes."""
_COUNTED = ("document", "position", "decision", "memo", "flag", "coder")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """
    Something about which two copies of a project disagree.

    Parameters
    ----------
    subject : str
        ``position``, ``undone``, or the kind of record.
    what : str
        The position's id, or what it is, in words.
    here, there : str
        What either copy says.
    """

    subject: str
    what: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Merged:
    """
    What came from another copy of a project.

    Parameters
    ----------
    acts : int
        Acts that this copy lacked.
    counts : mapping of str to int
        New documents, positions, decisions, memos, flags and coders.
    conflicts : tuple of MergeConflict
        What the copies disagree about.
    """

    acts: int
    counts: Mapping[str, int]
    conflicts: tuple[MergeConflict, ...] = ()


def merge(connection: sqlite3.Connection, other: sqlite3.Connection, origin: Origin) -> Merged:
    """
    Bring every act that counts in another copy, and that this one lacks, into this one; all as one act.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    other : sqlite3.Connection
        The other copy, reading.
    origin : Origin
        Who merges.

    Returns
    -------
    Merged
        What came, and what the copies disagree about.

    Raises
    ------
    InvalidValue
        If they are no copies of one project.

    Notes
    -----
    Acts are told apart by their guids, so merging again brings nothing. Of two decisions about one position both are
    kept, and the one made later counts, whichever copy it came from. A record that both copies changed keeps this
    copy's value.
    """
    _check_same_project(connection, other)
    present = dict(connection.execute("SELECT guid, undone FROM event").fetchall())
    events = _rows(
        other, "SELECT * FROM event WHERE kind NOT IN ('undo', 'redo', 'project.merge') ORDER BY id"
    )
    missing = [each for each in events if each["guid"] not in present and not each["undone"]]
    apart = [
        MergeConflict(
            "undone", each["summary"], *(("counts", "undone") if each["undone"] else ("undone", "counts"))
        )
        for each in events
        if present.get(each["guid"], each["undone"]) != each["undone"]
    ]
    if not missing:
        return Merged(0, dict.fromkeys(_COUNTED, 0), tuple(apart))
    whole = begin(connection, "project.merge", origin, "merged another copy")
    replay = _Replay(connection, other, whole.event)
    for each in missing:
        replay.event(each)
    conflicts = (*apart, *replay.conflicts, *replay.settle())
    whole.describe(
        f"merged another copy: {len(missing)} acts, {len(conflicts)} conflicts",
        after={"acts": len(missing), **replay.counts},
    )
    return Merged(len(missing), replay.counts, conflicts)


def _check_same_project(connection: sqlite3.Connection, other: sqlite3.Connection) -> None:
    query = "SELECT value FROM meta WHERE name = 'project'"
    own, its = connection.execute(query).fetchone(), other.execute(query).fetchone()
    if own != its:
        raise InvalidValue("the two files are no copies of one project; amity merge needs copies of one file")


def _rows(connection: sqlite3.Connection, query: str, *values: object) -> list[Row]:
    cursor = connection.execute(query, values)
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class _Replay:
    """Does again in one copy what was done in the other; rows are matched by what they are, not by number."""

    def __init__(self, connection: sqlite3.Connection, other: sqlite3.Connection, whole: int) -> None:
        self.connection, self.other, self.whole = connection, other, whole
        self.conflicts: list[MergeConflict] = []
        self.counts = dict.fromkeys(_COUNTED, 0)
        self.act = Act(connection, whole, 0, "")
        self.decided: set[int] = set()
        self._known: dict[tuple[str, int], int] = {}
        self._finders: dict[str, Callable[[Row], int]] = {
            "document": self._document,
            "actor": self._actor,
            "appearance": self._appearance,
            "concept": self._concept,
            "position": self._position,
            "reading": self._reading,
            "origin": self._origin,
            "event": self._event,
        }

    def event(self, event: Row) -> None:
        """Do one act again."""
        agent = self._one("origin", event["origin"])
        who = Origin(agent["agent"], agent["version"], agent["settings"], event["at"])
        self.act = begin(
            self.connection,
            event["kind"],
            who,
            event["summary"],
            act=self.whole,
            detail=json.loads(event["detail"]),
        )
        self.connection.execute("UPDATE event SET guid = ? WHERE id = ?", (event["guid"], self.act.event))
        self._known["event", event["id"]] = self.act.event
        for table in ("document", "actor", "concept", "appearance"):
            for row in self._made("SELECT id FROM {} WHERE event = ?", table, event):
                self.row(table, row)
        for alias in _rows(self.other, "SELECT * FROM alias WHERE event = ? ORDER BY id", event["id"]):
            self._alias(alias)
        for row in self._made("SELECT id FROM {} WHERE event = ?", "reading", event):
            self.row("reading", row)
        for row in self._made("SELECT id FROM {} WHERE event = ?", "position", event):
            self.row("position", row)
        for decision in _rows(self.other, "SELECT * FROM decision WHERE event = ? ORDER BY id", event["id"]):
            self._decision(decision)
        for change in _rows(self.other, "SELECT * FROM change WHERE event = ? ORDER BY id", event["id"]):
            before, after = (change[each] and json.loads(change[each]) for each in ("before", "after"))
            self._change(change["relation"], change["row"], before, after)
        self.connection.execute(
            "UPDATE event SET document = ?, position = ? WHERE id = ?",
            (
                self.row("document", event["document"]),
                self.row("position", event["position"]),
                self.act.event,
            ),
        )

    def _made(self, query: str, table: str, event: Row) -> list[int]:
        return [row for (row,) in self.other.execute(query.format(table) + " ORDER BY id", (event["id"],))]

    def _one(self, table: str, row: int) -> Row:
        return _rows(self.other, f"SELECT * FROM {table} WHERE id = ?", row)[0]

    def row(self, table: str, row: int | None) -> int | None:
        """The row here of a row there; made where it is missing."""
        if row is None:
            return None
        if (table, row) not in self._known:
            self._known[table, row] = self._finders[table](self._one(table, row))
        return self._known[table, row]

    def _insert(self, table: str, values: Mapping[str, object]) -> int:
        fields = {name: value for name, value in values.items() if name != "id"}
        if "event" in fields:
            fields["event"] = self.act.event
        if table in self.counts:
            self.counts[table] += 1
        marks = ", ".join("?" for _ in fields)
        cursor = self.connection.execute(
            f"INSERT INTO {table}({', '.join(fields)}) VALUES ({marks})", tuple(fields.values())
        )
        return int(cursor.lastrowid or 0)

    def _first(self, query: str, *values: object) -> int | None:
        found = self.connection.execute(query, values).fetchone()
        return None if found is None else int(found[0])

    def _origin(self, row: Row) -> int:
        return intern_origin(self.connection, Origin(row["agent"], row["version"], row["settings"]))

    def _event(self, row: Row) -> int:
        return self._first("SELECT id FROM event WHERE guid = ?", row["guid"]) or self.act.event

    def _document(self, row: Row) -> int:
        found = self._first(
            "SELECT id FROM document WHERE sha256 = ? AND live ORDER BY uid = ? DESC, superseded, id",
            row["sha256"],
            row["uid"],
        )
        if found is not None:
            return found
        uid, previous = row["uid"], self.row("document", row["previous"])
        version = row["version"]
        if self._first("SELECT id FROM document WHERE uid = ? AND live", uid) is not None:
            # Another text has this id here: both are kept, side by side.
            number = 2
            while (
                self._first("SELECT id FROM document WHERE uid = ? AND live", f"{uid}~{number}") is not None
            ):
                number += 1
            self.conflicts.append(MergeConflict("document", uid, uid, f"{uid}~{number}"))
            uid = f"{uid}~{number}"
        new = self._insert(
            "document",
            {**row, "uid": uid, "previous": previous, "version": version, "superseded": 0, "live": 1},
        )
        text, exact = self.other.execute(
            "SELECT text, exact FROM document_text WHERE id = ?", (row["id"],)
        ).fetchone()
        self.connection.execute("INSERT INTO document_text VALUES (?, ?, ?)", (new, text, exact))
        self.connection.execute("INSERT INTO document_words(rowid, text) VALUES (?, ?)", (new, text))
        return new

    def _actor(self, row: Row) -> int:
        wanted, number = row["uid"], 1
        uid = wanted
        guid = self.other.execute("SELECT guid FROM event WHERE id = ?", (row["event"],)).fetchone()[0]
        while found := _rows(
            self.connection,
            "SELECT actor.*, event.guid FROM actor JOIN event ON event.id = actor.event WHERE uid = ?",
            uid,
        ):
            names = {found[0]["name"], *self._aliases(self.connection, found[0]["id"])}
            if found[0]["guid"] == guid or row["name"] in names:
                return self._alive(found[0]["id"])
            number += 1
            uid = f"{wanted}-{number}"
        return self._insert("actor", {**row, "uid": uid, "merged_into": None, "live": 1})

    def _alive(self, actor: int) -> int:
        self.connection.execute("UPDATE actor SET live = 1 WHERE id = ? AND NOT live", (actor,))
        return actor

    @staticmethod
    def _aliases(connection: sqlite3.Connection, actor: int) -> set[str]:
        return {
            name
            for (name,) in connection.execute("SELECT name FROM alias WHERE actor = ? AND live", (actor,))
        }

    def _alias(self, row: Row) -> None:
        actor = self.row("actor", row["actor"])
        if row["live"] and not self._first(
            "SELECT id FROM alias WHERE actor = ? AND name = ? AND live", actor, row["name"]
        ):
            self._insert("alias", {**row, "actor": actor})

    def _appearance(self, row: Row) -> int:
        document = self.row("document", row["document"])
        wanted = row["key"].split("~")[0]
        for found, key in self.connection.execute(
            "SELECT id, key FROM appearance WHERE document = ? AND name = ? AND live ORDER BY key = ? DESC, id",
            (document, row["name"], row["key"]),
        ):
            if key.split("~")[0] == wanted:
                return int(found)
        key, number = row["key"], 1
        while self._first("SELECT id FROM appearance WHERE document = ? AND key = ? AND live", document, key):
            number += 1
            key = f"{wanted}~{number}"
        # A later split or link of the other copy comes with its own act; this is where it stands there now.
        actor = self.row("actor", row["actor"])
        return self._insert(
            "appearance", {**row, "document": document, "key": key, "actor": actor, "live": 1}
        )

    def _concept(self, row: Row) -> int:
        found = self._first("SELECT id FROM concept WHERE name = ? ORDER BY id", row["name"])
        if found is not None:
            return found
        return self._insert("concept", {**row, "broader": None, "merged_into": None})

    def _listed(self, packed: str) -> str:
        rows = [self.row("appearance", each) for each in json.loads(packed)]
        return json.dumps(rows, separators=(",", ":"))

    def _reading(self, row: Row) -> int:
        guid = self.other.execute("SELECT guid FROM event WHERE id = ?", (row["event"],)).fetchone()[0]
        document = self.row("document", row["document"])
        found = self._first(
            "SELECT reading.id FROM reading JOIN event ON event.id = reading.event WHERE event.guid = ? "
            "AND reading.document = ?",
            guid,
            document,
        )
        if found is not None:
            return found
        mentions = [(self.row("appearance", each[0]), *each[1:]) for each in unpack_json(row["mentions"])]
        quotations = [(self.row("appearance", each[0]), *each[1:]) for each in unpack_json(row["quotations"])]
        new = self._insert(
            "reading",
            {
                **row,
                "document": document,
                "origin": self.row("origin", row["origin"]),
                "issuers": self._listed(row["issuers"]),
                "addressees": self._listed(row["addressees"]),
                "mentions": pack_json(mentions),
                "quotations": pack_json(quotations),
                "withdrew": json.dumps(self._withdraw(json.loads(row["withdrew"]))),
                "first_position": None,
                "last_position": None,
                "live": 1,
            },
        )
        self._known["reading", row["id"]] = new
        last = int(self.connection.execute("SELECT COALESCE(MAX(id), 0) FROM position").fetchone()[0])
        for (each,) in self.other.execute(
            "SELECT id FROM position WHERE reading = ? ORDER BY id", (row["id"],)
        ).fetchall():
            self.row("position", each)
        self.connection.execute(
            "UPDATE reading SET first_position = span.low, last_position = span.high FROM (SELECT MIN(id) AS low, "
            "MAX(id) AS high FROM position WHERE id > ? AND reading = ?) AS span WHERE reading.id = ?",
            (last, new, new),
        )
        return new

    def _withdraw(self, rows: list[int]) -> list[int]:
        """What a reader withdrew there gives way here too, unless a person decided about it here."""
        gone = []
        for each in rows:
            row = self.row("position", each)
            live = self._first("SELECT live FROM position WHERE id = ?", row)
            if live and not self._first("SELECT 1 FROM decision WHERE position = ? AND live", row):
                self.connection.execute(
                    "UPDATE position SET live = 0, withdrawn = ? WHERE id = ?", (self.act.event, row)
                )
                gone.append(int(row or 0))
        return gone

    def _position(self, row: Row) -> int:
        document, replaces = self.row("document", row["document"]), self.row("position", row["replaces"])
        guid = self.other.execute("SELECT guid FROM event WHERE id = ?", (row["event"],)).fetchone()[0]
        derived = pack_position("p" + sha256(f"{row['uid']}\0{guid}".encode()).hexdigest()[:16])
        for uid in (derived, row["uid"]):
            found = self._first(
                "SELECT position.id FROM position JOIN event ON event.id = position.event WHERE uid = ? "
                "AND position.document = ? AND replaces IS ? ORDER BY event.guid = ? DESC, position.live DESC, position.id DESC",
                uid,
                document,
                replaces,
                guid,
            )
            if found is not None:
                return found
        taken = self._first("SELECT id FROM position WHERE uid = ? AND live", row["uid"])
        return self._new_position(row, row["uid"] if taken is None else derived, document, replaces)

    def _new_position(self, row: Row, uid: int | str, document: int | None, replaces: int | None) -> int:
        reading = row["reading"] and self._known.get(("reading", row["reading"]))
        new = self._insert(
            "position",
            {
                **row,
                "uid": uid,
                "document": document,
                "replaces": replaces,
                "reading": reading,
                "origin": self.row("origin", row["origin"]),
                "concept": self.row("concept", row["concept"]),
                **{each: self._listed(row[each]) for each in ("holders", "targets", "via")},
                "live": 1,
                "withdrawn": None,
                "revision": 0,
            },
        )
        text = document_text(self.connection, int(document or 0))
        words = " … ".join(text[start:end] for start, end in json.loads(row["evidence"]))
        self.connection.execute(
            "INSERT INTO evidence_words(rowid, words) VALUES (?, ?)", (new, storable(words))
        )
        self.decided.add(new)
        return new

    def _decision(self, row: Row) -> None:
        position = int(self.row("position", row["position"]) or 0)
        found = _rows(self.connection, "SELECT * FROM position WHERE id = ?", position)[0]
        if not found["live"]:
            # A later reading here withdrew what was decided there: it comes back, as that person's.
            again = self._first("SELECT id FROM position WHERE uid = ? AND live", found["uid"])
            position = again or self._revived(found)
            self._known["position", row["position"]] = position
        self._insert(
            "decision",
            {
                **row,
                "position": position,
                "origin": self.row("origin", row["origin"]),
                "replaced_by": self.row("position", row["replaced_by"]),
                "live": 1,
            },
        )
        self.decided.add(position)

    def _revived(self, found: Row) -> int:
        new = self._insert("position", {**found, "reading": None, "live": 1, "withdrawn": None})
        text = document_text(self.connection, found["document"])
        words = " … ".join(text[start:end] for start, end in json.loads(found["evidence"]))
        self.connection.execute(
            "INSERT INTO evidence_words(rowid, words) VALUES (?, ?)", (new, storable(words))
        )
        return new

    # Records whose changes are logged field by field.

    def _mapped(self, relation: str, values: Row) -> Row:
        mapped = dict(values)
        for name, table in (("actor", "actor"), ("document", "document"), ("origin", "origin")):
            if name in mapped:
                mapped[name] = self.row(table, mapped[name])
        for name in ("merged_into", "broader", "previous"):
            if name in mapped:
                mapped[name] = self.row(relation, mapped[name])
        if "event" in mapped:
            mapped["event"] = self.act.event
        if mapped.get("subject") in self._finders:
            mapped["row"] = self.row(mapped["subject"], mapped["row"])
        if "coder" in mapped:
            name = self._there("coder", mapped["coder"])["name"]
            mapped["coder"] = self._first("SELECT id FROM coder WHERE name = ?", name)
        return mapped

    def _there(self, relation: str, row: int) -> Row:
        """A record of the other copy, also one taken away since."""
        found = _rows(self.other, f"SELECT * FROM {relation} WHERE id = ?", row)
        if found:
            return found[0]
        gone = self.other.execute(
            "SELECT before FROM change WHERE relation = ? AND row = ? AND after IS NULL ORDER BY id DESC LIMIT 1",
            (relation, row),
        ).fetchone()
        if gone is None:
            raise InvalidValue(
                f"the other copy changed a {relation} that it does not have; run amity verify on it"
            )
        values: Row = json.loads(gone[0])
        return values

    def _here(self, relation: str, row: int) -> int | None:
        if relation in self._finders:
            return self.row(relation, row)
        keys = _KEYS[relation]
        values = self._mapped(relation, self._there(relation, row))
        condition = " AND ".join(f"{key} IS ?" for key in keys)
        return self._first(
            f"SELECT id FROM {relation} WHERE {condition} ORDER BY id DESC", *(values[key] for key in keys)
        )

    def _change(self, relation: str, row: int, before: Row | None, after: Row | None) -> None:
        if before is None and (relation in self._finders or relation == "alias"):
            return
        here = self._here(relation, row)
        if before is None and here is None:
            values = self._mapped(relation, after or {})
            values.pop("id", None)
            if relation in self.counts:
                self.counts[relation] += 1
            self.act.insert(relation, **values)
            return
        if here is None:
            return
        present = _rows(self.connection, f"SELECT * FROM {relation} WHERE id = ?", here)[0]
        if after is None:
            self.act.delete(relation, here)
            return
        former, wanted = self._mapped(relation, before or {}), self._mapped(relation, after)
        into = wanted.get("merged_into")
        # Merged here into one that stands for it already: a ring of merges would have no root.
        if relation == "actor" and into and root_of(self.connection, into) == root_of(self.connection, here):
            return
        for name, value in wanted.items():
            if (name in ("id", "event", "reason") and before is None) or present[name] == value:
                continue
            if name == "reason" or (before is not None and present[name] == former.get(name)):
                self.act.update(relation, here, **{name: value})
            elif name != "secret":
                self.conflicts.append(
                    MergeConflict(relation, f"{_named(present)}: {name}", str(present[name]), str(value))
                )

    def settle(self) -> list[MergeConflict]:
        """Put decisions about one position in the order of time, and return where two people or times differ."""
        found = []
        for position in sorted(self.decided):
            decisions = _rows(
                self.connection,
                "SELECT decision.*, event.at, event.act, origin.agent, position.uid, later.uid AS corrected "
                "FROM decision JOIN event ON event.id = decision.event JOIN origin ON origin.id = decision.origin "
                "JOIN position ON position.id = decision.position "
                "LEFT JOIN position AS later ON later.id = decision.replaced_by "
                "WHERE decision.position = ? ORDER BY decision.id",
                position,
            )
            own = [each for each in decisions if each["live"] and each["act"] != self.whole]
            came = [each for each in decisions if each["live"] and each["act"] == self.whole]
            since = [each for each in own if not self._shared(each["event"])]
            if since and came and _said(since[-1]) != _said(came[-1]):
                identity = unpack_position(came[0]["uid"])
                found.append(MergeConflict("position", identity, _shown(since[-1]), _shown(came[-1])))
            self._order(decisions)
        self.connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched(position INTEGER PRIMARY KEY)")
        for position in self.decided:
            touch(self.connection, "VALUES (?)", (position,))
        refresh_states(self.connection)
        return found

    def _shared(self, event: int) -> bool:
        guid = self.connection.execute("SELECT guid FROM event WHERE id = ?", (event,)).fetchone()[0]
        return self.other.execute("SELECT 1 FROM event WHERE guid = ?", (guid,)).fetchone() is not None

    def _order(self, decisions: list[Row]) -> None:
        ordered = sorted(decisions, key=lambda each: each["at"])
        first = next(
            (i for i, pair in enumerate(zip(decisions, ordered, strict=True)) if pair[0] is not pair[1]), None
        )
        if first is None:
            return
        for each in ordered[first:]:
            self.connection.execute(
                "UPDATE decision SET id = (SELECT MAX(id) + 1 FROM decision) WHERE id = ?", (each["id"],)
            )


def _said(decision: Row) -> tuple[object, ...]:
    return decision["verdict"], decision["corrected"]


def _shown(decision: Row) -> str:
    return f"{VERDICTS[decision['verdict']]} by {decision['agent']} at {decision['at']}"


def _named(row: Row) -> str:
    return str(row.get("name") or row.get("uid") or row.get("subject") or row["id"])
