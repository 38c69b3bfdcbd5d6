-- The tokens of a family stand side by side, so that a refresh changes few
-- pages: what it writes to the disk is what it costs.
CREATE TABLE refresh_token_by_family (
    family BLOB NOT NULL REFERENCES family (id),
    generation INTEGER NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    parent BLOB,
    issued INTEGER NOT NULL,
    used INTEGER,
    siblings INTEGER NOT NULL DEFAULT 0,
    child_seen INTEGER NOT NULL DEFAULT 0,
    child_used INTEGER NOT NULL DEFAULT 0,
    put_aside INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (family, generation, hash)
) STRICT, WITHOUT ROWID;
INSERT INTO refresh_token_by_family (family, generation, hash, parent, issued, used, siblings,
    child_seen, child_used, put_aside)
  SELECT family, generation, hash, parent, issued, used, siblings, child_seen, child_used, put_aside
  FROM refresh_token ORDER BY family, generation, hash;
DROP TABLE refresh_token;
ALTER TABLE refresh_token_by_family RENAME TO refresh_token;
CREATE INDEX refresh_replaced ON refresh_token (used) WHERE child_used = 1;

CREATE TABLE access_token_by_family (
    family BLOB NOT NULL REFERENCES family (id),
    generation INTEGER NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    parent BLOB,
    issued INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    twin BLOB NOT NULL,               -- the refresh token it was given with
    seen INTEGER,
    put_aside INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (family, generation, hash)
) STRICT, WITHOUT ROWID;
INSERT INTO access_token_by_family (family, generation, hash, parent, issued, expires, scopes, twin,
    seen, put_aside)
  SELECT family, generation, hash, parent, issued, expires, scopes, twin, seen, put_aside
  FROM access_token ORDER BY family, generation, hash;
DROP TABLE access_token;
ALTER TABLE access_token_by_family RENAME TO access_token;
CREATE INDEX access_expires ON access_token (expires);

-- Consents are counted by state.
CREATE INDEX consent_status ON consent (status);
