import type { Sql } from "../../lib/database/postgres_client.ts";

/** A text in one of 5,000 titles, and a text in every second title. */
export const RARE_TEXT = "藏书楼的调度员";
export const COMMON_TEXT = "的";

/** The cause of a third of the failures. */
export const COMMON_CAUSE = "threw: Cannot read field # of the article";

/** Every tenth article is a dead letter; this share of all articles is in retry or pending. */
const DEAD_EACH = 10;

/**
 * Fills a migrated, empty database with `count` articles: 80% processed, 10% dead with about 300 causes, the
 * rest pending or in retry, with titles, sources, groups and results. A million articles take one or two
 * minutes. Processing is left stopped, so that a node that starts does not change them.
 */
export async function storeManyArticles(sql: Sql, count: number, contents: string[]) {
  // Building the index once is many times faster than maintaining it per insert.
  const [index] = await sql`SELECT pg_get_indexdef('original_articles_search'::regclass) AS sql`;
  await sql`DROP INDEX original_articles_search`;
  await sql`ALTER TABLE original_articles DISABLE TRIGGER articles_inserted`;
  await sql`
    INSERT INTO article_groups (name) SELECT 'group ' || n FROM generate_series(1, 40) AS n`;
  await sql`
    WITH contents AS MATERIALIZED (
      SELECT string_to_array(${contents.join("\x1e")}, E'\\x1e') AS list
    )
    INSERT INTO original_articles (id, title, content, source, group_id, import_id, created_at)
    SELECT
      n,
      CASE WHEN n % 5000 = 0 THEN ${RARE_TEXT} ELSE
        (ARRAY['重庆', '长江', '渡口', '茶馆', '绿道', '火车站', '植物园'])[1 + n % 7] || '的' ||
        (ARRAY['行人', '船长', '女儿', '会计', '裁缝', '少年', '校长', '乐手', '邻居'])[1 + n % 9]
      END || '，第 ' || n || ' 篇',
      (SELECT list FROM contents)[1 + n % ${contents.length}::int],
      'many-' || n,
      CASE WHEN n % 3 = 0 THEN 1 ELSE 1 + n % 41 END,
      nullif(n / 10000, 0),
      now() - (${count}::int - n) * interval '1 s'
    FROM generate_series(1, ${count}::int) AS n`;
  await sql`ALTER TABLE original_articles ENABLE TRIGGER articles_inserted`;
  await sql`
    INSERT INTO article_states (
      article_id, state, revision, tries, changed_at, due_at, paragraphs, processed_at,
      first_failed_at, last_failed_at, reason, error, stack, fingerprint, node_key
    )
    SELECT
      n, state, 2, CASE state WHEN 'dead' THEN 4 WHEN 'retry' THEN 1 ELSE 0 END, at,
      CASE state WHEN 'retry' THEN now() + interval '1 day' END,
      CASE state WHEN 'processed' THEN 2 END,
      CASE state WHEN 'processed' THEN at END,
      CASE WHEN failed THEN at - interval '1 h' END,
      CASE WHEN failed THEN at END,
      CASE WHEN failed THEN CASE WHEN n % 17 = 0 THEN 'timed_out' ELSE 'threw' END END,
      CASE WHEN failed THEN replace(cause, '#', n::text) END,
      CASE WHEN failed THEN repeat('    at clean (file:///app/lib/article/html.ts:40:11)' || E'\n', 8) END,
      CASE WHEN failed THEN 'threw: ' || cause END,
      CASE WHEN failed THEN failure_label('node', 'node-' || n % 5) END
    FROM (
      SELECT *, state IN ('retry', 'dead') AS failed,
        CASE WHEN hashint4(n) % 3 = 0 THEN 'Cannot read field # of the article'
          ELSE 'Cannot do step ' || chr(65 + abs(hashint4(n)) % 26) || chr(65 + n / 10 % 12) || ' with #'
        END AS cause
      FROM (
        SELECT n,
          CASE
            WHEN n % ${DEAD_EACH}::int = 3 THEN 'dead'
            WHEN n % 100 = 7 THEN 'retry'
            WHEN n % 20 = 1 THEN 'pending'
            ELSE 'processed'
          END AS state,
          now() - (${count}::int - n) * interval '0.4 s' AS at
        FROM generate_series(1, ${count}::int) AS n
      ) AS placed
    ) AS known`;
  await sql`
    INSERT INTO attempts (article_id, try, at, node, reason, error, stack)
    SELECT article_id, try, last_failed_at - (tries - try) * interval '1 min', 'many', reason, error, stack
    FROM article_states, generate_series(1, tries) AS try WHERE state IN ('retry', 'dead')`;
  await sql`
    INSERT INTO titles (title, group_id, batch_id, article_id)
    SELECT title, group_id, 1, id FROM original_articles JOIN article_states ON article_id = id
    WHERE state = 'processed'`;
  await sql`
    INSERT INTO contents (content, group_id, batch_id, article_id, position)
    SELECT '我(wo)们(men)去(qu)银(yin)行(hang)，第 ' || n || ' 段。', 1, 1, article_id, n
    FROM article_states, generate_series(1, 2) AS n WHERE state = 'processed'`;
  await sql`
    INSERT INTO processor_tally (node, day, processed, failed, retried, elapsed_ms)
    SELECT 'node-' || n % 9, current_date - n / 9, 1000, 10, 30, 400 FROM generate_series(9, 3300) AS n`;
  await sql`DELETE FROM history`;
  await sql`
    INSERT INTO history (span, at, processed, failed, retried, pending, retry, dead)
    SELECT span, to_timestamp(floor(extract(epoch FROM now()) / step) * step - n * step),
      100000000 - n * step, 100000 - n, 300000 - n, n % 1000, n % 100, n % 10
    FROM (VALUES ('5m', 1, 3600), ('1h', 10, 8640), ('24h', 300, 8640), ('7d', 1800, 17520))
      AS spans (span, step, samples), generate_series(0, samples - 1) AS n`;
  await sql`
    INSERT INTO setting_changes (by, key, old, new)
    SELECT 'many', 'processor.batch_size', '50', '60' FROM generate_series(1, 5000)`;
  await sql`
    INSERT INTO operations (kind, filter, asked_by, total, done, finished_at)
    SELECT 'retry', '{}', 'many', 10, 10, now() - interval '1 day' FROM generate_series(1, 5000)`;
  await sql`
    INSERT INTO system_settings (key, value) VALUES ('processor.enabled', 'false')
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`;
  await sql`SELECT setval(pg_get_serial_sequence('original_articles', 'id'), ${count})`;
  await sql.unsafe(String(index?.sql));
  await sql`VACUUM ANALYZE`;
}
