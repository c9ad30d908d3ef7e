-- A case: what was read, what it says, and what people think of it. Nothing here is ever edited; an ending is a new row.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE load (
  num INTEGER PRIMARY KEY, at TEXT NOT NULL, source TEXT NOT NULL, loader TEXT NOT NULL,
  complete INTEGER NOT NULL, counts TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE source (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT NOT NULL, locator TEXT NOT NULL,
  language TEXT NOT NULL, licence TEXT NOT NULL, extent_seen TEXT NOT NULL, derived_from TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE record (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, native_key TEXT NOT NULL,
  pointer TEXT NOT NULL, exact TEXT NOT NULL, published TEXT NOT NULL, text TEXT NOT NULL,
  load INTEGER NOT NULL REFERENCES load, current INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX record_key ON record (source, native_key);
CREATE INDEX record_load ON record (load);
CREATE TABLE record_change (             -- added, superseded, withdrawn, restored: what each load did to a record
  record INTEGER NOT NULL REFERENCES record, load INTEGER NOT NULL REFERENCES load, what TEXT NOT NULL,
  PRIMARY KEY (record, load, what)
) WITHOUT ROWID;
CREATE TABLE claim (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL, record INTEGER NOT NULL REFERENCES record,
  subject TEXT NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL, valid TEXT NOT NULL,
  polarity TEXT NOT NULL, qualifiers TEXT NOT NULL, load INTEGER NOT NULL
);
CREATE INDEX claim_record ON claim (record);
CREATE UNIQUE INDEX claim_id ON claim (id);  -- by name: the first load of a case makes it at its end, which is faster
CREATE TABLE source_assessment (
  source TEXT NOT NULL, grade TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL,
  load INTEGER NOT NULL, UNIQUE (source, grade, by, at, why, load)
);
CREATE TABLE claim_assessment (
  claim INTEGER NOT NULL REFERENCES claim, grade TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
  why TEXT NOT NULL, load INTEGER NOT NULL, PRIMARY KEY (claim, grade, by, at, why)
) WITHOUT ROWID;
CREATE TABLE holding (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record INTEGER NOT NULL REFERENCES record,
  subject TEXT NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL, country TEXT NOT NULL, body TEXT NOT NULL,
  valid TEXT NOT NULL, how TEXT NOT NULL, from_country TEXT NOT NULL, state TEXT NOT NULL, used TEXT NOT NULL,
  grouped TEXT NOT NULL, note TEXT NOT NULL, load INTEGER NOT NULL
);
CREATE TABLE judgement (
  num INTEGER PRIMARY KEY, left TEXT NOT NULL, right TEXT NOT NULL, verdict TEXT NOT NULL, by TEXT NOT NULL,
  judged_at TEXT NOT NULL, known_from TEXT NOT NULL, why TEXT NOT NULL, load INTEGER NOT NULL,
  UNIQUE (left, right, verdict, by, judged_at, known_from, why)
);
CREATE TABLE marking (
  record INTEGER NOT NULL REFERENCES record, tlp TEXT NOT NULL, load INTEGER NOT NULL, PRIMARY KEY (record, tlp)
) WITHOUT ROWID;
