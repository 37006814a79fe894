import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createReader, readText } from "../../../lib/article/readings/reader.ts";
import { unpackDictionary } from "../../../lib/article/readings/unpack_dictionary.ts";
import { dictionary } from "../../../lib/article/readings/dictionary.ts";
import packed from "../../../lib/article/readings/dictionary.json" with { type: "json" };
import { RULES } from "../../../lib/article/readings/rules.ts";
import { packDictionary } from "../../../tasks/dictionary/pack.ts";

Deno.test("packing and unpacking a dictionary round-trips", () => {
  // Rules require the characters and syllables that they reference.
  const ruled = RULES.map(({ character, reading }, at) => ({
    text: character + String.fromCharCode(0x5000 + at),
    readings: [reading, "xx"],
    count: 1,
  }));
  const { packed } = packDictionary({
    characters: new Map([["行", "xíng"], ["业", "yè"], ["银", "yín"], ["人", "rén"]]),
    counts: new Map([["人", 500]]),
    folds: new Map([["銀", "银"], ["業", "业"]]),
    words: [
      ...ruled,
      { text: "银行", readings: ["yín", "háng"], count: 100 },
      { text: "行业", readings: ["háng", "yè"], count: 50 },
      { text: "人行", readings: null, count: 1 },
    ],
    total: 100_000,
  });
  const lexicon = unpackDictionary(packed);
  const read = (text: string) =>
    Array.from(readText(createReader(lexicon), text), (id) => lexicon.syllables[id]);
  assert.deepEqual(read("银行"), ["yín", "háng"]);
  assert.deepEqual(read("銀行"), ["yín", "háng"]);
  assert.deepEqual(read("行業"), ["háng", "yè"]);
  assert.deepEqual(read("人行"), ["rén", "xíng"]);
  assert.deepEqual(read("行a人"), ["xíng", "", "rén"]);
});

Deno.test("the dictionary is at most 400 KB, and contains the syllables of all rules", () => {
  assert.ok(Buffer.from(packed.packed, "base64").length <= 400_000);
  for (const { reading } of RULES) assert.ok(dictionary.syllables.includes(reading), reading);
});
