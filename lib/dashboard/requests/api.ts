import * as z from "zod/mini";
import { below } from "../shell/base_path.ts";

/** Why a request failed. */
export type Failure =
  /** No response: the network or the server is unreachable. */
  | { kind: "unreachable" }
  | { kind: "signed out" }
  | { kind: "broker away" }
  | { kind: "database away" }
  /** Any other failure, with the server's sentence in the reader's language. */
  | { kind: "refused"; status: number; message: string };

/** The result of a request. */
export type ApiResult<Data> = { kind: "done"; data: Data } | { kind: "failed"; failure: Failure };

const refusal = z.object({ success: z.literal(false), message: z.string() });

/** The messages that mean an outage in the API. */
const BROKER_AWAY = "Redis未连接";
const DATABASE_AWAY = "数据库未连接";

/** Calls the node's API and parses the response's `data` by its schema. */
export async function callApi<Data>(
  path: string,
  data: z.ZodMiniType<Data>,
  init: RequestInit = {},
): Promise<ApiResult<Data>> {
  try {
    const response = await fetch(below(path), init);
    return readResponse(response.status, await response.text(), data);
  } catch {
    return failed({ kind: "unreachable" });
  }
}

/** Parses a response of the node's API; `data` is the schema of its content. */
export function readResponse<Data>(
  status: number,
  text: string,
  data: z.ZodMiniType<Data>,
): ApiResult<Data> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // A proxy responded for the server: with a refusal of its own, or since it does not reach it.
    const isRefusal = status >= 400 && status < 500;
    return failed(
      isRefusal ? { kind: "refused", status, message: `HTTP ${status}` } : { kind: "unreachable" },
    );
  }
  const done = z.object({ success: z.literal(true), data }).safeParse(body);
  if (done.success) return { kind: "done", data: done.data.data };
  const message = refusal.safeParse(body).data?.message ?? `HTTP ${status}`;
  // The server's sentence on 401 is for programs, which have a token to send.
  if (status === 401) return failed({ kind: "signed out" });
  if (message === BROKER_AWAY) return failed({ kind: "broker away" });
  if (message === DATABASE_AWAY) return failed({ kind: "database away" });
  return failed({ kind: "refused", status, message });
}

function failed(failure: Failure): { kind: "failed"; failure: Failure } {
  return { kind: "failed", failure };
}
