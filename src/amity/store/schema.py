"""The tables of a project file, as version 1 made them; later versions change them by numbered migrations."""

APPLICATION_ID = 0x616D6974
"""The four letters "amit" in the file's header."""

TABLES = """
CREATE TABLE meta(
  name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE counter(
  name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE origin(
  id INTEGER PRIMARY KEY, agent TEXT NOT NULL, version TEXT NOT NULL, settings TEXT NOT NULL,
  UNIQUE(agent, version, settings));

-- The log: one row an act; an undo is an act too, and names the act that it reverses.
CREATE TABLE event(
  id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, act INTEGER NOT NULL, at TEXT NOT NULL,
  origin INTEGER NOT NULL REFERENCES origin, kind TEXT NOT NULL, summary TEXT NOT NULL,
  document INTEGER, position INTEGER, detail TEXT NOT NULL DEFAULT '{}',
  reverses INTEGER, undone INTEGER NOT NULL DEFAULT 0);
CREATE INDEX event_act ON event(act);
CREATE INDEX event_document ON event(document) WHERE document IS NOT NULL;
CREATE INDEX event_position ON event(position) WHERE position IS NOT NULL;
CREATE INDEX event_reverses ON event(reverses) WHERE reverses IS NOT NULL;
CREATE TABLE change(
  id INTEGER PRIMARY KEY, event INTEGER NOT NULL REFERENCES event, relation TEXT NOT NULL, row INTEGER NOT NULL,
  before TEXT, after TEXT);
CREATE INDEX change_event ON change(event);

-- Documents. Texts never change: another text under a known id is a further version.
CREATE TABLE document(
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, sha256 BLOB NOT NULL, title TEXT NOT NULL, date TEXT,
  day INTEGER NOT NULL, place TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, publisher TEXT NOT NULL,
  citation TEXT NOT NULL, issuers TEXT NOT NULL, addressees TEXT NOT NULL, metadata TEXT NOT NULL,
  provenance TEXT NOT NULL, n_characters INTEGER NOT NULL, version INTEGER NOT NULL, previous INTEGER,
  superseded INTEGER NOT NULL DEFAULT 0, event INTEGER NOT NULL REFERENCES event, live INTEGER NOT NULL DEFAULT 1);
CREATE UNIQUE INDEX document_uid ON document(uid) WHERE live;
CREATE INDEX document_sha256 ON document(sha256);
CREATE INDEX document_event ON document(event);
-- exact: the text itself where it holds half characters that UTF-8 has not; else NULL.
CREATE TABLE document_text(
  id INTEGER PRIMARY KEY REFERENCES document, text TEXT NOT NULL, exact BLOB);
CREATE VIRTUAL TABLE document_words USING fts5(
  text, content='document_text', content_rowid='id', tokenize="unicode61 remove_diacritics 2");

-- One reading of one document: by a reader, or by a coder who brought a coding.
CREATE TABLE run(
  id INTEGER PRIMARY KEY, origin INTEGER NOT NULL REFERENCES origin, act INTEGER NOT NULL, started TEXT NOT NULL,
  finished TEXT, inputs TEXT NOT NULL, report TEXT NOT NULL DEFAULT '{}');
CREATE TABLE reading(
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document, origin INTEGER NOT NULL REFERENCES origin,
  first_position INTEGER, last_position INTEGER, issuers TEXT NOT NULL, addressees TEXT NOT NULL,
  mentions BLOB NOT NULL, quotations BLOB NOT NULL, withdrew TEXT NOT NULL DEFAULT '[]',
  event INTEGER NOT NULL REFERENCES event, live INTEGER NOT NULL DEFAULT 1);
CREATE INDEX reading_document ON reading(document, live, origin);
CREATE INDEX reading_event ON reading(event);

-- Actors. Positions name an actor's appearance in their document; the appearance names the project's actor and
-- why; a merged actor names the one it went into. So linking and merging never touch a position.
CREATE TABLE actor(
  id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
  generic INTEGER NOT NULL DEFAULT 0, merged_into INTEGER REFERENCES actor, reason TEXT NOT NULL DEFAULT '',
  event INTEGER NOT NULL REFERENCES event, live INTEGER NOT NULL DEFAULT 1);
CREATE INDEX actor_event ON actor(event);
CREATE TABLE alias(
  id INTEGER PRIMARY KEY AUTOINCREMENT, actor INTEGER NOT NULL REFERENCES actor, name TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event, live INTEGER NOT NULL DEFAULT 1);
CREATE INDEX alias_actor ON alias(actor);
CREATE INDEX alias_event ON alias(event);
CREATE TABLE attribute(
  id INTEGER PRIMARY KEY AUTOINCREMENT, actor INTEGER NOT NULL REFERENCES actor, name TEXT NOT NULL,
  value TEXT NOT NULL, since TEXT, until TEXT);
CREATE INDEX attribute_actor ON attribute(actor);
CREATE TABLE appearance(
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document, key TEXT NOT NULL, name TEXT NOT NULL,
  actor INTEGER NOT NULL REFERENCES actor, reason TEXT NOT NULL, event INTEGER NOT NULL REFERENCES event,
  live INTEGER NOT NULL DEFAULT 1);
CREATE UNIQUE INDEX appearance_key ON appearance(document, key) WHERE live;
CREATE INDEX appearance_actor ON appearance(actor);
CREATE INDEX appearance_event ON appearance(event);
CREATE TABLE concept(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, broader INTEGER REFERENCES concept,
  merged_into INTEGER REFERENCES concept, event INTEGER NOT NULL REFERENCES event);
CREATE INDEX concept_name ON concept(name);

-- Positions. Everything but state, standing, live, withdrawn and revision is written once.
-- uid: the integer behind "p" and 16 hexadecimal digits, else the id itself as text.
-- evidence: JSON pairs; holders, targets, via: JSON lists of appearances.
CREATE TABLE position(
  id INTEGER PRIMARY KEY, uid NOT NULL, document INTEGER NOT NULL REFERENCES document,
  reading INTEGER REFERENCES reading, origin INTEGER NOT NULL REFERENCES origin, cue_start INTEGER NOT NULL,
  cue_end INTEGER NOT NULL, evidence TEXT NOT NULL, holders TEXT NOT NULL, targets TEXT NOT NULL, via TEXT NOT NULL,
  polarity INTEGER, concept INTEGER REFERENCES concept, agreement INTEGER, act INTEGER NOT NULL,
  status INTEGER NOT NULL, voice INTEGER NOT NULL, holder_form INTEGER NOT NULL, strength INTEGER NOT NULL,
  certainty INTEGER NOT NULL, date TEXT, day INTEGER NOT NULL, score REAL NOT NULL, replaces INTEGER REFERENCES position,
  state INTEGER NOT NULL, standing INTEGER NOT NULL, live INTEGER NOT NULL DEFAULT 1, withdrawn INTEGER,
  revision INTEGER NOT NULL DEFAULT 0, event INTEGER NOT NULL REFERENCES event);
-- Of the positions with one id, at most one is there; the others are its history.
CREATE UNIQUE INDEX position_uid ON position(uid, iif(live, 0, id));
-- Holds all that a block's states are made of, so that a batch over a million positions reads no row for them.
CREATE INDEX position_document ON position(document, cue_start, id, state, standing, live);
CREATE INDEX position_replaces ON position(replaces) WHERE replaces IS NOT NULL;
CREATE INDEX position_added ON position(event) WHERE reading IS NULL;
CREATE INDEX position_named ON position(uid) WHERE typeof(uid) = 'text';
CREATE VIRTUAL TABLE evidence_words USING fts5(
  words, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2");

-- Decisions are only ever added; one whose act was undone stays, with live = 0.
CREATE TABLE decision(
  id INTEGER PRIMARY KEY, position INTEGER NOT NULL REFERENCES position, verdict INTEGER NOT NULL,
  origin INTEGER NOT NULL REFERENCES origin, replaced_by INTEGER REFERENCES position, note TEXT NOT NULL,
  before INTEGER, event INTEGER NOT NULL REFERENCES event, live INTEGER NOT NULL DEFAULT 1);
CREATE INDEX decision_position ON decision(position);
CREATE INDEX decision_event ON decision(event);
CREATE INDEX decision_replaced_by ON decision(replaced_by) WHERE replaced_by IS NOT NULL;

-- What a document's positions look like as columns, kept by the transaction that changes them.
CREATE TABLE block(
  document INTEGER PRIMARY KEY REFERENCES document, revision INTEGER NOT NULL, n INTEGER NOT NULL,
  positions BLOB NOT NULL, pairs BLOB NOT NULL, states BLOB NOT NULL);
CREATE INDEX block_revision ON block(revision);
CREATE TABLE stale_block(
  document INTEGER PRIMARY KEY, rows INTEGER NOT NULL);
CREATE TRIGGER position_added_stale AFTER INSERT ON position BEGIN
  INSERT INTO stale_block VALUES (NEW.document, 1) ON CONFLICT(document) DO UPDATE SET rows = 1 WHERE rows = 0;
END;
CREATE TRIGGER position_state_stale AFTER UPDATE OF state, standing, live ON position BEGIN
  INSERT INTO stale_block VALUES (NEW.document, 0) ON CONFLICT(document) DO NOTHING;
END;

-- What people write beside the text, and who they are.
CREATE TABLE setting(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
CREATE TABLE memo(
  id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, row INTEGER NOT NULL, text TEXT NOT NULL,
  origin INTEGER NOT NULL REFERENCES origin, at TEXT NOT NULL);
CREATE INDEX memo_subject ON memo(subject, row);
CREATE TABLE flag(
  id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, row INTEGER NOT NULL, name TEXT NOT NULL,
  origin INTEGER NOT NULL REFERENCES origin, at TEXT NOT NULL, UNIQUE(subject, row, name));
CREATE TABLE coder(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, secret TEXT,
  active INTEGER NOT NULL DEFAULT 1);
CREATE TABLE assignment(
  id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES document,
  coder INTEGER NOT NULL REFERENCES coder, status TEXT NOT NULL, blind INTEGER NOT NULL DEFAULT 0,
  sample TEXT NOT NULL DEFAULT '', UNIQUE(document, coder));
"""

COUNTED = ("document", "actor", "alias", "attribute", "appearance", "concept")
"""Tables of which readers keep a copy in memory; a counter tells them when rows changed rather than were added."""

COUNTERS = "".join(
    f"""
INSERT INTO counter VALUES ('{name}', 0);
CREATE TRIGGER {name}_updated AFTER UPDATE ON {name} BEGIN
  UPDATE counter SET value = value + 1 WHERE name = '{name}';
END;
CREATE TRIGGER {name}_deleted AFTER DELETE ON {name} BEGIN
  UPDATE counter SET value = value + 1 WHERE name = '{name}';
END;
"""
    for name in COUNTED
)

VERSION_1 = TABLES + COUNTERS
