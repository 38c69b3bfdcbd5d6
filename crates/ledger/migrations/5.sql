-- What each destination holds of us, piece by piece, as its fingerprint says.
CREATE TABLE delivery (
    destination TEXT NOT NULL,
    target TEXT NOT NULL,
    piece TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    delivered_at INTEGER NOT NULL,
    PRIMARY KEY (destination, target, piece)
) STRICT, WITHOUT ROWID;

-- What a destination must remember of a target (the number of its device…), as JSON.
CREATE TABLE delivery_target (
    destination TEXT NOT NULL,
    target TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (destination, target)
) STRICT, WITHOUT ROWID;

-- How the last attempt at a destination ended, and when the next may be made.
CREATE TABLE delivery_note (
    destination TEXT PRIMARY KEY,
    succeeded_at INTEGER,
    problem TEXT,
    problem_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    ask_at INTEGER
) STRICT, WITHOUT ROWID;
