-- What failures are counted and filtered by. A label stands once and has a small number, so that one
-- narrow index holds all that the facets of a hundred thousand failures need.
CREATE TABLE failure_labels (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('reason', 'cause', 'group', 'source', 'node')),
  label text NOT NULL,
  UNIQUE (kind, label)
);

-- The id of a label, which is added when it is new; null for null.
CREATE FUNCTION failure_label(of_kind text, name text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  shortened text := left(name, 400);
  found_id integer;
BEGIN
  IF name IS NULL THEN RETURN NULL; END IF;
  SELECT id INTO found_id FROM failure_labels WHERE kind = of_kind AND label = shortened;
  IF found_id IS NOT NULL THEN RETURN found_id; END IF;
  INSERT INTO failure_labels (kind, label) VALUES (of_kind, shortened)
    ON CONFLICT DO NOTHING RETURNING id INTO found_id;
  IF found_id IS NOT NULL THEN RETURN found_id; END IF;
  -- Another transaction was first; a new statement sees its row.
  SELECT id INTO found_id FROM failure_labels WHERE kind = of_kind AND label = shortened;
  RETURN found_id;
END $$;

-- A source identifies one article; failures are counted by what many have in common: the host of a
-- URL, what stands before the first separator, or a name without the number at its end.
CREATE FUNCTION source_family(source text, url text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT left(nullif(CASE
    WHEN given ~* '^[a-z][a-z0-9+.-]*://' THEN lower(substring(given FROM '://(?:[^/@]*@)?([^/?#]*)'))
    WHEN given ~ '^[^/:#?|]+[/:#?|]' THEN substring(given FROM '^[^/:#?|]+')
    ELSE regexp_replace(given, '[-_. ]*[0-9]+$', '')
  END, ''), 100)
  FROM (SELECT coalesce(nullif(source, ''), nullif(url, '')) AS given) AS known
$$;

ALTER TABLE article_states
  ADD COLUMN reason_key integer,
  ADD COLUMN cause_key integer,
  ADD COLUMN group_key integer,
  ADD COLUMN source_key integer,
  -- Set by the statement that stores the failure, which alone knows the node.
  ADD COLUMN node_key integer;

-- By a trigger, so that failures stored by nodes of the version before are counted as well.
CREATE FUNCTION label_failure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE article record;
BEGIN
  SELECT article_groups.name AS group_name, source_family(articles.source, articles.url) AS source
    INTO article
    FROM original_articles AS articles
    LEFT JOIN article_groups ON article_groups.id = articles.group_id
    WHERE articles.id = NEW.article_id;
  NEW.reason_key := failure_label('reason', NEW.reason);
  NEW.cause_key := failure_label('cause', NEW.fingerprint);
  NEW.group_key := failure_label('group', article.group_name);
  NEW.source_key := failure_label('source', article.source);
  RETURN NEW;
END $$;
CREATE TRIGGER failure_inserted BEFORE INSERT ON article_states
  FOR EACH ROW WHEN (NEW.state IN ('retry', 'dead')) EXECUTE FUNCTION label_failure();
CREATE TRIGGER failure_updated BEFORE UPDATE ON article_states
  FOR EACH ROW WHEN (
    NEW.state IN ('retry', 'dead')
    AND (NEW.last_failed_at, NEW.fingerprint) IS DISTINCT FROM (OLD.last_failed_at, OLD.fingerprint)
  ) EXECUTE FUNCTION label_failure();

-- Also what was cleared: an undo makes it dead again.
CREATE TEMPORARY TABLE failed_before ON COMMIT DROP AS
  SELECT
    states.article_id, left(states.reason, 400) AS reason, left(states.fingerprint, 400) AS cause,
    left(article_groups.name, 400) AS group_name,
    source_family(articles.source, articles.url) AS source,
    (
      SELECT left(node, 400) FROM attempts WHERE attempts.article_id = states.article_id
      ORDER BY at DESC LIMIT 1
    ) AS node
  FROM article_states AS states
  LEFT JOIN original_articles AS articles ON articles.id = states.article_id
  LEFT JOIN article_groups ON article_groups.id = articles.group_id
  WHERE states.state IN ('retry', 'dead', 'discarded');
INSERT INTO failure_labels (kind, label)
  SELECT DISTINCT kind, label FROM failed_before, LATERAL (VALUES
    ('reason', reason), ('cause', cause), ('group', group_name), ('source', source), ('node', node)
  ) AS given (kind, label)
  WHERE label IS NOT NULL
  ON CONFLICT DO NOTHING;
UPDATE article_states AS states SET
  reason_key = (SELECT id FROM failure_labels WHERE kind = 'reason' AND label = known.reason),
  cause_key = (SELECT id FROM failure_labels WHERE kind = 'cause' AND label = known.cause),
  group_key = (SELECT id FROM failure_labels WHERE kind = 'group' AND label = known.group_name),
  source_key = (SELECT id FROM failure_labels WHERE kind = 'source' AND label = known.source),
  node_key = (SELECT id FROM failure_labels WHERE kind = 'node' AND label = known.node)
FROM failed_before AS known WHERE known.article_id = states.article_id;

DROP INDEX article_states_failed;
CREATE INDEX article_states_failed ON article_states (article_id)
  INCLUDE (
    state, first_failed_at, last_failed_at, reason_key, cause_key, group_key, source_key, node_key
  )
  WHERE state IN ('retry', 'dead');
