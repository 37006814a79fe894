// Parses one file with the intake of a checkout, and prints the CPU time, the wall time and the count.
// Arguments: the checkout, the file, its content type.

import process from "node:process";
import { print } from "./report.ts";

const [checkout, path, contentType] = Deno.args;
if (checkout === undefined || path === undefined || contentType === undefined) Deno.exit(1);
const parse = await loadParser(checkout);
const { readable } = await Deno.open(path);
const cpuBefore = process.cpuUsage();
const began = performance.now();
let records = 0;
for await (const some of parse(readable)) records += Array.isArray(some) ? some.length : 1;
const { user, system } = process.cpuUsage(cpuBefore);
print(JSON.stringify({
  records,
  cpuSeconds: (user + system) / 1e6,
  seconds: (performance.now() - began) / 1_000,
}));

type Parse = (body: ReadableStream<Uint8Array>) => AsyncIterable<unknown>;

/** Versions before 0.2.0 chose a parser by its content type alone, and yielded single records. */
async function loadParser(checkout: string): Promise<Parse> {
  const intake = `${checkout}/lib/intake`;
  try {
    const { parserFor } = await import(`${intake}/by_content_type.ts`);
    return parserFor({ contentType, contentEncoding: null, fileName: null });
  } catch {
    const { readInput } = await import(`${intake}/read_input.ts`);
    const { expected } = await import(`${intake}/format_name.ts`);
    return (body) => readInput(body, expected({ contentType }));
  }
}
