-- What upkeep asks goes by an index of its own.
DROP INDEX consent_status;
CREATE INDEX consent_status ON consent (status, until_at);
CREATE INDEX consent_dek ON consent (dek);
CREATE INDEX tombstone_until ON tombstone (until_at);
-- Rows that wait to be sealed are found by `seq`, whose index holds them first.
DROP INDEX audit_unsealed;
