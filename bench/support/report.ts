import { join } from "node:path";
import { fileURLToPath } from "node:url";

const RESULTS = new URL("../results/", import.meta.url);

/** A column of a table: its title, and how a row is shown in it. */
export type Columns<Row> = Record<string, (row: Row) => string>;

/** Prints a table as Markdown, its columns in line. */
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

/** Writes what was measured to bench/results/`name`.json, with when and on what. */
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

/** A number with separators, and `digits` after the point. */
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
    // The program is not here; what needs it is left out.
    return "none";
  }
}

function width(text: string): number {
  return [...text].length;
}
