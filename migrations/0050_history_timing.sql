-- How long articles waited and ran: each node's cumulative histograms, per span of the charts, in as
-- many rows as the span has points.
CREATE TABLE history_timing (
  span text NOT NULL,
  at timestamptz NOT NULL,
  -- By the node's name: {"wait": [counts], "run": [counts]}, the buckets of lib/wire/histogram.ts.
  nodes jsonb NOT NULL,
  PRIMARY KEY (span, at)
);
