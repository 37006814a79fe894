-- For what failed in a minute, or since then.
CREATE INDEX article_states_failed_at ON article_states (last_failed_at)
  WHERE state IN ('retry', 'dead');
