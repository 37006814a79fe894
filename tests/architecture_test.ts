import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { basename, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { PERMISSIONS } from "../lib/auth/route_permissions.ts";
import { parseBasePath } from "../lib/runtime/parse_base_path.ts";
import { SETTINGS } from "../lib/wire/settings.ts";
import { routesOnDisk } from "./support/routes_on_disk.ts";
import { filesBelow } from "./support/files_below.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LONGEST_FILE = 300;
const LONGEST_FUNCTION = 100;

/** Longer functions, whose parts would only pass their variables around. */
const LONGER: Readonly<Record<string, string>> = {
  createRedisQueue: "a method for each of the port's",
};

/** Which project files the files under a folder may import; the first matching rule applies. */
interface Rule {
  from: string;
  may: string[];
}

/** The rules of the import table in docs/architecture.md. */
async function rules(): Promise<Rule[]> {
  const page = await Deno.readTextFile(`${ROOT}docs/architecture.md`);
  const [, section = ""] = page.split("\n## Imports\n");
  const [table = ""] = section.split("\n## ");
  return [...table.matchAll(/^\| (`.*) \|$/gm)].map(([, row = ""]) => {
    const [from = "", ...may] = [...row.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
    return { from, may };
  });
}

/** Adapters; outside their folder, only the composition root may import them. */
const ADAPTERS = ["lib/queue/redis", "lib/queue/memory", "lib/bus/redis", "lib/bus/memory"];

/** Folders that only the folders before them in the stream may import. */
const PORTS_ONLY = ["lib/processor/", "lib/status/", "lib/live/", "lib/intake/"];

/** The tables of the settings. */
const TABLES = ["lib/article/article_settings.ts", "lib/wire/settings.ts"];

interface Module {
  specifier: string;
  dependencies?: { code?: { specifier?: string }; type?: { specifier?: string } }[];
}

/** Returns whether a folder exists: with the published framework, packages/ does not. */
const isThere = (folder: string) => existsSync(`${ROOT}${folder}`);

async function sources(): Promise<string[]> {
  const folders = ["lib", "routes", "islands", "components", "workers", "tasks", "packages"];
  const files = await filesBelow(folders.filter(isThere), /\.tsx?$/);
  const own = files.filter((file) => !file.startsWith("packages/fresh/tests/"));
  return [...own, "main.ts", "dev.ts", "define.ts", "fresh.config.ts"].sort();
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
        // Workspace packages are imported by name, like external ones.
        if (from === null || to === null || isPackage(to) && !isPackage(from)) continue;
        edges.set(`${from} ${to}`, { from, to });
      }
    }
  }
  return [...edges.values()];
}

const isPackage = (path: string) => path.startsWith("packages/");

/** The path of a project module below the root, or null for an external module. */
function local(specifier: string): string | null {
  if (!specifier.startsWith("file://")) return null;
  const path = relative(ROOT, fileURLToPath(specifier));
  return path.startsWith("..") ? null : path;
}

Deno.test("imports follow the import table in docs/architecture.md", async () => {
  const faults: string[] = [];
  const table = await rules();
  assert.ok(table.length > 10, "the table in docs/architecture.md cannot be read");
  const edges = await imports(await sources());
  const folders = (await sources()).flatMap((file) => /^lib\/\w+\//.exec(file)?.[0] ?? []);
  for (const folder of new Set(folders)) {
    assert.ok(table.some(({ from }) => from === folder), `${folder} has no row in the table`);
  }
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

Deno.test("there are no circular imports, types included", async () => {
  const next = Map.groupBy(await imports(await sources()), ({ from }) => from);
  const done = new Set<string>();
  const circles: string[] = [];
  function visit(file: string, path: readonly string[]) {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  }
  for (const file of next.keys()) visit(file, []);
  assert.deepEqual(circles, []);
});

Deno.test("every source is imported, or started as a worker, by another one", async () => {
  const files = await sources();
  const used = new Set((await imports(files)).map(({ to }) => to));
  for (const file of files) {
    const text = await Deno.readTextFile(`${ROOT}${file}`);
    for (const [, path = ""] of text.matchAll(/new URL\("([^"]+\.ts)", import\.meta\.url\)/g)) {
      used.add(relative(ROOT, fileURLToPath(new URL(path, `file://${ROOT}${file}`))));
    }
  }
  const parts = files.filter((file) => /^(?:lib|components|workers)\//.test(file));
  assert.deepEqual(parts.filter((file) => !used.has(file)), []);
});

Deno.test("every setting is read", async () => {
  const files = (await sources()).filter((file) =>
    /^(?:lib|workers)\//.test(file) && !file.startsWith("lib/i18n/") && !TABLES.includes(file)
  );
  const texts = await Promise.all(files.map((file) => Deno.readTextFile(`${ROOT}${file}`)));
  const words = new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));
  assert.deepEqual(Object.keys(SETTINGS).filter((name) => !words.has(name)), []);
});

