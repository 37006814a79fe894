-- Browsers that are signed in. The cookie holds a random key, of which only the digest is here.
CREATE TABLE sessions (
  id text PRIMARY KEY,
  key_digest bytea NOT NULL UNIQUE,
  -- The key before the last rotation: it counts until the browser is known to have the new one.
  previous_digest bytea UNIQUE,
  rotated_at timestamptz NOT NULL DEFAULT now(),
  -- When the browser first sent the present key.
  confirmed_at timestamptz,
  name text NOT NULL,
  role text NOT NULL,
  -- Tells whether the token that it was opened with is still the same.
  token_mark text NOT NULL,
  address text NOT NULL,
  user_agent text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_seen ON sessions (seen_at);
