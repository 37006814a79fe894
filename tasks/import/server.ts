import * as z from "zod/mini";
import { type ImportFigures, importFigures, importRecord } from "../../lib/wire/import_figures.ts";
import type { ServerAccess } from "../server_access.ts";
import { postStream } from "../post_stream.ts";
import { sleep } from "../../lib/runtime/sleep.ts";

const RETRY_MS = 1_000;
/** System errors of an unreachable server or a broken connection. */
const GONE = [
  ...["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"],
  ...["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"],
];

const response = z.discriminatedUnion("success", [
  z.object({ success: z.literal(true), data: importFigures }),
  z.object({ success: z.literal(false), message: z.string(), data: z.optional(importFigures) }),
]);
const imports = z.object({ data: z.object({ imports: z.array(importRecord) }) });

/** The server's response to an import, or why there is none. */
export type Sent =
  | { kind: "done"; figures: ImportFigures }
  /** `figures`: the stored counts. */
  | { kind: "refused"; status: number; message: string; figures: ImportFigures | null }
  | { kind: "gone"; wasReached: boolean; cause: Error };

export type Upload = Parameters<typeof postStream>[1];

/** The client of a Millrace server. */
export interface Server {
  readonly origin: string;
  send(query: Record<string, string>, upload: Upload): Promise<Sent>;
  /** Returns the newest import of this name, or null. */
  lastImport(name: string): Promise<z.infer<typeof importRecord> | null>;
  /** Resolves to whether the server responds within `seconds`. */
  comesBack(seconds: number, signal: AbortSignal): Promise<boolean>;
}

export function openServer({ url: base, headers: authorization, remedy }: ServerAccess): Server {
  return {
    origin: base.origin,
    async send(query, { headers, ...body }) {
      const url = new URL("api/articles/import", base);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      try {
        const { status, text } = await postStream(url, {
          ...body,
          headers: { ...headers, ...authorization },
        });
        const sent = readResponse(status, text);
        return sent.kind === "refused" ? { ...sent, message: sent.message + remedy(status) } : sent;
      } catch (cause) {
        if (!(cause instanceof Error) || !isGone(cause)) throw cause;
        return { kind: "gone", wasReached: !isUnreached(cause), cause };
      }
    },
    async lastImport(name) {
      const url = new URL("api/imports?limit=1", base);
      url.searchParams.set("name", name);
      const answer = await fetch(url, { headers: authorization }).catch(() => null);
      const body = imports.safeParse(await answer?.json().catch(() => null));
      return body.data?.data.imports[0] ?? null;
    },
    async comesBack(seconds, signal) {
      const end = Date.now() + seconds * 1_000;
      while (Date.now() < end && !signal.aborted) {
        const answer = await fetch(new URL("readyz", base), { headers: authorization, signal })
          .catch(() => null);
        await answer?.body?.cancel();
        if (answer !== null && answer.status < 500) return true;
        await sleep(RETRY_MS);
      }
      return false;
    },
  };
}

function readResponse(status: number, text: string): Sent {
  const body = response.safeParse(parsed(text)).data;
  if (body?.success) return { kind: "done", figures: body.data };
  const message = body?.message ?? "something that is not Millrace's";
  return { kind: "refused", status, message, figures: body?.data ?? null };
}

/** A response that is not JSON does not come from Millrace. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isGone(error: Error): boolean {
  return "code" in error && GONE.includes(String(error.code)) ||
    /socket hang up/.test(error.message);
}

function isUnreached(error: Error): boolean {
  return "code" in error && !["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(String(error.code));
}
