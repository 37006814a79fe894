import assert from "node:assert/strict";
import { createDocumentReader, unlimitedReader } from "../../lib/processor/document_reader.ts";

Deno.test("Markdown that takes quadratic time exceeds the limit, and waiting documents are rendered", async () => {
  await using documents = createDocumentReader();
  const hostile = documents.renderMarkdown("**_a".repeat(100_000));
  const others = Array.from({ length: 100 }, () => documents.renderMarkdown("*a*"));
  assert.equal(await hostile, null);
  for (const html of await Promise.all(others)) assert.equal(html, "<p><em>a</em></p>\n");
});

Deno.test("Markdown that overflows the stack is not rendered, with or without the thread", async () => {
  const text = "> ".repeat(50_000);
  await using documents = createDocumentReader();
  assert.equal(await documents.renderMarkdown(text), null);
  assert.equal(await unlimitedReader.renderMarkdown(text), null);
});
