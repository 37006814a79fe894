-- The log of all nodes, info and above, kept for a set time and up to a number of rows. A node writes only its own
-- rows; `at` is on the database's clock and unique within a node.
CREATE TABLE log_lines (
  at timestamptz NOT NULL,
  node text NOT NULL,
  level text NOT NULL CHECK (level IN ('debug', 'info', 'warning', 'error')),
  message text NOT NULL,
  -- A row may stand for several lines of one message, from `at` to `last_at`.
  lines integer NOT NULL DEFAULT 1,
  last_at timestamptz NOT NULL,
  article bigint,
  request text,
  PRIMARY KEY (at, node)
);
-- Each combination of level and node is in the order of an index, so that a rare one is found without a scan.
CREATE INDEX log_lines_by_level ON log_lines (level, at, node);
CREATE INDEX log_lines_by_node ON log_lines (node, level, at);
CREATE INDEX log_lines_by_article ON log_lines (article, at, node) WHERE article IS NOT NULL;
