import assert from "node:assert/strict";
import { guessFormat } from "../../../lib/dashboard/import/guess_format.ts";

Deno.test("guessFormat() detects formats by their first bytes", () => {
  const guesses: [string, string][] = [
    ['  {"title":"a","content":"b"}', "application/x-ndjson"],
    ['\n[{"title":"a"}]', "application/json"],
    ['<?xml version="1.0"?><rss/>', "application/xml"],
    ['<feed xmlns="http://www.w3.org/2005/Atom">', "application/xml"],
    ["<!DOCTYPE html><title>a</title>", "text/html"],
    ["<h1>a</h1>", "text/html"],
    ["title,content\na,b", "text/csv"],
    ['source,"Title","content"\r\n1,a,b', "text/csv"],
    ["A title, with a comma\n\nThe text.", "text/plain"],
    ["春江花月夜\n春江潮水连海平", "text/plain"],
    ["<3 is no tag", "text/plain"],
    ["", "text/plain"],
  ];
  for (const [text, type] of guesses) assert.equal(guessFormat(text), type, text);
});
