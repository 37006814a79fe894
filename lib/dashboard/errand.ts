import { type ReadonlySignal, signal } from "@preact/signals";
import type * as v from "valibot";
import { type Answer, callApi, type Failure } from "./api.ts";

/** What came of an errand. */
export type ErrandResult<Name extends string> =
  | { kind: "done"; name: Name }
  | { kind: "failed"; name: Name; failure: Failure };

/** The requests of one part of a page, one at a time, with what came of the last. */
export interface Errands<Name extends string> {
  /** What is under way: its name, and for what. */
  readonly busy: ReadonlySignal<{ name: Name; subject: string } | null>;
  readonly result: ReadonlySignal<ErrandResult<Name> | null>;
  /** Asks, unless something is under way; null then. */
  run<Data>(errand: Errand<Name, Data>): Promise<Answer<Data> | null>;
  dismiss(): void;
}

export interface Errand<Name extends string, Data> {
  name: Name;
  /** What it concerns, where a page has several of a kind. */
  subject?: string;
  path: string;
  data: v.GenericSchema<unknown, Data>;
  init: RequestInit;
  /** Whether success goes without saying. */
  quiet?: boolean;
}

/** @param first What came of a form that led to the page. */
export function createErrands<Name extends string>(
  first: ErrandResult<Name> | null,
): Errands<Name> {
  const busy = signal<{ name: Name; subject: string } | null>(null);
  const result = signal(first);
  return {
    busy,
    result,
    async run({ name, subject = "", path, data, init, quiet = false }) {
      if (busy.peek() !== null) return null;
      busy.value = { name, subject };
      const answer = await callApi(path, data, init);
      if (answer.kind === "failed") result.value = { ...answer, name };
      else result.value = quiet ? null : { kind: "done", name };
      busy.value = null;
      return answer;
    },
    dismiss() {
      result.value = null;
    },
  };
}

/** The request that sends a value as JSON. */
export function sendJson(method: "POST" | "PUT", value: unknown): RequestInit {
  return {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  };
}
