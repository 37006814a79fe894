-- Settles a batch: applies each outcome whose article is still at the revision that it was computed from, and
-- replaces what the article had before. Parameters:
--   $1 to $6   the processed articles, a list each: ids, revisions, groups, numbers of paragraphs, titles
--              (separated by U+001E), texts (U+001E between articles, U+001F between paragraphs)
--   $7         the failed articles, a JSON array
--   $8, $9     the node, and the day of its tally
--   $10, $11   the duration of the batch in ms, and the number of its articles
WITH processed AS MATERIALIZED (
  SELECT * FROM ROWS FROM (
    unnest($1::bigint[]),
    unnest($2::integer[]),
    unnest($3::bigint[]),
    unnest($4::integer[]),
    string_to_table($5, E'\x1e'),
    string_to_table($6, E'\x1e')
  ) AS given (id, revision, group_id, paragraphs, title, text)
), failed AS MATERIALIZED (
  SELECT * FROM json_to_recordset(($7::text)::json) AS given (
    id bigint, revision integer, state text, due_in_ms float8,
    reason text, error text, stack text, fingerprint text
  )
), batch AS MATERIALIZED (
  SELECT nextval('batch_ids') AS id
), settled AS (
  INSERT INTO article_states AS known (
    article_id, revision, state, tries, changed_at, paragraphs, processed_at,
    due_at, first_failed_at, last_failed_at, reason, error, stack, fingerprint, node_key
  )
  SELECT id, revision + 1, 'processed', 0, now(), paragraphs, now(),
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM processed
  UNION ALL
  SELECT id, revision + 1, state, 1, now(), NULL, NULL,
    -- An index holds the error, and takes no more; the attempt has all of it.
    now() + due_in_ms * interval '1 ms', now(), now(), reason, left(error, 400), stack, fingerprint,
    (SELECT failure_label('node', $8))
  FROM failed
  -- Two nodes that settle the same articles lock them in the same order.
  ORDER BY 1
  ON CONFLICT (article_id) DO UPDATE SET
    revision = EXCLUDED.revision,
    state = EXCLUDED.state,
    tries = known.tries + EXCLUDED.tries,
    changed_at = EXCLUDED.changed_at,
    paragraphs = coalesce(EXCLUDED.paragraphs, known.paragraphs),
    processed_at = coalesce(EXCLUDED.processed_at, known.processed_at),
    due_at = EXCLUDED.due_at,
    -- Since the article was last new or processed: what was before is in its attempts.
    first_failed_at = CASE
      WHEN EXCLUDED.state <> 'processed' AND known.tries > 0
      THEN coalesce(known.first_failed_at, EXCLUDED.first_failed_at)
      ELSE EXCLUDED.first_failed_at
    END,
    last_failed_at = coalesce(EXCLUDED.last_failed_at, known.last_failed_at),
    reason = coalesce(EXCLUDED.reason, known.reason),
    error = coalesce(EXCLUDED.error, known.error),
    stack = coalesce(EXCLUDED.stack, known.stack),
    fingerprint = coalesce(EXCLUDED.fingerprint, known.fingerprint),
    node_key = coalesce(EXCLUDED.node_key, known.node_key)
  WHERE known.revision = EXCLUDED.revision - 1 AND known.state IN ('pending', 'retry')
  RETURNING article_id, state, tries, due_at, changed_at
), reprocessed AS MATERIALIZED (
  -- Only an article of a later revision can have rows from before.
  SELECT processed.id, processed.title, processed.group_id
  FROM processed JOIN settled ON settled.article_id = processed.id
  WHERE processed.revision > 1
), outdated AS MATERIALIZED (
  SELECT id, article_id, group_id, md5(title)::uuid AS title_key FROM titles
  WHERE article_id = ANY (ARRAY(SELECT id FROM reprocessed))
    AND NOT EXISTS (
      SELECT FROM reprocessed
      WHERE id = article_id AND reprocessed.title = titles.title
        AND reprocessed.group_id = titles.group_id
    )
), inherited AS MATERIALIZED (
  SELECT DISTINCT ON (outdated.id) outdated.id, shares.article_id AS heir
  FROM outdated JOIN title_shares AS shares USING (group_id, title_key)
  WHERE NOT EXISTS (
    SELECT FROM reprocessed
    WHERE id = shares.article_id
      AND (reprocessed.group_id, md5(title)::uuid) <> (shares.group_id, shares.title_key)
  )
  ORDER BY outdated.id, shares.article_id
), passed_titles AS (
  UPDATE titles SET article_id = heir FROM inherited WHERE inherited.id = titles.id
), old_titles AS (
  DELETE FROM titles
  WHERE id = ANY (ARRAY(SELECT id FROM outdated EXCEPT SELECT id FROM inherited))
), old_contents AS (
  DELETE FROM contents WHERE article_id = ANY (ARRAY(SELECT id FROM reprocessed))
), new_titles AS (
  INSERT INTO titles (title, group_id, batch_id, article_id)
  SELECT title, group_id, batch.id, processed.id
  FROM batch, processed JOIN settled ON settled.article_id = processed.id
  WHERE title <> ''
  ORDER BY title COLLATE "C"
  ON CONFLICT (group_id, (md5(title)::uuid)) WHERE NOT repeats DO NOTHING
  RETURNING article_id
), sharing AS MATERIALIZED (
  SELECT processed.id, group_id, md5(title)::uuid AS title_key
  FROM processed JOIN settled ON settled.article_id = processed.id
  WHERE title <> ''
    AND processed.id NOT IN (SELECT article_id FROM new_titles)
    AND processed.id NOT IN (SELECT heir FROM inherited)
    AND NOT EXISTS (
      SELECT FROM titles
      WHERE titles.article_id = processed.id AND titles.title = processed.title
        AND titles.group_id = processed.group_id
    )
), new_shares AS (
  INSERT INTO title_shares (article_id, group_id, title_key)
  SELECT id, group_id, title_key FROM sharing
  ON CONFLICT (article_id)
    DO UPDATE SET group_id = EXCLUDED.group_id, title_key = EXCLUDED.title_key
), old_shares AS (
  DELETE FROM title_shares
  WHERE article_id = ANY (ARRAY(
    SELECT id FROM reprocessed UNION ALL SELECT heir FROM inherited
    EXCEPT SELECT id FROM sharing
  ))
), new_contents AS (
  INSERT INTO contents (content, group_id, batch_id, article_id, position)
  SELECT paragraph.content, group_id, batch.id, processed.id, paragraph.position
  FROM batch, processed JOIN settled ON settled.article_id = processed.id,
    string_to_table(text, E'\x1f') WITH ORDINALITY AS paragraph (content, position)
), new_attempts AS (
  INSERT INTO attempts (article_id, try, at, node, reason, error, stack)
  SELECT failed.id, settled.tries, settled.changed_at, $8, reason, error, stack
  FROM failed JOIN settled ON settled.article_id = failed.id
), tally AS (
  INSERT INTO processor_tally AS known (node, day, processed, failed, retried, elapsed_ms)
  SELECT $8, $9::date,
    count(*) FILTER (WHERE state = 'processed'),
    count(*) FILTER (WHERE state = 'dead'),
    count(*) FILTER (WHERE state = 'retry'),
    count(*) * $10::float8 / $11
  FROM settled HAVING count(*) > 0
  ON CONFLICT (day, node) DO UPDATE SET
    processed = known.processed + EXCLUDED.processed,
    failed = known.failed + EXCLUDED.failed,
    retried = known.retried + EXCLUDED.retried,
    elapsed_ms = known.elapsed_ms + EXCLUDED.elapsed_ms
  RETURNING processed, failed, retried, elapsed_ms
)
SELECT
  batch.id AS batch_id,
  (SELECT json_agg(json_build_object(
    'id', article_id, 'state', state, 'tries', tries,
    'dueInMs', extract(epoch FROM due_at - now()) * 1000,
    'changedAt', floor(extract(epoch FROM changed_at) * 1000)
  )) FROM settled) AS states,
  (SELECT json_build_object(
    'processed', processed, 'failed', failed, 'retried', retried, 'elapsedMs', elapsed_ms
  ) FROM tally) AS tally
FROM batch
