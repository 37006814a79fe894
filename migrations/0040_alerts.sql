-- Where alerts go. The URL of a chat's webhook is a secret, as is the key that signs.
CREATE TABLE alert_targets (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('webhook', 'slack', 'feishu', 'dingtalk', 'wecom')),
  url text NOT NULL,
  secret text,
  language text NOT NULL CHECK (language IN ('zh', 'en'))
);

-- A rule fires when its measure has been above the threshold for so long.
CREATE TABLE alert_rules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  measure text NOT NULL,
  threshold double precision NOT NULL,
  for_seconds integer NOT NULL,
  target_ids bigint[] NOT NULL DEFAULT '{}',
  browser boolean NOT NULL DEFAULT false,
  notify_resolved boolean NOT NULL DEFAULT true,
  enabled boolean NOT NULL DEFAULT true,
  muted_until timestamptz
);

CREATE TABLE alert_firings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rule_id bigint REFERENCES alert_rules ON DELETE SET NULL,
  rule_name text NOT NULL,
  measure text NOT NULL,
  threshold double precision NOT NULL,
  value double precision NOT NULL,
  peak double precision NOT NULL,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text
);
-- All nodes evaluate all rules; the first to insert is the one that fires.
CREATE UNIQUE INDEX alert_firings_open ON alert_firings (rule_id) WHERE ended_at IS NULL;
CREATE INDEX alert_firings_by_time ON alert_firings (began_at, id);

CREATE TABLE alert_deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  firing_id bigint NOT NULL REFERENCES alert_firings ON DELETE CASCADE,
  target_id bigint REFERENCES alert_targets ON DELETE SET NULL,
  target_name text NOT NULL,
  event text NOT NULL CHECK (event IN ('fired', 'resolved')),
  tries integer NOT NULL DEFAULT 0,
  -- Null: delivered, or given up.
  next_try_at timestamptz DEFAULT now(),
  delivered_at timestamptz,
  status integer,
  error text
);
CREATE INDEX alert_deliveries_due ON alert_deliveries (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX alert_deliveries_by_firing ON alert_deliveries (firing_id);
