-- The imports of late: what each has come to, so that any page shows it and a broken one is resumed.
CREATE TABLE imports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text,
  by text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'finished', 'stopped')),
  reason text,
  figures jsonb NOT NULL
);

-- Responses to requests that named themselves, so that a repetition gets the same one.
CREATE TABLE idempotency_keys (
  key text PRIMARY KEY,
  -- Of the request: another one with the same key is a mistake.
  request text NOT NULL,
  -- Null while the request is under way.
  status integer,
  response jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
