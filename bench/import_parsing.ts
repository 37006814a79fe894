// Speed of the intake's parsers, compared with those of an older version in alternation if one is given.
//
//   git worktree add /tmp/older e8d9d04
//   deno task bench import_parsing /tmp/older [rounds]

import { fileURLToPath } from "node:url";
import { untilQuiet } from "./support/quiet.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";

const [older, rounds = "6"] = Deno.args;
const HERE = fileURLToPath(new URL("..", import.meta.url));
const BYTES = 63e6;
const TEXT = "春江潮水连海平，海上明月共潮生。滟滟随波千万里，何处春江无月明！\n".repeat(5);

/** Each format, with its records between a start and an end. */
const FORMATS = [
  {
    name: "NDJSON",
    contentType: "application/x-ndjson",
    start: "",
    record: (n: number) =>
      JSON.stringify({ source: `s-${n}`, group: "唐诗", title: `春江 ${n}`, content: TEXT }) + "\n",
    end: "",
  },
  {
    name: "CSV",
    contentType: "text/csv",
    start: "source,group,title,content\n",
    record: (n: number) => `s-${n},唐诗,春江 ${n},"${TEXT}"\n`,
    end: "",
  },
  {
    name: "RSS",
    contentType: "application/rss+xml",
    start: "<rss><channel><link>https://x.example/</link>",
    record: (n: number) =>
      `<item><guid>s-${n}</guid><title>春江 ${n}</title><description>${TEXT}</description></item>`,
    end: "</channel></rss>",
  },
];

interface Run {
  records: number;
  cpuSeconds: number;
  seconds: number;
}

interface Row {
  format: string;
  now: Run;
  before: Run | null;
}

const rows: Row[] = [];
const path = await Deno.makeTempFile();
try {
  for (const { name, contentType, start, record, end } of FORMATS) {
    await Deno.writeTextFile(path, recordsOf(start, record, end));
    await untilQuiet();
    const now: Run[] = [];
    const before: Run[] = [];
    for (let round = 0; round < Number(rounds); round++) {
      if (older !== undefined) before.push(await parse(older, contentType));
      now.push(await parse(HERE, contentType));
    }
    rows.push({ format: name, now: best(now), before: before.length > 0 ? best(before) : null });
  }
} finally {
  await Deno.remove(path);
}
const ratio = ({ now, before }: Row) =>
  before === null ? "" : figure(now.cpuSeconds / before.cpuSeconds, 2);
printTable(`Parsing ${figure(BYTES / 1e6)} MB, the best of ${rounds} rounds`, rows, {
  format: ({ format }) => format,
  records: ({ now }) => figure(now.records),
  "CPU, s": ({ now }) => figure(now.cpuSeconds, 2),
  "before, s": ({ before }) => before === null ? "" : figure(before.cpuSeconds, 2),
  ratio,
  "wall, s": ({ now }) => figure(now.seconds, 2),
  "wall before, s": ({ before }) => before === null ? "" : figure(before.seconds, 2),
});
await writeResults("import_parsing", { rows });

function recordsOf(start: string, record: (n: number) => string, end: string): string {
  const encoder = new TextEncoder();
  const count = Math.ceil(BYTES / encoder.encode(record(10_000)).length);
  return start + Array.from({ length: count }, (_, n) => record(n)).join("") + end;
}

async function parse(checkout: string, contentType: string): Promise<Run> {
  const child = fileURLToPath(new URL("support/parse_input.ts", import.meta.url));
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--no-lock", "--quiet"],
      ...["--config", `${checkout}/deno.json`, child, checkout, path, contentType],
    ],
  }).output();
  if (!success) print(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Returns the run with the least CPU time, which other programs disturbed the least. */
function best(runs: readonly Run[]): Run {
  return runs.toSorted((a, b) => a.cpuSeconds - b.cpuSeconds)[0]!;
}
