-- How the last questions about a calendar's colours ended, and when the next
-- may be asked: a restart makes no extra call.
CREATE TABLE colour_note (
    calendar TEXT PRIMARY KEY,
    asked_at INTEGER NOT NULL,
    ask_at INTEGER NOT NULL,
    searched_from INTEGER,
    searched_at INTEGER,
    failures INTEGER NOT NULL,
    problems TEXT NOT NULL
) STRICT;

-- Every different answer about a contract, and from when to when it was given.
CREATE TABLE contract_version (
    id INTEGER PRIMARY KEY,
    usage_point INTEGER NOT NULL REFERENCES usage_point (id),
    facts TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES source (id),
    first_said_at INTEGER NOT NULL,
    last_said_at INTEGER NOT NULL
) STRICT;

CREATE INDEX contract_version_by_point ON contract_version (usage_point, id);

INSERT INTO contract_version (usage_point, facts, source, first_said_at, last_said_at)
SELECT usage_point, facts, source, said_at, said_at FROM contract
WHERE facts IS NOT NULL AND source IS NOT NULL AND said_at IS NOT NULL;
