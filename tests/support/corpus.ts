/**
 * The NDJSON file of real articles that `MILLRACE_CORPUS` names; by default, tests use generated articles.
 */
export const CORPUS: string | null = Deno.env.get("MILLRACE_CORPUS") || null;
