-- The list of causes and the search among errors are answered from this index alone. An entry must be
-- short, so the error is kept here to a length that fits whatever its characters; the attempt has all.
UPDATE article_states SET error = left(error, 400) WHERE length(error) > 400;
DROP INDEX article_states_by_cause;
CREATE INDEX article_states_by_cause ON article_states (fingerprint, article_id)
  INCLUDE (state, first_failed_at, last_failed_at, error)
  WHERE state IN ('retry', 'dead');
