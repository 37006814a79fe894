import { z } from "zod";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";

const MAX_ATTEMPTS = 5;

/** Serialization failure, deadlock. */
const CONTENTION = /^(40001|40P01)$/;

/**
 * Codes that say that the connection, not the statement, is at fault: of the driver, of the system,
 * and of Postgres (connection exceptions, shutdown, start, too many connections, a statement that ran
 * out of time, a standby that has yet to be promoted).
 */
const UNREACHABLE =
  /^(CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONN(REFUSED|RESET|ABORTED)|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08...|57P0[1-5]|57014|53300|25006)$/;

/**
 * Runs one atomic step against Postgres: `step` is called again when it lost against a concurrent one.
 * Throws a `DatabaseUnreachableError` when the connection failed, and what Postgres said otherwise.
 */
export async function run<T>(step: () => PromiseLike<T>): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await step();
    } catch (thrown) {
      const error = toError(thrown);
      const code = codeOf(error);
      if (CONTENTION.test(code) && attempt < MAX_ATTEMPTS) continue;
      if (!UNREACHABLE.test(code)) throw error;
      throw new DatabaseUnreachableError(`Cannot reach Postgres: ${error.message || code}`, {
        cause: error,
      });
    }
  }
}

/** As `run`, for a statement that answers rows; each is parsed by `row`. */
export async function readRows<Row extends z.ZodType>(
  row: Row,
  step: () => PromiseLike<readonly unknown[]>,
): Promise<z.infer<Row>[]> {
  return z.array(row).parse(await run(step));
}

/** As `readRows`, for a statement that answers exactly one row. */
export async function readRow<Row extends z.ZodType>(
  row: Row,
  step: () => PromiseLike<readonly unknown[]>,
): Promise<z.infer<Row>> {
  const [first] = await run(step);
  return row.parse(first);
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
