-- What stands and concerns a person: a consent that is lacking or about to end,
-- an account that cannot be entered, a clock that is wrong. Whoever finds it
-- out writes it, and takes it away when it is over. An empty "prm": the whole
-- source.
CREATE TABLE notice (
    source TEXT NOT NULL,
    prm TEXT NOT NULL,
    kind TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    link TEXT,
    code TEXT,
    detail TEXT,
    PRIMARY KEY (source, prm, kind)
) STRICT, WITHOUT ROWID;

-- What people have been told by e-mail or webhook: each thing once.
CREATE TABLE told (
    what TEXT NOT NULL,
    way TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (what, way)
) STRICT, WITHOUT ROWID;

-- Calls made about a usage point in a local day, by direction and kind as
-- in "series".
CREATE TABLE call_count (
    usage_point INTEGER NOT NULL REFERENCES usage_point (id),
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    day INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (usage_point, direction, kind, day DESC)
) STRICT, WITHOUT ROWID;
