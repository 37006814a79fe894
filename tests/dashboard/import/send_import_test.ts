import assert from "node:assert/strict";
import { sendImport, type SendParts } from "../../../lib/dashboard/import/send_import.ts";
import type { ApiResult, Failure } from "../../../lib/dashboard/requests/api.ts";
import {
  type ImportFigures,
  type ImportRecord,
  noFigures,
} from "../../../lib/wire/import_figures.ts";

const done = (accepted: number): ApiResult<ImportFigures> => ({
  kind: "done",
  data: { ...noFigures(), accepted },
});
const failed = (failure: Failure) => ({ kind: "failed", failure } as const);
const away = failed({ kind: "unreachable" });
const known = (data: ImportRecord | null) => ({ kind: "done", data } as const);

function recorded(id: number, state: ImportRecord["state"], more: Partial<ImportRecord> = {}) {
  const figures = { ...noFigures(), accepted: id };
  const by = "me";
  const at = 0;
  const record = {
    id,
    name: "a",
    by,
    started_at: at,
    updated_at: at,
    state,
    reason: null,
    figures,
  };
  return known({ ...record, ...more });
}

interface Played {
  uploads: ApiResult<ImportFigures>[];
  lasts: ApiResult<ImportRecord | null>[];
  name?: string | null;
  /** The bytes that each upload sends before its result. */
  sent?: number;
  ending?: AbortController;
}

/** Sends a source to a server with these responses; returns the result and what was requested. */
async function play({ uploads, lasts, name = "a", sent = 0, ending }: Played) {
  const resumes: (string | null)[] = [];
  const interruptions: string[] = [];
  let pauses = 0;
  const parts: SendParts = {
    upload({ path, onSent }) {
      resumes.push(new URL(path, "http://x").searchParams.get("resume"));
      onSent(sent);
      return Promise.resolve(uploads.shift()!);
    },
    lastImport: () => Promise.resolve(lasts.shift()!),
    pause() {
      pauses++;
      ending?.abort();
      return Promise.resolve();
    },
  };
  const source = { name, contentType: "", body: new Blob(), charset: "", resume: null };
  const result = await sendImport(parts, source, {
    signal: (ending ?? new AbortController()).signal,
    onSent() {},
    onInterrupted: ({ kind }) => interruptions.push(kind),
  });
  assert.deepEqual([uploads, lasts], [[], []], "every response is requested");
  return { result, resumes, interruptions, pauses };
}

Deno.test("a file waits for a server that is away, and is sent when it is back", async () => {
  const { result, ...rest } = await play({
    uploads: [done(3)],
    lasts: [away, away, failed({ kind: "database away" }), known(null), known(null)],
  });
  assert.deepEqual(result, done(3));
  assert.deepEqual(rest, { resumes: [null], interruptions: ["unreachable"], pauses: 3 });
});

Deno.test("a file whose connection broke is resumed once the server has noticed that", async () => {
  const { result, resumes, pauses } = await play({
    uploads: [away, done(9)],
    lasts: [recorded(6, "finished"), recorded(7, "running"), recorded(7, "stopped")],
  });
  assert.deepEqual(result, done(9));
  assert.deepEqual([resumes, pauses], [[null, "7"], 2]);
});

Deno.test("a file is not sent again if only the response was lost", async () => {
  const { result, resumes } = await play({
    uploads: [away],
    lasts: [recorded(6, "finished"), recorded(7, "finished")],
  });
  assert.deepEqual(result, done(7));
  assert.deepEqual(resumes, [null]);
});

Deno.test("an earlier import of the same name is not resumed", async () => {
  const { resumes } = await play({
    uploads: [away, done(1)],
    lasts: [recorded(6, "stopped"), recorded(6, "stopped")],
  });
  assert.deepEqual(resumes, [null, null]);
});

Deno.test("a full server is asked again, and a refusal ends the wait", async () => {
  const full = failed({ kind: "refused", status: 429, message: "too many wait" });
  const refused = failed({ kind: "refused", status: 415, message: "this is a PDF" });
  const { result, interruptions } = await play({
    uploads: [full, refused],
    lasts: [known(null), known(null)],
  });
  assert.deepEqual(result, refused);
  assert.deepEqual(interruptions, ["refused"]);
});

Deno.test("a content that is refused while the connection is broken is not resumed", async () => {
  const { result } = await play({
    uploads: [away],
    lasts: [known(null), recorded(7, "stopped", { resumable: false, reason: "it is broken" })],
  });
  assert.deepEqual(result, failed({ kind: "refused", status: 400, message: "it is broken" }));
});

Deno.test("a text is sent again only if nothing of it was sent", async () => {
  const again = await play({ name: null, uploads: [away, done(1)], lasts: [known(null)] });
  assert.deepEqual(again.result, done(1));
  const broken = await play({ name: null, uploads: [away], lasts: [], sent: 5 });
  assert.deepEqual(broken.result, away);
});

Deno.test("a canceled wait ends", async () => {
  const ending = new AbortController();
  const { pauses } = await play({ uploads: [], lasts: [away], ending });
  assert.equal(pauses, 1);
});
