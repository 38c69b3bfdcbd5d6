-- Consents, tokens and proofs. Instants are microseconds since 1970, UTC;
-- `…_hash` is a key number (2 bytes) and an HMAC-SHA-256.

-- Those who may ask: applications, not people.
CREATE TABLE client (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash BYTEA,
    status TEXT NOT NULL,              -- active, banned
    scopes TEXT NOT NULL,
    max_pending BIGINT NOT NULL,
    legacy BIGINT NOT NULL,               -- 1: speaks the older proxy's dialect
    created BIGINT NOT NULL
);

-- One consent being given.
CREATE TABLE flow (
    id BYTEA PRIMARY KEY,
    device_hash BYTEA NOT NULL UNIQUE,
    user_hash BYTEA NOT NULL,
    client TEXT NOT NULL REFERENCES client (id),
    asked TEXT NOT NULL,               -- scopes the box asked for
    state TEXT NOT NULL,
    is_open BIGINT NOT NULL,              -- 1: the user code is in use
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    poll_interval BIGINT NOT NULL,
    last_poll BIGINT,
    left_at BIGINT,
    back_at BIGINT,
    resolved_at BIGINT,
    approved_at BIGINT,
    redeemed_first BIGINT,
    redeemed_at BIGINT,
    failure TEXT,
    line_hash BYTEA NOT NULL,          -- the address of the box
    network TEXT NOT NULL,
    agent TEXT NOT NULL,
    browser_hash BYTEA,                -- the cookie of who confirmed
    browser_network TEXT,
    browser_agent TEXT,
    confirmed_at BIGINT,
    chosen TEXT,                       -- scopes the person agreed to
    duration TEXT,
    page TEXT,                         -- the page as it was shown
    value_kind TEXT,                   -- autorisation, points
    value_sealed BYTEA,                -- what the callback brought
    dek BYTEA,
    finding BYTEA,                     -- what Enedis said, sealed
    due BIGINT,                           -- when a node is to go on with it
    attempts BIGINT NOT NULL DEFAULT 0,
    lease BIGINT,                         -- until when a node has it in hand
    challenge TEXT,                    -- why a further proof is asked for
    challenge_days TEXT,               -- the days whose consumption is asked
    previous BYTEA                     -- the consent whose refresh token the box showed
);
CREATE UNIQUE INDEX flow_user_code ON flow (user_hash) WHERE is_open = 1;
CREATE INDEX flow_due ON flow (due) WHERE due IS NOT NULL;
CREATE INDEX flow_open_client ON flow (client) WHERE is_open = 1;
CREATE INDEX flow_open_line ON flow (line_hash) WHERE is_open = 1;
CREATE INDEX flow_expires ON flow (expires);
CREATE INDEX flow_browser ON flow (browser_hash);

