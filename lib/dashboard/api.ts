import * as v from "valibot";

/** Why the server did not do what it was asked. */
export type Failure =
  /** No answer: the network, or the server, is away. */
  | { kind: "unreachable" }
  | { kind: "signed out" }
  | { kind: "broker away" }
  | { kind: "database away" }
  /** What was sent is of a kind that nothing reads. */
  | { kind: "unsupported" }
  /** Anything else, in the server's own words. */
  | { kind: "refused"; message: string };

/** What came of a request. */
export type Answer<Data> = { kind: "done"; data: Data } | { kind: "failed"; failure: Failure };

const refusal = v.object({ success: v.literal(false), message: v.string() });

/** The messages that stand for an outage on the wire. */
const BROKER_AWAY = "Redis未连接";
const DATABASE_AWAY = "数据库未连接";

/** Asks the node's HTTP interface for something and reads the answer's `data` by its schema. */
export async function callApi<Data>(
  path: string,
  data: v.GenericSchema<unknown, Data>,
  init: RequestInit = {},
): Promise<Answer<Data>> {
  try {
    const response = await fetch(path, init);
    return readAnswer(response.status, await response.text(), data);
  } catch {
    return failed({ kind: "unreachable" });
  }
}

/** Reads an answer of the node's HTTP interface; `data` is the schema of what it holds. */
export function readAnswer<Data>(
  status: number,
  text: string,
  data: v.GenericSchema<unknown, Data>,
): Answer<Data> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return failed({ kind: "unreachable" });
  }
  const done = v.safeParse(v.object({ success: v.literal(true), data }), body);
  if (done.success) return { kind: "done", data: done.output.data };
  const message = v.is(refusal, body) ? body.message : `HTTP ${status}`;
  if (status === 401) return failed({ kind: "signed out" });
  if (status === 415) return failed({ kind: "unsupported" });
  if (message === BROKER_AWAY) return failed({ kind: "broker away" });
  if (message === DATABASE_AWAY) return failed({ kind: "database away" });
  return failed({ kind: "refused", message });
}

function failed(failure: Failure): { kind: "failed"; failure: Failure } {
  return { kind: "failed", failure };
}
