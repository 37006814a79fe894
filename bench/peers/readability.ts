// @mozilla/readability on linkedom, as used on servers. Each line of input is a page's HTML as JSON; each
// line of output has its article's text and the time it took.

import { createInterface } from "node:readline";
import process from "node:process";
import { load } from "./packages.ts";

const { Readability } = load("@mozilla/readability");
const { parseHTML } = load("linkedom");

for await (const line of createInterface({ input: process.stdin })) {
  const html = JSON.parse(line);
  const began = performance.now();
  const content = new Readability(parseHTML(html).document).parse()?.content ?? "";
  const milliseconds = performance.now() - began;
  const { document } = parseHTML(`<!doctype html><html><body>${content}</body></html>`);
  process.stdout.write(JSON.stringify({ text: document.body.innerText, milliseconds }) + "\n");
}
