-- The list of failures is in the order in which they failed: this index holds that order and all that a filter needs,
-- and takes the place of the one by time alone.
UPDATE article_states SET last_failed_at = changed_at
  WHERE state IN ('retry', 'dead') AND last_failed_at IS NULL;
DROP INDEX article_states_failed_at;
CREATE INDEX article_states_failed_at ON article_states (last_failed_at, article_id)
  INCLUDE (state, reason_key, cause_key, group_key, source_key, node_key)
  WHERE state IN ('retry', 'dead');

-- A failure that another program stored without its time failed when it was stored.
CREATE FUNCTION time_failure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.last_failed_at := NEW.changed_at;
  RETURN NEW;
END $$;
CREATE TRIGGER failure_timed BEFORE INSERT OR UPDATE ON article_states
  FOR EACH ROW WHEN (NEW.state IN ('retry', 'dead') AND NEW.last_failed_at IS NULL)
  EXECUTE FUNCTION time_failure();
