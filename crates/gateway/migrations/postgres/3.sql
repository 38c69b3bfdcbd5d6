-- Children of a token are found among those of its family: an index less to
-- write at every refresh.
DROP INDEX refresh_parent;
DROP INDEX access_parent;

-- Consents are counted by state.
CREATE INDEX consent_status ON consent (status);
