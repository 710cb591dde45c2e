PRAGMA application_id = 1634560372;
PRAGMA user_version = 1;
BEGIN;
CREATE TABLE meta(
  name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE counter(
  name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE origin(
  id INTEGER PRIMARY KEY, agent TEXT NOT NULL, version TEXT NOT NULL, settings TEXT NOT NULL,
  UNIQUE(agent, version, settings));
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
CREATE TABLE document(
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, sha256 BLOB NOT NULL, title TEXT NOT NULL, date TEXT,
  day INTEGER NOT NULL, place TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, publisher TEXT NOT NULL,
  citation TEXT NOT NULL, issuers TEXT NOT NULL, addressees TEXT NOT NULL, metadata TEXT NOT NULL,
  provenance TEXT NOT NULL, n_characters INTEGER NOT NULL, version INTEGER NOT NULL, previous INTEGER,
  superseded INTEGER NOT NULL DEFAULT 0, event INTEGER NOT NULL REFERENCES event, live INTEGER NOT NULL DEFAULT 1);
CREATE UNIQUE INDEX document_uid ON document(uid) WHERE live;
CREATE INDEX document_sha256 ON document(sha256);
CREATE INDEX document_event ON document(event);
CREATE TABLE document_text(
  id INTEGER PRIMARY KEY REFERENCES document, text TEXT NOT NULL, exact BLOB);
CREATE VIRTUAL TABLE document_words USING fts5(
  text, content='document_text', content_rowid='id', tokenize="unicode61 remove_diacritics 2");
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
CREATE TABLE position(
  id INTEGER PRIMARY KEY, uid NOT NULL, document INTEGER NOT NULL REFERENCES document,
  reading INTEGER REFERENCES reading, origin INTEGER NOT NULL REFERENCES origin, cue_start INTEGER NOT NULL,
  cue_end INTEGER NOT NULL, evidence TEXT NOT NULL, holders TEXT NOT NULL, targets TEXT NOT NULL, via TEXT NOT NULL,
  polarity INTEGER, concept INTEGER REFERENCES concept, agreement INTEGER, act INTEGER NOT NULL,
  status INTEGER NOT NULL, voice INTEGER NOT NULL, holder_form INTEGER NOT NULL, strength INTEGER NOT NULL,
  certainty INTEGER NOT NULL, date TEXT, day INTEGER NOT NULL, score REAL NOT NULL, replaces INTEGER REFERENCES position,
  state INTEGER NOT NULL, standing INTEGER NOT NULL, live INTEGER NOT NULL DEFAULT 1, withdrawn INTEGER,
  revision INTEGER NOT NULL DEFAULT 0, event INTEGER NOT NULL REFERENCES event);
CREATE UNIQUE INDEX position_uid ON position(uid, iif(live, 0, id));
CREATE INDEX position_document ON position(document, cue_start, id, state, standing, live);
CREATE INDEX position_replaces ON position(replaces) WHERE replaces IS NOT NULL;
CREATE INDEX position_added ON position(event) WHERE reading IS NULL;
CREATE INDEX position_named ON position(uid) WHERE typeof(uid) = 'text';
CREATE VIRTUAL TABLE evidence_words USING fts5(
  words, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE decision(
  id INTEGER PRIMARY KEY, position INTEGER NOT NULL REFERENCES position, verdict INTEGER NOT NULL,
  origin INTEGER NOT NULL REFERENCES origin, replaced_by INTEGER REFERENCES position, note TEXT NOT NULL,
  before INTEGER, event INTEGER NOT NULL REFERENCES event, live INTEGER NOT NULL DEFAULT 1);
CREATE INDEX decision_position ON decision(position);
CREATE INDEX decision_event ON decision(event);
CREATE INDEX decision_replaced_by ON decision(replaced_by) WHERE replaced_by IS NOT NULL;
CREATE TABLE block(
  document INTEGER PRIMARY KEY REFERENCES document, revision INTEGER NOT NULL, n INTEGER NOT NULL,
  positions BLOB NOT NULL, pairs BLOB NOT NULL, states BLOB NOT NULL);
CREATE INDEX block_revision ON block(revision);
CREATE TABLE stale_block(
  document INTEGER PRIMARY KEY, rows INTEGER NOT NULL);
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
INSERT INTO meta VALUES ('created', '2026-11-25T14:26:25.719523+00:00');
INSERT INTO meta VALUES ('name', 'World');
INSERT INTO meta VALUES ('project', 'fccaed07f4e8d88208f25fb601143b9e');
INSERT INTO meta VALUES ('revision', 5);
INSERT INTO counter VALUES ('actor', 1);
INSERT INTO counter VALUES ('alias', 0);
INSERT INTO counter VALUES ('appearance', 0);
INSERT INTO counter VALUES ('attribute', 0);
INSERT INTO counter VALUES ('concept', 0);
INSERT INTO counter VALUES ('document', 0);
INSERT INTO origin VALUES (1, 'reader:rules', '1', '');
INSERT INTO origin VALUES (2, 'coder:ana', '', '');
INSERT INTO event VALUES (1, 'e873384e1494037a', 1, '2026-11-25T14:26:25.734920+00:00', 1, 'document.add', 'added document Note on the dam', 1, NULL, '{"after": {"id": "note", "title": "Note on the dam"}}', NULL, 0);
INSERT INTO event VALUES (2, 'edd957df2b6704fd', 1, '2026-11-25T14:26:25.735346+00:00', 1, 'read', 'reader:rules read Note on the dam: 3 positions', 1, NULL, '{"before": {"positions": 0}, "after": {"positions": 3, "actors": 4}}', NULL, 0);
INSERT INTO event VALUES (3, '5e26054dd5699685', 3, '2026-11-25T14:26:25.742943+00:00', 1, 'document.add', 'added document Speech on grain', 2, NULL, '{"after": {"id": "speech", "title": "Speech on grain"}}', NULL, 0);
INSERT INTO event VALUES (4, 'f1f36016517d0d43', 3, '2026-11-25T14:26:25.743105+00:00', 1, 'read', 'reader:rules read Speech on grain: 2 positions', 2, NULL, '{"before": {"positions": 0}, "after": {"positions": 2, "actors": 2}}', NULL, 0);
INSERT INTO event VALUES (5, '23482a3b3800ad9d', 5, '2026-11-25T14:26:25.743582+00:00', 1, 'document.add', 'added document Letter', 3, NULL, '{"after": {"id": "letter", "title": "Letter"}}', NULL, 0);
INSERT INTO event VALUES (6, 'ebe221102c132d5a', 5, '2026-11-25T14:26:25.743687+00:00', 1, 'read', 'reader:rules read Letter: 1 positions', 3, NULL, '{"before": {"positions": 0}, "after": {"positions": 1, "actors": 2}}', NULL, 0);
INSERT INTO event VALUES (7, '74fc5f480db4003a', 7, '2026-11-25T14:26:25.748214+00:00', 2, 'decide', 'accepted a position', 1, 1, '{"before": {"state": "suggested", "standing": true}, "after": {"state": "accepted"}, "note": ""}', NULL, 0);
INSERT INTO event VALUES (8, 'e82ae0110ab44757', 8, '2026-11-25T14:26:25.753657+00:00', 2, 'decide', 'edited a position', 1, 2, '{"before": {"state": "suggested", "standing": true, "strength": "plain"}, "after": {"state": "edited", "strength": "strong", "replaced_by": "p0e26a26f0377111b"}, "note": ""}', NULL, 0);
INSERT INTO event VALUES (9, 'c14d2739e619883b', 9, '2026-11-25T14:26:25.755620+00:00', 2, 'memo.add', 'wrote a memo on document note', 1, NULL, '{"after": {"memo": 1, "text": "a memo"}}', NULL, 0);
INSERT INTO event VALUES (10, '88395d5a60d7d1d3', 10, '2026-11-25T14:26:25.756380+00:00', 2, 'actor.merge', 'merged freedonia into sylvania', NULL, NULL, '{"before": {"actors": ["freedonia"]}, "after": {"actor": "sylvania", "reason": ""}}', NULL, 0);
INSERT INTO change VALUES (1, 9, 'memo', 1, NULL, '{"id": 1, "subject": "document", "row": 1, "text": "a memo", "origin": 2, "at": "2026-11-25T14:26:25.755620+00:00"}');
INSERT INTO change VALUES (2, 10, 'actor', 1, '{"merged_into": null, "reason": "no known actor of that name"}', '{"merged_into": 2, "reason": "merged by coder:ana"}');
INSERT INTO document VALUES (1, 'note', X'26A658709639E12C7A9D354B26D751E8565863189293E5380674023D7941C949', 'Note on the dam', '1951-03-02', 712283, '', 'note', 'en', '', '', '[]', '[]', '{}', '{}', 143, 1, NULL, 0, 1, 1);
INSERT INTO document VALUES (2, 'speech', X'E2D7B2712FF68A52F36A1C377150FBFA755A0834BD19577DB5F38A92D65CE4DD', 'Speech on grain', '1952', 712588, '', 'speech', 'en', '', '', '[]', '[]', '{}', '{}', 58, 1, NULL, 0, 3, 1);
INSERT INTO document VALUES (3, 'letter', X'0B996E42831D42A384794DBBBF730C0B9244180C40EC1FC6E70BE13B5B2DAA8E', 'Letter', NULL, -1, '', 'letter', '', '', '', '[]', '[]', '{}', '{}', 46, 1, NULL, 0, 5, 1);
INSERT INTO document_text VALUES (1, 'Freedonia condemns Sylvania over the river dam. Freedonia and Sylvania welcome the Harvest Union. The Harvest Union will not follow the masses.', NULL);
INSERT INTO document_text VALUES (2, 'Sylvania thanks Freedonia. Sylvania rejects the grain tax.', NULL);
INSERT INTO document_text VALUES (3, 'The Harvest Union warns Freedonia of a strike.', NULL);
INSERT INTO reading VALUES (1, 1, 1, 1, 3, '[1]', '[2]', X'78018B8E36D431D0B1D43188D58936D231B4D4313207B38D75CC2D752CCD80EC58008FF10806', X'78018B8E36D431D0B1D4C92BCDC9898D05001D27044A', '[]', 2, 1);
INSERT INTO reading VALUES (2, 2, 1, 4, 5, '[5]', '[]', X'78018B8E0500011500B9', X'78018B8E0500011500B9', '[]', 4, 1);
INSERT INTO reading VALUES (3, 3, 1, 6, 6, '[7]', '[]', X'78018B8E0500011500B9', X'78018B8E0500011500B9', '[]', 6, 1);
INSERT INTO actor VALUES (1, 'freedonia', 'Freedonia', 'state', 0, 2, 'merged by coder:ana', 2, 1);
INSERT INTO actor VALUES (2, 'sylvania', 'Sylvania', 'state', 0, NULL, 'no known actor of that name', 2, 1);
INSERT INTO actor VALUES (3, 'harvest-union', 'Harvest Union', 'party', 0, NULL, 'no known actor of that name', 2, 1);
INSERT INTO actor VALUES (4, 'masses', 'the masses', 'collective', 1, NULL, 'no generic actor of that name is known', 2, 1);
INSERT INTO alias VALUES (1, 3, 'the Union', 2, 1);
INSERT INTO appearance VALUES (1, 1, 'freedonia', 'Freedonia', 1, 'no known actor of that name', 2, 1);
INSERT INTO appearance VALUES (2, 1, 'sylvania', 'Sylvania', 2, 'no known actor of that name', 2, 1);
INSERT INTO appearance VALUES (3, 1, 'harvest-union', 'Harvest Union', 3, 'no known actor of that name', 2, 1);
INSERT INTO appearance VALUES (4, 1, 'masses', 'the masses', 4, 'no generic actor of that name is known', 2, 1);
INSERT INTO appearance VALUES (5, 2, 'sylvania', 'Sylvania', 2, 'same name “Sylvania”', 4, 1);
INSERT INTO appearance VALUES (6, 2, 'freedonia', 'Freedonia', 1, 'same name “Freedonia”', 4, 1);
INSERT INTO appearance VALUES (7, 3, 'harvest-union', 'Harvest Union', 3, 'same name “Harvest Union”', 6, 1);
INSERT INTO appearance VALUES (8, 3, 'freedonia', 'Freedonia', 1, 'same name “Freedonia”', 6, 1);
INSERT INTO concept VALUES (1, 'river dam', NULL, NULL, 2);
INSERT INTO concept VALUES (2, 'grain tax', NULL, NULL, 4);
INSERT INTO position VALUES (1, -7191745950216278410, 1, 1, 1, 10, 18, '[[0,46]]', '[1]', '[2]', '[]', -1, 1, -1, 5, 0, 0, 0, 1, 0, NULL, 712283, 0.5, NULL, 1, 1, 1, NULL, 1, 2);
INSERT INTO position VALUES (2, -3261807794934828173, 1, 1, 1, 71, 78, '[[48,96]]', '[1,2]', '[3]', '[]', 1, NULL, NULL, 0, 0, 0, 0, 1, 0, NULL, 712283, 0.9, NULL, 2, 0, 1, NULL, 1, 2);
INSERT INTO position VALUES (3, -1564501858589873750, 1, 1, 1, 116, 131, '[[98,142]]', '[3]', '[4]', '[]', -1, NULL, NULL, 6, 0, 0, 0, 1, 0, NULL, 712283, 0.3, NULL, 0, 1, 1, NULL, 0, 2);
INSERT INTO position VALUES (4, -4410471866751397802, 2, 2, 1, 9, 15, '[[0,25]]', '[5]', '[6]', '[]', 1, NULL, NULL, 0, 0, 0, 0, 1, 0, NULL, 712588, 0.7, NULL, 0, 1, 1, NULL, 0, 4);
INSERT INTO position VALUES (5, -5969957239332175975, 2, 2, 1, 36, 43, '[[27,57]]', '[5]', '[]', '[]', NULL, 2, -1, 6, 0, 0, 0, 1, 0, '1949-05', 711613, 0.6, NULL, 0, 1, 1, NULL, 0, 4);
INSERT INTO position VALUES (6, 1192777648647736319, 3, 3, 1, 18, 23, '[[0,45]]', '[7]', '[8]', '[]', -1, NULL, NULL, 7, 0, 0, 0, 1, 0, NULL, -1, 0.8, NULL, 0, 1, 1, NULL, 0, 6);
INSERT INTO position VALUES (7, 1019680963329200411, 1, NULL, 2, 71, 78, '[[48,96]]', '[1,2]', '[3]', '[]', 1, NULL, NULL, 0, 0, 0, 0, 2, 0, NULL, 712283, 1.0, 2, 2, 1, 1, NULL, 1, 8);
INSERT INTO decision VALUES (1, 1, 0, 2, NULL, '', 0, 7, 1);
INSERT INTO decision VALUES (2, 2, 1, 2, 7, '', 0, 8, 1);
INSERT INTO block VALUES (1, 3, 4, X'0100000000000000762E816A29C9319C000000000000E03F5BDE0A0001000000010000000A00000000FFFF050000020000000000000073334FA117BBBBD2CDCCCCCCCCCCEC3F5BDE0A00FFFFFFFF010000004700000000010000000007000000000000001B1177036FA2260E000000000000F03F5BDE0A00FFFFFFFF02000000470000000001000000000300000000000000AAE94F44D9C549EA333333333333D33F5BDE0A00FFFFFFFF010000007400000000FF00060000', X'000000000100000002000000010000000100000003000000010000000200000003000000020000000100000003000000020000000200000003000000030000000300000004000000', X'19121A18');
INSERT INTO block VALUES (2, 1, 2, X'040000000000000056D06D7234DBCAC2666666666666E63F8CDF0A00FFFFFFFF01000000090000000001000000000500000000000000997F5561857326AD333333333333E33FBDDB0A000200000001000000240000000002FF060000', X'0000000005000000060000000100000005000000FFFFFFFF', X'1818');
INSERT INTO block VALUES (3, 1, 1, X'0600000000000000FF8BACABF3988D109A9999999999E93FFFFFFFFFFFFFFFFF010000001200000000FF00070000', X'000000000700000008000000', X'18');
INSERT INTO memo VALUES (1, 'document', 1, 'a memo', 2, '2026-11-25T14:26:25.755620+00:00');
INSERT INTO document_words(document_words) VALUES ('rebuild');
INSERT INTO evidence_words(rowid, words) VALUES (1, 'Freedonia condemns Sylvania over the river dam');
INSERT INTO evidence_words(rowid, words) VALUES (2, 'Freedonia and Sylvania welcome the Harvest Union');
INSERT INTO evidence_words(rowid, words) VALUES (3, 'The Harvest Union will not follow the masses');
INSERT INTO evidence_words(rowid, words) VALUES (4, 'Sylvania thanks Freedonia');
INSERT INTO evidence_words(rowid, words) VALUES (5, 'Sylvania rejects the grain tax');
INSERT INTO evidence_words(rowid, words) VALUES (6, 'The Harvest Union warns Freedonia of a strike');
INSERT INTO evidence_words(rowid, words) VALUES (7, 'Freedonia and Sylvania welcome the Harvest Union');
CREATE TRIGGER position_added_stale AFTER INSERT ON position BEGIN
  INSERT INTO stale_block VALUES (NEW.document, 1) ON CONFLICT(document) DO UPDATE SET rows = 1 WHERE rows = 0;
END;
CREATE TRIGGER position_state_stale AFTER UPDATE OF state, standing, live ON position BEGIN
  INSERT INTO stale_block VALUES (NEW.document, 0) ON CONFLICT(document) DO NOTHING;
END;
CREATE TRIGGER document_updated AFTER UPDATE ON document BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'document';
END;
CREATE TRIGGER document_deleted AFTER DELETE ON document BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'document';
END;
CREATE TRIGGER actor_updated AFTER UPDATE ON actor BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'actor';
END;
CREATE TRIGGER actor_deleted AFTER DELETE ON actor BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'actor';
END;
CREATE TRIGGER alias_updated AFTER UPDATE ON alias BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'alias';
END;
CREATE TRIGGER alias_deleted AFTER DELETE ON alias BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'alias';
END;
CREATE TRIGGER attribute_updated AFTER UPDATE ON attribute BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'attribute';
END;
CREATE TRIGGER attribute_deleted AFTER DELETE ON attribute BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'attribute';
END;
CREATE TRIGGER appearance_updated AFTER UPDATE ON appearance BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'appearance';
END;
CREATE TRIGGER appearance_deleted AFTER DELETE ON appearance BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'appearance';
END;
CREATE TRIGGER concept_updated AFTER UPDATE ON concept BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'concept';
END;
CREATE TRIGGER concept_deleted AFTER DELETE ON concept BEGIN
  UPDATE counter SET value = value + 1 WHERE name = 'concept';
END;
COMMIT;
