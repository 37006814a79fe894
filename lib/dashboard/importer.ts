import { type ReadonlySignal, signal } from "@preact/signals";
import * as z from "zod/mini";
import { callApi, type Failure } from "./api.ts";
import { guessFormat } from "./guess_format.ts";

/** What became of what was imported; the server lists the first rejections only. */
export const importFigures = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.array(z.object({ line: z.number(), error: z.string() })),
  rejected_total: z.number(),
});
export type ImportFigures = z.infer<typeof importFigures>;

/** How far an import is. */
export type ImportState =
  | { kind: "idle" }
  /** `name` is a file's; null is pasted text. */
  | { kind: "busy"; name: string | null }
  | { kind: "done"; name: string | null; figures: ImportFigures }
  | { kind: "failed"; name: string | null; failure: Failure };

/** Sends articles to the server, one source at a time. */
export interface Importer {
  readonly state: ReadonlySignal<ImportState>;
  /** Sends text, in the format that it looks like. */
  text(text: string): Promise<void>;
  /** Sends a file, which may be of any size; its name tells the format. */
  file(file: File): Promise<void>;
}

/** @param first What came of an import before the page was made. */
export function createImporter(first: ImportState): Importer {
  const state = signal(first);

  async function send(name: string | null, contentType: string, body: BodyInit) {
    if (state.peek().kind === "busy") return;
    state.value = { kind: "busy", name };
    const query = name === null ? "" : `?name=${encodeURIComponent(name)}`;
    const answer = await callApi(`/api/articles/import${query}`, importFigures, {
      method: "POST",
      headers: { "content-type": contentType },
      body,
    });
    state.value = answer.kind === "done"
      ? { kind: "done", name, figures: answer.data }
      : { ...answer, name };
  }

  return {
    state,
    text: (text) => send(null, guessFormat(text), text),
    file: (file) => send(file.name, "application/octet-stream", file),
  };
}
