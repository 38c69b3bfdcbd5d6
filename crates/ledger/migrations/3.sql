-- What each source last said of a colour day (Tempo, EJP), one row per source:
-- sources that differ are kept side by side.
CREATE TABLE colour (
    calendar TEXT NOT NULL,
    day INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES source (id),
    colour TEXT NOT NULL,
    said_at INTEGER NOT NULL,
    PRIMARY KEY (calendar, day DESC, source)
) STRICT, WITHOUT ROWID;

-- What a source said before it changed its mind.
CREATE TABLE colour_revision (
    id INTEGER PRIMARY KEY,
    calendar TEXT NOT NULL,
    day INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES source (id),
    colour TEXT NOT NULL,
    said_at INTEGER NOT NULL,
    replaced_at INTEGER NOT NULL
) STRICT;
