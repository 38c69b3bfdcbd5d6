-- Consents, tokens and proofs. Instants are microseconds since 1970, UTC;
-- `…_hash` is a key number (2 bytes) and an HMAC-SHA-256.

-- Those who may ask: applications, not people.
CREATE TABLE client (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash BLOB,
    status TEXT NOT NULL,              -- active, banned
    scopes TEXT NOT NULL,
    max_pending INTEGER NOT NULL,
    legacy INTEGER NOT NULL,               -- 1: speaks the older proxy's dialect
    created INTEGER NOT NULL
) STRICT;

-- One consent being given.
CREATE TABLE flow (
    id BLOB PRIMARY KEY,
    device_hash BLOB NOT NULL UNIQUE,
    user_hash BLOB NOT NULL,
    client TEXT NOT NULL REFERENCES client (id),
    asked TEXT NOT NULL,               -- scopes the box asked for
    state TEXT NOT NULL,
    is_open INTEGER NOT NULL,              -- 1: the user code is in use
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    poll_interval INTEGER NOT NULL,
    last_poll INTEGER,
    left_at INTEGER,
    back_at INTEGER,
    resolved_at INTEGER,
    approved_at INTEGER,
    redeemed_first INTEGER,
    redeemed_at INTEGER,
    failure TEXT,
    line_hash BLOB NOT NULL,          -- the address of the box
    network TEXT NOT NULL,
    agent TEXT NOT NULL,
    browser_hash BLOB,                -- the cookie of who confirmed
    browser_network TEXT,
    browser_agent TEXT,
    confirmed_at INTEGER,
    chosen TEXT,                       -- scopes the person agreed to
    duration TEXT,
    page TEXT,                         -- the page as it was shown
    value_kind TEXT,                   -- autorisation, points
    value_sealed BLOB,                -- what the callback brought
    dek BLOB,
    finding BLOB,                     -- what Enedis said, sealed
    due INTEGER,                           -- when a node is to go on with it
    attempts INTEGER NOT NULL DEFAULT 0,
    lease INTEGER,                         -- until when a node has it in hand
    challenge TEXT,                    -- why a further proof is asked for
    challenge_days TEXT,               -- the days whose consumption is asked
    previous BLOB                     -- the consent whose refresh token the box showed
) STRICT;
CREATE UNIQUE INDEX flow_user_code ON flow (user_hash) WHERE is_open = 1;
CREATE INDEX flow_due ON flow (due) WHERE due IS NOT NULL;
CREATE INDEX flow_open_client ON flow (client) WHERE is_open = 1;
CREATE INDEX flow_open_line ON flow (line_hash) WHERE is_open = 1;
CREATE INDEX flow_expires ON flow (expires);
CREATE INDEX flow_browser ON flow (browser_hash);

