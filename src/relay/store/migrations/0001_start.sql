-- Times are milliseconds since 1970-01-01 UTC. Nothing here is about a visitor: a call has ids, a service, languages
-- and times.

CREATE TABLE kiosks (
    id         TEXT PRIMARY KEY,
    cnap       TEXT NOT NULL,
    name       TEXT NOT NULL,
    -- SHA-256 of the device token.
    token      BLOB NOT NULL UNIQUE,
    disabled   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE interpreters (
    number        INTEGER PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE,
    -- Argon2id in PHC form.
    password      TEXT NOT NULL,
    -- Space-separated ISO 639-3 codes.
    signs         TEXT NOT NULL,
    disabled      INTEGER NOT NULL DEFAULT 0,
    status        TEXT NOT NULL,
    since         INTEGER NOT NULL,
    idle_since    INTEGER NOT NULL,
    missed        INTEGER NOT NULL DEFAULT 0,
    wrap_up_call  TEXT,
    wrap_up_until INTEGER
) STRICT;

CREATE TABLE sessions (
    -- SHA-256 of the cookie.
    token       BLOB PRIMARY KEY,
    interpreter INTEGER NOT NULL REFERENCES interpreters (number) ON DELETE CASCADE,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE calls (
    id                TEXT PRIMARY KEY,
    epoch             INTEGER NOT NULL,
    phase             TEXT NOT NULL CHECK (phase IN ('waiting', 'offered', 'active', 'ended', 'abandoned')),
    kiosk             TEXT NOT NULL,
    service           TEXT,
    signing           TEXT NOT NULL,
    reading           TEXT NOT NULL,
    requested_at      INTEGER NOT NULL,
    -- Whom it rings at, who talks in it, or who talked last.
    interpreter       INTEGER,
    -- Since when it rings or is talked in.
    held_since        INTEGER,
    tab               INTEGER,
    camera            INTEGER,
    first_answered_at INTEGER,
    ended_at          INTEGER,
    end_reason        TEXT,
    outcome           TEXT,
    -- Space-separated numbers of interpreters who declined.
    refused           TEXT NOT NULL DEFAULT '',
    passed_by         INTEGER,
    missed            INTEGER NOT NULL DEFAULT 0,
    requeues          INTEGER NOT NULL DEFAULT 0,
    -- SHA-256 of the token a returning kiosk shows; gone when the call is over.
    resume            BLOB
) STRICT;

-- What no race, bug or second node can break: one live call for an interpreter, one for a kiosk.
CREATE UNIQUE INDEX one_live_call_an_interpreter ON calls (interpreter) WHERE phase IN ('offered', 'active');
CREATE UNIQUE INDEX one_live_call_a_kiosk ON calls (kiosk) WHERE phase IN ('waiting', 'offered', 'active');
CREATE INDEX calls_by_request ON calls (requested_at);
