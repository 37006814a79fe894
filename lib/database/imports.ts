import { z } from "zod";
import { type ImportFigures, importFigures, type ImportRecord } from "../wire/import_figures.ts";
import type { Sql } from "./postgres_client.ts";
import { readRow, readRows, run } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** The number of stored imports. */
const REMEMBERED = 1_000;
/** The heartbeat timeout of a running import, after which its node counts as dead. */
const SILENT_AFTER_S = 15;

const row = z.object({
  id: z.number(),
  name: z.string().nullable(),
  by: z.string(),
  startedAt: z.number(),
  updatedAt: z.number(),
  state: z.enum(["running", "finished", "stopped"]),
  resumable: z.boolean(),
  hasArticles: z.boolean(),
  reason: z.string().nullable(),
  figures: importFigures,
});

/** Records the start of an import on `node`; returns its number. Deletes the oldest. */
export async function startImport(
  sql: Sql,
  { name, by, node, figures }: {
    name: string | null;
    by: string;
    node: string;
    figures: ImportFigures;
  },
): Promise<number> {
  const { id } = await readRow(
    z.object({ id: z.number() }),
    () =>
      sql`
        INSERT INTO imports (name, by, node, figures)
        VALUES (${text(name)}, ${by}, ${node}, (${json(figures)}::text)::jsonb) RETURNING id`,
  );
  await run(() => sql`DELETE FROM imports WHERE id <= ${id - REMEMBERED}`);
  return id;
}

/** Records that `node` resumes a stopped import; returns null if it does not exist or is not stopped. */
export async function resumeImport(
  sql: Sql,
  id: number,
  node: string,
): Promise<ImportRecord | null> {
  const [found] = await readRows(
    row,
    () =>
      sql`
        UPDATE imports SET state = 'running', reason = NULL, node = ${node}, updated_at = now()
        WHERE id = ${id}
          AND (state = 'stopped' OR (state = 'running' AND updated_at < ${silentBefore(sql)}))
        RETURNING *, ${hasArticles(sql)}`,
  );
  return found === undefined ? null : asRecord(found);
}

/**
 * Records the progress of an import, or its end; unless another node has resumed it, because its own seemed dead.
 */
export async function updateImport(
  sql: Sql,
  id: number,
  { node, state, reason = null, resumable = true, figures }: {
    node: string;
    state: ImportRecord["state"];
    reason?: string | null;
    resumable?: boolean;
    figures: ImportFigures;
  },
): Promise<void> {
  await run(() =>
    sql`
      UPDATE imports SET state = ${state}, reason = ${text(reason)}, resumable = ${resumable},
        updated_at = now(), figures = (${json(figures)}::text)::jsonb
      WHERE id = ${id} AND node = ${node}`
  );
}

/** Records that the imports of a dead process stopped, called at the next start of its node. */
export async function stopImportsOf(sql: Sql, node: string): Promise<void> {
  await run(() =>
    sql`UPDATE imports SET state = 'stopped' WHERE state = 'running' AND node = ${node}`
  );
}

/** Returns the ids of the articles that an import stored after the one with the id `after`. */
export async function storedAfter(sql: Sql, id: number, after: number): Promise<number[]> {
  const rows = await readRows(
    z.object({ id: z.number() }),
    () => sql`SELECT id::int8 FROM original_articles WHERE import_id = ${id} AND id > ${after}`,
  );
  return rows.map((one) => one.id);
}

/** Lists imports before `cursor`, newest first, optionally by name. One whose node died counts as stopped. */
export async function listImports(
  sql: Sql,
  { cursor = null, limit, name }: {
    cursor?: number | null;
    limit: number;
    name?: string | undefined;
  },
): Promise<ImportRecord[]> {
  const named = name === undefined ? sql`` : sql`AND name = ${text(name)}`;
  const rows = await readRows(
    row,
    () =>
      sql`
        SELECT id, name, by, started_at, updated_at, resumable, reason, figures,
          ${hasArticles(sql)},
          CASE WHEN state = 'running' AND updated_at < ${silentBefore(sql)} THEN 'stopped'
            ELSE state END AS state
        FROM imports WHERE id < ${cursor ?? Number.MAX_SAFE_INTEGER} ${named}
        ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map(asRecord);
}

/** Returns an import, or null. */
export async function readImport(sql: Sql, id: number): Promise<ImportRecord | null> {
  const [found] = await listImports(sql, { cursor: id + 1, limit: 1 });
  return found?.id === id ? found : null;
}

function silentBefore(sql: Sql) {
  return sql`now() - ${SILENT_AFTER_S}::float8 * interval '1 s'`;
}

function hasArticles(sql: Sql) {
  return sql`
    EXISTS (SELECT FROM original_articles WHERE import_id = imports.id) AS has_articles`;
}

function asRecord(
  { startedAt, updatedAt, hasArticles, resumable, ...rest }: z.infer<typeof row>,
): ImportRecord {
  return {
    ...rest,
    started_at: startedAt,
    updated_at: updatedAt,
    resumable: resumable && rest.state !== "finished",
    has_articles: hasArticles,
  };
}

function json(figures: ImportFigures): string {
  const { results: _, ...kept } = figures;
  return JSON.stringify(
    kept,
    (_, value) => typeof value === "string" ? storable(value) : value,
  );
}

function text(value: string | null): string | null {
  return value === null ? null : storable(value);
}