Deno.test("no file is longer than 300 lines, and most sources are short", async () => {
  const sizes = await sizesOf(await sources());
  const others = await sizesOf(await filesBelow(["tests", "bench", "static"], /\.(tsx?|css)$/));
  const tooLong = [...sizes, ...others].filter(({ lines }) => lines > LONGEST_FILE);
  assert.deepEqual(tooLong, []);
  const median = sizes[Math.floor(sizes.length / 2)]!.lines;
  const ninetieth = sizes[Math.floor(sizes.length * 0.9)]!.lines;
  assert.ok(median <= 70, `the median file has ${median} lines`);
  assert.ok(ninetieth <= 180, `the 90th percentile has ${ninetieth} lines`);
});

Deno.test("no two sources, and no two tests, have the same file name", async () => {
  const sources = await filesBelow(["lib", "components", "islands", "workers", "tasks"], /\.tsx?$/);
  // A package's application under test has the file names that the framework requires.
  const tests = await filesBelow(["tests", "packages"].filter(isThere), /_test\.tsx?$/);
  const supports = await filesBelow(["bench", "tests/support"], /\.tsx?$/);
  for (const files of [sources, tests, supports]) {
    const named = Map.groupBy(files, (file) => basename(file));
    assert.deepEqual([...named.values()].filter((each) => each.length > 1), []);
  }
});

Deno.test("no function is longer than 100 lines, apart from the listed ones", async () => {
  const long = await Promise.all(
    (await sources()).map(async (file) =>
      functionsOf(await Deno.readTextFile(`${ROOT}${file}`))
        .filter(({ lines }) => lines > LONGEST_FUNCTION)
    ),
  );
  const names = long.flat().map(({ name }) => name);
  assert.deepEqual([...new Set(names)].sort(), Object.keys(LONGER).sort());
});

/** The function declarations of a formatted source, nested ones and components included, with their line counts. */
function functionsOf(source: string): { name: string; lines: number }[] {
  const lines = source.split("\n");
  return lines.flatMap((line, at) => {
    const [, indent = "", name] = /^( *)(?:export |default |async )*function\*? (\w+)/.exec(line) ??
      [];
    if (name === undefined || line.endsWith("}")) return [];
    // The formatter puts the last brace below the first letter.
    const end = lines.findIndex((each, below) => below >= at && each.startsWith(`${indent}}`));
    const signature = new RegExp(`^${indent}\\}.*\\{$`);
    const last = signature.test(lines[end]!)
      ? lines.findIndex((each, below) => below > end && each === `${indent}}`)
      : end;
    return { name, lines: last - at + 1 };
  });
}

/** Files with their line counts, shortest first. */
async function sizesOf(files: string[]): Promise<{ file: string; lines: number }[]> {
  const sizes = await Promise.all(files.map(async (file) => {
    const text = await Deno.readTextFile(`${ROOT}/${file}`);
    return { file, lines: text.split("\n").length - 1 };
  }));
  return sizes.sort((a, b) => a.lines - b.lines);
}

Deno.test("every route and method has a permission, and every permission a route", async () => {
  const routes = await routesOnDisk();
  assert.ok(routes.length > 40);
  const onDisk = routes.map(({ pattern, methods }) => `${pattern} ${methods.join(" ")}`).sort();
  const inTable = Object.entries(PERMISSIONS)
    .map(([pattern, methods]) => `${pattern} ${Object.keys(methods).sort().join(" ")}`).sort();
  assert.deepEqual(inTable, onDisk);
});

Deno.test("no base path starts with a path of the application or of a static file", async () => {
  const names = (await routesOnDisk()).map(({ pattern }) => pattern.split("/")[1] ?? "");
  for await (const { name } of Deno.readDir(`${ROOT}static`)) names.push(name);
  for (const name of new Set(names)) {
    if (name !== "") assert.throws(() => parseBasePath(`/${name}/x`), RangeError, name);
  }
});
