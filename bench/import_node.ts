// A whole import through a node with the embedded database, or with Redis and Postgres: the rate, and the node's memory
// over time. The processor is stopped, so that only the import is measured.
//
//   deno task bench import_node [gigabytes] [minutes] [embedded|servers]

import { startMillrace } from "../tests/support/millrace.ts";
import { startBenchServers } from "./support/bench_servers.ts";
import { untilQuiet } from "./support/quiet.ts";
import { figure, printTable, writeResults } from "./support/report.ts";
import { residentBytes } from "./support/usage.ts";

const BYTES = Number(Deno.args[0] ?? 2) * 1e9;
const MOST_MS = Number(Deno.args[1] ?? 60) * 60_000;
const SAMPLE_MS = 1_000;
const CHUNK = 64 * 1024;
/** The rows of the table. */
const PARTS = 10;
const MIB = 2 ** 20;
const TEXT = "春江潮水连海平，海上明月共潮生。滟滟随波千万里，何处春江无月明！\n".repeat(10);

interface Sample {
  seconds: number;
  megabytes: number;
  residentMiB: number;
}

await using servers = Deno.args[2] === "servers" ? await startBenchServers() : null;
await using node = await startMillrace({
  env: servers === null ? {} : { REDIS_URL: servers.redisUrl, DATABASE_URL: servers.postgresUrl },
});
await (await node.fetch("/api/processor/stop", { method: "POST" })).body?.cancel();
await untilQuiet();

let sent = 0;
const samples: Sample[] = [];
const began = performance.now();
const sampling = setInterval(async () => {
  const [megabytes, seconds] = [sent / 1e6, (performance.now() - began) / 1_000];
  samples.push({ seconds, megabytes, residentMiB: await residentBytes(node.pid) / MIB });
}, SAMPLE_MS);
const response = await node.fetch("/api/articles/import", {
  method: "POST",
  headers: { "content-type": "application/x-ndjson" },
  body: ReadableStream.from(articles()),
});
clearInterval(sampling);
const seconds = (performance.now() - began) / 1_000;
const { data: { accepted, rejected_total } } = await response.json();
const rate = sent / 1e6 / seconds;

const step = Math.max(1, Math.floor(samples.length / PARTS));
const rows = samples.filter((_, index) => (index + 1) % step === 0);
printTable(
  `${figure(sent / 1e6)} MB in ${figure(seconds)} s: ${figure(rate, 1)} MB/s, ${
    figure(accepted)
  } articles`,
  rows,
  {
    seconds: ({ seconds }) => figure(seconds),
    "MB sent": ({ megabytes }) => figure(megabytes),
    "node, MiB": ({ residentMiB }) => figure(residentMiB),
  },
);
await writeResults("import_node", { bytes: sent, seconds, accepted, rejected_total, samples });

/** Yields articles of about 1 KB with distinct sources, until there is enough or the time is up. */
async function* articles(): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let n = 0; sent < BYTES && performance.now() - began < MOST_MS;) {
    let lines = "";
    while (lines.length < CHUNK / 2) {
      lines += JSON.stringify({ source: `s-${n}`, title: `春江 ${n++}`, content: TEXT }) + "\n";
    }
    const chunk = encoder.encode(lines);
    sent += chunk.length;
    yield chunk;
  }
}
