-- The search among errors reads the list's own index, in the list's order; the planner took the rows, which are wide,
-- since the index that held the errors had another order. Nothing else needs that one.
DROP INDEX article_states_by_cause;
DROP INDEX article_states_failed_at;
CREATE INDEX article_states_failed_at ON article_states (last_failed_at, article_id)
  INCLUDE (state, reason_key, cause_key, group_key, source_key, node_key, error)
  WHERE state IN ('retry', 'dead');
