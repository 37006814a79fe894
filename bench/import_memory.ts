// Memory of the intake while it parses an NDJSON stream, by default of 2 GB, generated on the fly.
//
//   deno task bench import_memory [gigabytes]

import { expected } from "../lib/intake/format_name.ts";
import { readInput } from "../lib/intake/read_input.ts";
import { figure, printTable, writeResults } from "./support/report.ts";

const BYTES = Number(Deno.args[0] ?? 2) * 1e9;
const CHUNK = 64 * 1024;
/** The rows of the table. */
const PARTS = 10;
const MIB = 2 ** 20;
const TEXT = "春江潮水连海平，海上明月共潮生。滟滟随波千万里，何处春江无月明！\n".repeat(10);

interface Sample {
  megabytes: number;
  records: number;
  /** The largest since the last sample. */
  residentMiB: number;
}

let sent = 0;
const samples: Sample[] = [];
let [records, batches, largest] = [0, 0, 0];
const began = performance.now();
for await (const some of readInput(stream(), expected({ contentType: "application/x-ndjson" }))) {
  records += some.length;
  if (++batches % 100 === 0) largest = Math.max(largest, Deno.memoryUsage().rss);
  if (sent < BYTES * (samples.length + 1) / PARTS) continue;
  samples.push({ megabytes: sent / 1e6, records, residentMiB: largest / MIB });
  largest = 0;
}
const seconds = (performance.now() - began) / 1_000;
printTable(`Resident memory over ${figure(BYTES / 1e6)} MB, in ${figure(seconds)} s`, samples, {
  "MB read": ({ megabytes }) => figure(megabytes),
  records: ({ records }) => figure(records),
  "at most, MiB": ({ residentMiB }) => figure(residentMiB),
});
await writeResults("import_memory", { bytes: sent, records, seconds, samples });

async function* stream(): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let rest = "";
  for (let n = 0; sent < BYTES;) {
    while (rest.length < CHUNK / 2) {
      rest += JSON.stringify({ source: `s-${n}`, title: `春江 ${n++}`, content: TEXT }) + "\n";
    }
    const chunk = encoder.encode(rest);
    rest = "";
    sent += chunk.length;
    yield chunk;
  }
}
