import assert from "node:assert/strict";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LONGEST_FILE = 300;

/** What the files under a folder may import of ours; the first rule that fits holds. */
interface Rule {
  from: string;
  may: string[];
}

/** The rules, as the table in docs/architecture.md gives them. */
async function rules(): Promise<Rule[]> {
  const page = await Deno.readTextFile(`${ROOT}docs/architecture.md`);
  const [, section = ""] = page.split("\n## Imports\n");
  const [table = ""] = section.split("\n## ");
  return [...table.matchAll(/^\| (`.*) \|$/gm)].map(([, row = ""]) => {
    const [from = "", ...may] = [...row.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
    return { from, may };
  });
}

/** Files that name a technology; only the composition root may import them from outside their folder. */
const ADAPTERS = ["lib/queue/redis", "lib/queue/memory", "lib/bus/redis", "lib/bus/memory"];

/** Folders whose files only the folders before them in the stream may know. */
const PORTS_ONLY = ["lib/processor/", "lib/status/", "lib/live/", "lib/intake/"];

interface Module {
  specifier: string;
  dependencies?: { code?: { specifier?: string }; type?: { specifier?: string } }[];
}

async function sources(): Promise<string[]> {
  const files: string[] = [];
  async function walk(folder: string) {
    for await (const entry of Deno.readDir(`${ROOT}/${folder}`)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory) await walk(path);
      else if (/\.tsx?$/.test(entry.name)) files.push(path);
    }
  }
  for (const folder of ["lib", "routes", "islands", "components", "workers", "tasks"]) {
    await walk(folder);
  }
  return [...files, "main.ts", "dev.ts", "define.ts", "fresh.config.ts"].sort();
}

async function imports(files: string[]): Promise<{ from: string; to: string }[]> {
  const edges = new Map<string, { from: string; to: string }>();
  const everything = `${await Deno.makeTempDir()}/everything.ts`;
  const lines = files.map((file) => `import ${JSON.stringify(`file://${ROOT}${file}`)};`);
  await Deno.writeTextFile(everything, lines.join("\n"));
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--config", `${ROOT}deno.json`, everything],
    cwd: ROOT,
    stdout: "piped",
  }).output();
  assert.ok(success, "deno info could not read the module graph");
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as { modules: Module[] };
  for (const module of modules) {
    for (const { code, type } of module.dependencies ?? []) {
      for (const target of [code?.specifier, type?.specifier]) {
        const from = local(module.specifier);
        const to = target === undefined ? null : local(target);
        if (from !== null && to !== null) edges.set(`${from} ${to}`, { from, to });
      }
    }
  }
  return [...edges.values()];
}

/** The path of a module of ours below the root, or null for anybody else's. */
function local(specifier: string): string | null {
  if (!specifier.startsWith("file://")) return null;
  const path = relative(ROOT, fileURLToPath(specifier));
  return path.startsWith("..") ? null : path;
}

Deno.test("imports run one way, as the table in docs/architecture.md says", async () => {
  const faults: string[] = [];
  const table = await rules();
  assert.ok(table.length > 10, "the table in docs/architecture.md cannot be read");
  const edges = await imports(await sources());
  assert.ok(edges.length > 100, "the module graph is suspiciously small");
  for (const { from, to } of edges) {
    const rule = table.find((each) => from.startsWith(each.from));
    if (rule !== undefined && !rule.may.some((prefix) => to.startsWith(prefix))) {
      faults.push(`${from} imports ${to}`);
    }
    if (from.startsWith("routes/") && to.startsWith("workers/")) {
      faults.push(`${from} imports ${to}`);
    }
    const toAdapter = ADAPTERS.some((adapter) => to.startsWith(adapter));
    if (toAdapter && PORTS_ONLY.some((folder) => from.startsWith(folder))) {
      faults.push(`${from} imports the adapter ${to}`);
    }
  }
  assert.deepEqual(faults, []);
});

Deno.test("no source file is longer than 300 lines, and most are short", async () => {
  const sizes: { file: string; lines: number }[] = [];
  for (const file of await sources()) {
    const text = await Deno.readTextFile(`${ROOT}/${file}`);
    sizes.push({ file, lines: text.split("\n").length - 1 });
  }
  sizes.sort((a, b) => a.lines - b.lines);
  assert.deepEqual(sizes.filter(({ lines }) => lines > LONGEST_FILE), []);
  const median = sizes[Math.floor(sizes.length / 2)]!.lines;
  const ninetieth = sizes[Math.floor(sizes.length * 0.9)]!.lines;
  assert.ok(median <= 100, `the median file has ${median} lines`);
  assert.ok(ninetieth <= 220, `the 90th percentile has ${ninetieth} lines`);
});
