-- Calls to Enedis and readings handed out. Instants are microseconds since 1970.

-- One row an interface of Enedis: its pace, the calls of the clock hour, and
-- until when Enedis has closed it.
CREATE TABLE upstream (
    api TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL,
    hour BIGINT NOT NULL,             -- hours since 1970
    used BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL
);

-- Answers with readings, by consent, Paris day and kind.
CREATE TABLE served (
    consent BYTEA NOT NULL REFERENCES consent (id),
    day TEXT NOT NULL,
    what TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (consent, day, what)
);
