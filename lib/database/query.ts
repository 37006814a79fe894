import { z } from "zod";
import {
  DatabaseUnreachableError,
  DataRefusedError,
  toError,
  UnexplainedRefusalError,
} from "../runtime/errors.ts";
import { sqlVerdict } from "../runtime/sql_states.ts";

const MAX_ATTEMPTS = 5;

const listeners = new Set<() => void>();
const stopwatches = new Set<(ms: number) => void>();

/**
 * Calls `listener` after each refusal of a server until the result is disposed. The error does not identify
 * its connection, so the listener replaces all of them.
 */
export function onRefusal(listener: () => void): Disposable {
  listeners.add(listener);
  return { [Symbol.dispose]: () => void listeners.delete(listener) };
}

/** Calls `listener` with the duration of each statement in ms until the result is disposed. */
export function onStatement(listener: (ms: number) => void): Disposable {
  stopwatches.add(listener);
  return { [Symbol.dispose]: () => void stopwatches.delete(listener) };
}

/**
 * Runs one atomic step against Postgres; retries `step` immediately after a conflict with a concurrent one.
 * Throws a `DatabaseUnreachableError` when the server is unreachable or refuses regardless of the data, an
 * `UnexplainedRefusalError` when the cause is unclear, and a `DataRefusedError` when it rejects the data.
 */
export async function run<T>(step: () => PromiseLike<T>): Promise<T> {
  for (let attempt = 1;; attempt++) {
    const began = performance.now();
    try {
      return await step();
    } catch (thrown) {
      const error = toError(thrown);
      const code = codeOf(error);
      const verdict = sqlVerdict(code);
      if (verdict === null) throw error;
      if (verdict === "data") throw new DataRefusedError(error.message, { cause: error });
      if (verdict === "again" && attempt < MAX_ATTEMPTS) continue;
      if (verdict !== "again") { for (const listener of listeners) listener(); }
      // The driver's message has neither host nor port.
      const why = code === "CONNECT_TIMEOUT"
        ? "the server does not respond"
        : error.message || code;
      const message = `Cannot reach Postgres: ${why}`;
      throw verdict === "unexplained"
        ? new UnexplainedRefusalError(`Postgres refuses: ${error.message} (${code})`, {
          cause: error,
        })
        : new DatabaseUnreachableError(message, { cause: error });
    } finally {
      for (const listener of stopwatches) listener(performance.now() - began);
    }
  }
}

/**
 * Like `run`, for a statement that returns rows, which are parsed by `row`. Throws an `UnexplainedRefusalError` if they
 * have another shape: another program wrote one, changed the table, or the connection is out of step.
 */
export async function readRows<Row extends z.core.$ZodType>(
  row: Row,
  step: () => PromiseLike<readonly unknown[]>,
): Promise<z.infer<Row>[]> {
  return parsed(z.array(row), withoutHoles(await run(step)));
}

/** Like `readRows`, for a statement that returns exactly one row. */
export async function readRow<Row extends z.ZodType>(
  row: Row,
  step: () => PromiseLike<readonly unknown[]>,
): Promise<z.infer<Row>> {
  const [first] = withoutHoles(await run(step));
  return parsed(row, first);
}

function parsed<Shape extends z.core.$ZodType>(shape: Shape, rows: unknown): z.infer<Shape> {
  const result = z.core.safeParse(shape, rows);
  if (result.success) return result.data;
  for (const listener of listeners) listener();
  const [issue] = result.error.issues;
  const column = issue?.path.findLast((part) => typeof part === "string") ?? "no row";
  throw new UnexplainedRefusalError(
    `Postgres returns an unexpected value: ${column}: ${issue?.message}`,
    { cause: result.error },
  );
}

/**
 * Works around a bug of the driver (3.4.9): after a statement that failed halfway through its rows, the next
 * result of that connection starts with as many holes.
 */
function withoutHoles(rows: readonly unknown[]): unknown[] {
  return rows.filter(() => true);
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
