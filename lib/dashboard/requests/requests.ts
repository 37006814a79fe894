import { type ReadonlySignal, signal } from "@preact/signals";
import type * as z from "zod/mini";
import { type ApiResult, callApi, type Failure } from "./api.ts";

/** The result of a request. */
export type RequestResult<Name extends string> =
  /** `count` articles were affected; `operation` is the id of an undoable operation. Null if not applicable. */
  | { kind: "done"; name: Name; count: number | null; operation: string | null }
  | { kind: "failed"; name: Name; failure: Failure };

/** The requests of one part of a page, one at a time, with the last result. */
export interface Requests<Name extends string> {
  /** The request in progress: its name, and its subject. */
  readonly busy: ReadonlySignal<{ name: Name; subject: string } | null>;
  readonly result: ReadonlySignal<RequestResult<Name> | null>;
  /** Sends a request; returns null while another one is in progress. */
  run<Data>(request: RequestOptions<Name, Data>): Promise<ApiResult<Data> | null>;
  dismiss(): void;
}

export interface RequestOptions<Name extends string, Data> {
  name: Name;
  /** Its subject, if a page has several of a kind. */
  subject?: string;
  path: string;
  data: z.ZodMiniType<Data>;
  init: RequestInit;
  /** Extracts the result from the response. */
  summary?: (data: Data) => { count: number | null; operation: string | null };
}

/** @param first The result of the form whose submission led to the page. */
export function createRequests<Name extends string>(
  first: RequestResult<Name> | null,
): Requests<Name> {
  const busy = signal<{ name: Name; subject: string } | null>(null);
  const result = signal(first);
  return {
    busy,
    result,
    async run({ name, subject = "", path, data, init, summary }) {
      if (busy.peek() !== null) return null;
      busy.value = { name, subject };
      const response = await callApi(path, data, init);
      if (response.kind === "failed") result.value = { ...response, name };
      else {
        const { count, operation } = summary?.(response.data) ?? { count: null, operation: null };
        result.value = { kind: "done", name, count, operation };
      }
      busy.value = null;
      return response;
    },
    dismiss() {
      result.value = null;
    },
  };
}

/** Returns the request that sends a value as JSON. */
export function sendJson(method: "POST" | "PUT", value: unknown): RequestInit {
  return {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  };
}
