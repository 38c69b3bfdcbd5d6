-- Instants are minutes since 1970 UTC where they begin an interval, seconds
-- elsewhere; days are days since 1970 in the local calendar. Keys run newest
-- first: a backfill that goes back in time then only appends to its pages.

CREATE TABLE usage_point (
    id INTEGER PRIMARY KEY,
    prm TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    usage_point INTEGER NOT NULL REFERENCES usage_point (id),
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    succeeded_at INTEGER,
    problem TEXT,
    problem_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    ask_at INTEGER,
    inactive_until INTEGER,
    UNIQUE (usage_point, direction, kind)
) STRICT;

CREATE TABLE reading (
    series INTEGER NOT NULL REFERENCES series (id),
    start INTEGER NOT NULL,
    step INTEGER NOT NULL,
    watts INTEGER NOT NULL,
    PRIMARY KEY (series, start DESC)
) STRICT, WITHOUT ROWID;

CREATE TABLE daily (
    series INTEGER NOT NULL REFERENCES series (id),
    day INTEGER NOT NULL,
    watt_hours INTEGER NOT NULL,
    PRIMARY KEY (series, day DESC)
) STRICT, WITHOUT ROWID;

-- "later" is set only where the stamp lies in the repeated autumn hour.
CREATE TABLE maximum (
    series INTEGER NOT NULL REFERENCES series (id),
    day INTEGER NOT NULL,
    phase INTEGER NOT NULL,
    volt_amperes INTEGER NOT NULL,
    at INTEGER NOT NULL,
    later INTEGER,
    PRIMARY KEY (series, day DESC, phase)
) STRICT, WITHOUT ROWID;

-- The registers a meter may have: few, named once.
CREATE TABLE class (
    id INTEGER PRIMARY KEY,
    calendar TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (calendar, name)
) STRICT;

CREATE TABLE register (
    series INTEGER NOT NULL REFERENCES series (id),
    day INTEGER NOT NULL,
    class INTEGER NOT NULL REFERENCES class (id),
    watt_hours INTEGER NOT NULL,
    PRIMARY KEY (series, day DESC, class)
) STRICT, WITHOUT ROWID;

CREATE TABLE day (
    series INTEGER NOT NULL REFERENCES series (id),
    day INTEGER NOT NULL,
    state INTEGER NOT NULL,
    reason TEXT,
    source INTEGER NOT NULL REFERENCES source (id),
    said_at INTEGER NOT NULL,
    ask_at INTEGER,
    PRIMARY KEY (series, day DESC)
) STRICT, WITHOUT ROWID;

-- What a newer answer replaced. "at" is the minute, second or day of the key
-- it had; "old" is the row as JSON.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    series INTEGER NOT NULL REFERENCES series (id),
    day INTEGER NOT NULL,
    old TEXT NOT NULL,
    replaced_by INTEGER NOT NULL REFERENCES source (id),
    replaced_at INTEGER NOT NULL
) STRICT;

CREATE INDEX revision_by_day ON revision (series, day);

CREATE TABLE contract (
    usage_point INTEGER PRIMARY KEY REFERENCES usage_point (id),
    facts TEXT,
    source INTEGER REFERENCES source (id),
    said_at INTEGER,
    problem TEXT,
    problem_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    ask_at INTEGER
) STRICT;

CREATE TABLE source_total (
    usage_point INTEGER NOT NULL REFERENCES usage_point (id),
    direction TEXT NOT NULL,
    granularity TEXT NOT NULL,
    first INTEGER NOT NULL,
    watt_hours INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES source (id),
    said_at INTEGER NOT NULL,
    PRIMARY KEY (usage_point, direction, granularity, first DESC)
) STRICT, WITHOUT ROWID;

-- Why a whole source is left in peace for a while (quota, bad credentials).
CREATE TABLE source_pause (
    source INTEGER PRIMARY KEY REFERENCES source (id),
    problem TEXT NOT NULL,
    since INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    ask_at INTEGER NOT NULL
) STRICT;