-- A browser's way to Enedis: one `state`, one answer.
CREATE TABLE departure (
    state_hash BYTEA PRIMARY KEY,
    flow BYTEA NOT NULL REFERENCES flow (id) ON DELETE CASCADE,
    browser_hash BYTEA NOT NULL,
    left_at BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    value_hash BYTEA,                  -- the first answer
    answered_at BIGINT,
    other_values BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX departure_flow ON departure (flow);

-- Who claims which number or usage point.
CREATE TABLE claim (
    kind TEXT NOT NULL,                -- autorisation, point
    value_hash BYTEA NOT NULL,
    flow BYTEA NOT NULL,
    claimed_at BIGINT NOT NULL,
    status TEXT NOT NULL,              -- open, frozen, won, lost
    PRIMARY KEY (kind, value_hash, flow)
);
CREATE INDEX claim_flow ON claim (flow);

-- A proved consent.
CREATE TABLE consent (
    id BYTEA PRIMARY KEY,
    flow BYTEA NOT NULL UNIQUE,
    client TEXT NOT NULL REFERENCES client (id),
    generation TEXT NOT NULL,
    autorisation_id BIGINT UNIQUE,
    scopes TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    status TEXT NOT NULL,              -- active, suspect, revoked, expired
    status_at BIGINT NOT NULL,
    ended_by TEXT,
    dek BYTEA,                         -- wrapped; gone when the data is
    browser_hash BYTEA
);
CREATE INDEX consent_until ON consent (until_at);
CREATE INDEX consent_browser ON consent (browser_hash);
CREATE INDEX consent_client ON consent (client);

CREATE TABLE consent_point (
    consent BYTEA NOT NULL REFERENCES consent (id),
    ordinal BIGINT NOT NULL,
    point_hash BYTEA NOT NULL,
    point_sealed BYTEA,
    directions TEXT NOT NULL,
    PRIMARY KEY (consent, ordinal)
);
CREATE INDEX consent_point_hash ON consent_point (point_hash);

-- Usage points whose consent ended here and may still run at Enedis.
CREATE TABLE tombstone (
    point_hash BYTEA PRIMARY KEY,
    until_at BIGINT NOT NULL,
    consent BYTEA NOT NULL
);

-- What a person agreed to, and how it was proved.
CREATE TABLE proof (
    consent BYTEA PRIMARY KEY REFERENCES consent (id),
    page_sha256 BYTEA NOT NULL,
    page TEXT NOT NULL,
    scopes TEXT NOT NULL,
    duration TEXT NOT NULL,
    autorisation_id BIGINT,
    begun_at BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    left_at BIGINT NOT NULL,
    back_at BIGINT,
    approved_at BIGINT NOT NULL,
    network TEXT NOT NULL,
    agent TEXT NOT NULL,
    proved_by TEXT NOT NULL            -- quiet, browser, refresh_token, knowledge, operator
);

CREATE TABLE family (
    id BYTEA PRIMARY KEY,
    consent BYTEA NOT NULL UNIQUE REFERENCES consent (id),
    client TEXT NOT NULL,
    scopes TEXT NOT NULL,
    status TEXT NOT NULL,              -- live, revoked
    status_at BIGINT NOT NULL,
    ended_by TEXT,
    presented BIGINT                      -- when any of its tokens was first used
);

CREATE TABLE refresh_token (
    hash BYTEA PRIMARY KEY,
    family BYTEA NOT NULL REFERENCES family (id),
    parent BYTEA,
    generation BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    used BIGINT,
    siblings BIGINT NOT NULL DEFAULT 0,
    child_seen BIGINT NOT NULL DEFAULT 0,
    child_used BIGINT NOT NULL DEFAULT 0,
    put_aside BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX refresh_family ON refresh_token (family);
CREATE INDEX refresh_parent ON refresh_token (parent);
CREATE INDEX refresh_replaced ON refresh_token (used) WHERE child_used = 1;

CREATE TABLE access_token (
    hash BYTEA PRIMARY KEY,
    family BYTEA NOT NULL REFERENCES family (id),
    parent BYTEA,
    generation BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    scopes TEXT NOT NULL,
    twin BYTEA NOT NULL,               -- the refresh token it was given with
    seen BIGINT,
    put_aside BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX access_family ON access_token (family);
CREATE INDEX access_parent ON access_token (parent);
CREATE INDEX access_expires ON access_token (expires);

-- What is counted against a limit, in windows that begin with their first event.
CREATE TABLE counter (
    name BYTEA PRIMARY KEY,
    begun BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    n BIGINT NOT NULL
);
CREATE INDEX counter_expires ON counter (expires);

-- Every change of state; `seq` and `hash` are given by the sealing task.
CREATE TABLE audit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    client TEXT,
    flow BYTEA,
    consent BYTEA,
    subject_hash BYTEA,
    network TEXT,
    detail TEXT,
    seq BIGINT UNIQUE,
    hash BYTEA
);
CREATE INDEX audit_unsealed ON audit (id) WHERE seq IS NULL;
CREATE INDEX audit_consent ON audit (consent);
CREATE INDEX audit_flow ON audit (flow);
CREATE INDEX audit_at ON audit (at);

CREATE TABLE audit_head (
    only_row BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL
);
INSERT INTO audit_head (only_row, seq, hash) VALUES (1, 0, ''::bytea);

-- Where the chain begins once older rows were deleted.
CREATE TABLE audit_anchor (
    seq BIGINT PRIMARY KEY,
    hash BYTEA NOT NULL,
    deleted_at BIGINT NOT NULL
);

-- The clock that decides. A row in `test_clock`, which only tests write, stops it.
CREATE TABLE test_clock (
    only_row BIGINT PRIMARY KEY,
    now_at BIGINT NOT NULL
);
CREATE FUNCTION gateway_now() RETURNS BIGINT LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(
        (SELECT now_at FROM test_clock WHERE only_row = 1),
        (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
    )
$$;
