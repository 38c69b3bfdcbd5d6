-- A code that has run out is told apart from one that never was.
CREATE INDEX flow_expired_code ON flow (user_hash) WHERE state = 'expired';
