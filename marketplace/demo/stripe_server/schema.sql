PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL,
    created INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_listed ON objects (kind, seq);
-- What each Idempotency-Key was answered.
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, request TEXT NOT NULL, status INTEGER, body TEXT);
-- The hosted pages handed out, each by its own unguessable key.
CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, intent TEXT NOT NULL, return_url TEXT NOT NULL);
-- Events to deliver and refunds to finish.
CREATE TABLE IF NOT EXISTS jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0
);
