import { join } from "node:path";
import { fileURLToPath } from "node:url";

const RESULTS = new URL("../results/", import.meta.url);

/** Columns of a table: title, and the function that formats a row's value. */
export type Columns<Row> = Record<string, (row: Row) => string>;

/** Prints an aligned Markdown table. */
export function printTable<Row>(title: string, rows: readonly Row[], columns: Columns<Row>) {
  const titles = Object.keys(columns);
  const cells = rows.map((row) => Object.values(columns).map((show) => show(row)));
  const widths = titles.map((title, at) =>
    Math.max(width(title), ...cells.map((row) => width(row[at] ?? "")))
  );
  const line = (row: string[]) =>
    `| ${row.map((cell, at) => cell + " ".repeat((widths[at] ?? 0) - width(cell))).join(" | ")} |`;
  const rule = `| ${widths.map((wide) => "-".repeat(wide)).join(" | ")} |`;
  print(`\n### ${title}\n\n${[line(titles), rule, ...cells.map(line)].join("\n")}\n`);
}

/** Writes results to bench/results/`name`.json, with the date and the machine. */
export async function writeResults(name: string, results: object) {
  const machine = await describeMachine();
  const text = JSON.stringify({ at: new Date().toISOString(), machine, ...results }, null, 2);
  const path = join(fileURLToPath(RESULTS), `${name}.json`);
  await Deno.mkdir(RESULTS, { recursive: true });
  await Deno.writeTextFile(path, `${text}\n`);
  print(`\nWritten to bench/results/${name}.json\n`);
}

export function print(text: string) {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

/** Formats a number with thousands separators and `digits` decimals. */
export function figure(value: number, digits = 0): string {
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

async function describeMachine() {
  const info = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return {
    processor: /model name\s*: (.*)/.exec(info)?.[1] ?? "unknown",
    cores: navigator.hardwareConcurrency,
    memoryGiB: Math.round(Deno.systemMemoryInfo().total / 2 ** 30),
    system: `${Deno.build.os} ${Deno.osRelease()}`,
    deno: Deno.version.deno,
    node: await versionOf("node"),
    redis: /v=(\S+)/.exec(await versionOf("redis-server"))?.[1] ?? "none",
  };
}

async function versionOf(program: string): Promise<string> {
  try {
    const { stdout } = await new Deno.Command(program, { args: ["--version"] }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch {
    // The program is not installed; its version is omitted.
    return "none";
  }
}

function width(text: string): number {
  return [...text].length;
}
