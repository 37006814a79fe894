-- What people and nodes did: appended only, kept for a set time.
CREATE TABLE events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  result text NOT NULL CHECK (result IN ('succeeded', 'refused', 'failed')),
  -- Who did it: a person's or a token's name, a node's name, another program.
  actor text NOT NULL,
  role text,
  address text,
  -- The node on which it was done.
  node text NOT NULL,
  -- What it was done to.
  subject text,
  counts jsonb NOT NULL DEFAULT '{}',
  request_id text,
  -- Set where several nodes see the same event: only one of them appends it.
  once text UNIQUE
);
CREATE INDEX events_by_time ON events (at, id);
CREATE INDEX events_by_kind ON events (kind, at, id);
CREATE INDEX events_by_actor ON events (actor, at, id);
CREATE INDEX events_by_node ON events (node, at, id);

-- No program changes what happened, nor removes what happened within a day.
CREATE FUNCTION keep_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < now() - interval '1 day' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'events are append-only';
END $$;
CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE ON events
  FOR EACH ROW EXECUTE FUNCTION keep_events();
CREATE TRIGGER events_not_truncated BEFORE TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION keep_events();