-- A browser's way to Enedis: one `state`, one answer.
CREATE TABLE departure (
    state_hash BLOB PRIMARY KEY,
    flow BLOB NOT NULL REFERENCES flow (id) ON DELETE CASCADE,
    browser_hash BLOB NOT NULL,
    left_at INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    value_hash BLOB,                  -- the first answer
    answered_at INTEGER,
    other_values INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX departure_flow ON departure (flow);

-- Who claims which number or usage point.
CREATE TABLE claim (
    kind TEXT NOT NULL,                -- autorisation, point
    value_hash BLOB NOT NULL,
    flow BLOB NOT NULL,
    claimed_at INTEGER NOT NULL,
    status TEXT NOT NULL,              -- open, frozen, won, lost
    PRIMARY KEY (kind, value_hash, flow)
) STRICT;
CREATE INDEX claim_flow ON claim (flow);

-- A proved consent.
CREATE TABLE consent (
    id BLOB PRIMARY KEY,
    flow BLOB NOT NULL UNIQUE,
    client TEXT NOT NULL REFERENCES client (id),
    generation TEXT NOT NULL,
    autorisation_id INTEGER UNIQUE,
    scopes TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    status TEXT NOT NULL,              -- active, suspect, revoked, expired
    status_at INTEGER NOT NULL,
    ended_by TEXT,
    dek BLOB,                         -- wrapped; gone when the data is
    browser_hash BLOB
) STRICT;
CREATE INDEX consent_until ON consent (until_at);
CREATE INDEX consent_browser ON consent (browser_hash);
CREATE INDEX consent_client ON consent (client);

CREATE TABLE consent_point (
    consent BLOB NOT NULL REFERENCES consent (id),
    ordinal INTEGER NOT NULL,
    point_hash BLOB NOT NULL,
    point_sealed BLOB,
    directions TEXT NOT NULL,
    PRIMARY KEY (consent, ordinal)
) STRICT;
CREATE INDEX consent_point_hash ON consent_point (point_hash);

-- Usage points whose consent ended here and may still run at Enedis.
CREATE TABLE tombstone (
    point_hash BLOB PRIMARY KEY,
    until_at INTEGER NOT NULL,
    consent BLOB NOT NULL
) STRICT;

-- What a person agreed to, and how it was proved.
CREATE TABLE proof (
    consent BLOB PRIMARY KEY REFERENCES consent (id),
    page_sha256 BLOB NOT NULL,
    page TEXT NOT NULL,
    scopes TEXT NOT NULL,
    duration TEXT NOT NULL,
    autorisation_id INTEGER,
    begun_at INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL,
    left_at INTEGER NOT NULL,
    back_at INTEGER,
    approved_at INTEGER NOT NULL,
    network TEXT NOT NULL,
    agent TEXT NOT NULL,
    proved_by TEXT NOT NULL            -- quiet, browser, refresh_token, knowledge, operator
) STRICT;

CREATE TABLE family (
    id BLOB PRIMARY KEY,
    consent BLOB NOT NULL UNIQUE REFERENCES consent (id),
    client TEXT NOT NULL,
    scopes TEXT NOT NULL,
    status TEXT NOT NULL,              -- live, revoked
    status_at INTEGER NOT NULL,
    ended_by TEXT,
    presented INTEGER                      -- when any of its tokens was first used
) STRICT;

CREATE TABLE refresh_token (
    hash BLOB PRIMARY KEY,
    family BLOB NOT NULL REFERENCES family (id),
    parent BLOB,
    generation INTEGER NOT NULL,
    issued INTEGER NOT NULL,
    used INTEGER,
    siblings INTEGER NOT NULL DEFAULT 0,
    child_seen INTEGER NOT NULL DEFAULT 0,
    child_used INTEGER NOT NULL DEFAULT 0,
    put_aside INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX refresh_family ON refresh_token (family);
CREATE INDEX refresh_parent ON refresh_token (parent);
CREATE INDEX refresh_replaced ON refresh_token (used) WHERE child_used = 1;

CREATE TABLE access_token (
    hash BLOB PRIMARY KEY,
    family BLOB NOT NULL REFERENCES family (id),
    parent BLOB,
    generation INTEGER NOT NULL,
    issued INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    twin BLOB NOT NULL,               -- the refresh token it was given with
    seen INTEGER,
    put_aside INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX access_family ON access_token (family);
CREATE INDEX access_parent ON access_token (parent);
CREATE INDEX access_expires ON access_token (expires);

-- What is counted against a limit, in windows that begin with their first event.
CREATE TABLE counter (
    name BLOB PRIMARY KEY,
    begun INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    n INTEGER NOT NULL
) STRICT;
CREATE INDEX counter_expires ON counter (expires);

-- Every change of state; `seq` and `hash` are given by the sealing task.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    client TEXT,
    flow BLOB,
    consent BLOB,
    subject_hash BLOB,
    network TEXT,
    detail TEXT,
    seq INTEGER UNIQUE,
    hash BLOB
) STRICT;
CREATE INDEX audit_unsealed ON audit (id) WHERE seq IS NULL;
CREATE INDEX audit_consent ON audit (consent);
CREATE INDEX audit_flow ON audit (flow);
CREATE INDEX audit_at ON audit (at);

CREATE TABLE audit_head (
    only_row INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;
INSERT INTO audit_head (only_row, seq, hash) VALUES (1, 0, x'');

-- Where the chain begins once older rows were deleted.
CREATE TABLE audit_anchor (
    seq INTEGER PRIMARY KEY,
    hash BLOB NOT NULL,
    deleted_at INTEGER NOT NULL
) STRICT;
