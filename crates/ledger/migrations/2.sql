-- Calls that count against a limit that we keep by ourselves, for as long as
-- they count: a restart does not forget them.
CREATE TABLE counted_call (
    account TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX counted_call_by_time ON counted_call (account, at);
