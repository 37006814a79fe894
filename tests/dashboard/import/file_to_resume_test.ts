import assert from "node:assert/strict";
import { fileToResume } from "../../../lib/dashboard/import/file_to_resume.ts";

const stopped = { name: "a.jsonl", state: "stopped", resumable: true } as const;

Deno.test("an import that was broken off is resumed with its file, whatever folder that was in", () => {
  assert.equal(fileToResume(stopped), "a.jsonl");
  assert.equal(fileToResume({ ...stopped, name: "C:\\data\\b.csv" }), "b.csv");
  assert.equal(fileToResume({ ...stopped, name: "data/b.csv" }), "b.csv");
});

Deno.test("no file is requested where the import cannot be resumed on the page", () => {
  assert.equal(fileToResume({ ...stopped, resumable: false }), null);
  assert.equal(fileToResume({ ...stopped, state: "finished" }), null);
  assert.equal(fileToResume({ ...stopped, state: "running" }), null);
  for (const name of [null, "-", "https://a.example/feed.xml"]) {
    assert.equal(fileToResume({ ...stopped, name }), null);
  }
});
