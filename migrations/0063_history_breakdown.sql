-- What each node settled in each step of the charts, by group. A node writes its own rows only, so
-- that nodes never wait for each other; one of the previous version writes none.
CREATE TABLE history_breakdown (
  span text NOT NULL,
  at timestamptz NOT NULL,
  node text NOT NULL,
  -- By the group's id: [articles processed, tries failed]; "0" sums the groups beyond the busiest.
  groups jsonb NOT NULL,
  PRIMARY KEY (span, at, node)
);
