import { basename } from "node:path";
import { byName, PACKING_EXTENSIONS } from "../../lib/intake/format_name.ts";
import { STANDARD_INPUT } from "../../lib/wire/import_figures.ts";
import { isPattern, matchFiles } from "./match_files.ts";

/** A source to send: a file, a URL's content or standard input. */
export interface Source {
  /** The displayed name. */
  name: string;
  /** The import's name. */
  recordedName: string;
  /** Whether it can be sent a second time. */
  isRepeatable: boolean;
  /** In bytes; null if unknown. */
  size: number | null;
  contentType: string | null;
  /** The URL from which it was fetched. */
  address: string | null;
  /** Opens a new stream each time. */
  open(): Promise<ReadableStream<Uint8Array>>;
}

/** The sources of a command line, and the files in its folders that are passed over. */
export interface Found {
  sources: Source[];
  passedOver: string[];
}

const ARCHIVE = /\.(?:zip|tar|tgz)$/i;
const COMPRESSED = new RegExp(`\\.(?:${Object.keys(PACKING_EXTENSIONS).join("|")})$`, "i");

/**
 * Returns the sources of the arguments, in order: `-`, URLs, files, folders with all files in a supported format
 * by extension, and patterns. Throws an error that names a missing one.
 */
export async function findSources(args: readonly string[]): Promise<Found> {
  return together(
    await Promise.all(args.map(async (arg) => {
      if (arg === "-") return alone(standardInput());
      if (/^https?:\/\//i.test(arg)) return alone(addressed(arg));
      return await inFiles(arg);
    })),
  );
}

async function inFiles(path: string): Promise<Found> {
  const info = await Deno.stat(path).catch(() => null);
  if (info?.isFile) return alone(file(path, path, info.size));
  if (info?.isDirectory) return await inFolder(path, path);
  if (isPattern(path)) {
    const found = together(await Promise.all((await matchFiles(path)).map(inFiles)));
    if (found.sources.length > 0) return found;
  }
  throw new Error(`Cannot import ${path}: there is no such file`);
}

async function inFolder(root: string, folder: string): Promise<Found> {
  const entries = (await Array.fromAsync(Deno.readDir(folder)))
    .filter(({ name }) => !name.startsWith("."))
    .sort((a, b) => a.name < b.name ? -1 : 1);
  const found = await Promise.all(entries.map(async ({ name, isDirectory, isFile }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return await inFolder(root, path);
    if (!isFile) return { sources: [], passedOver: [] };
    const shown = path.slice(root.length + 1);
    const isKnown = byName(name).format !== null || ARCHIVE.test(name.replace(COMPRESSED, ""));
    if (!isKnown) return { sources: [], passedOver: [shown] };
    return alone(file(path, shown, (await Deno.stat(path)).size));
  }));
  const all = together(found);
  if (folder === root && all.sources.length === 0) {
    throw new Error(`Cannot import ${root}: no file in it is named like one that holds articles`);
  }
  return all;
}

function alone(source: Source): Found {
  return { sources: [source], passedOver: [] };
}

function together(found: readonly Found[]): Found {
  return {
    sources: found.flatMap(({ sources }) => sources),
    passedOver: found.flatMap(({ passedOver }) => passedOver),
  };
}

function file(path: string, shown: string, size: number): Source {
  const name = shown === path ? basename(path) : shown;
  return {
    name,
    recordedName: name,
    isRepeatable: true,
    size,
    contentType: null,
    address: null,
    open: async () => (await Deno.open(path)).readable,
  };
}

function standardInput(): Source {
  return {
    name: "standard input",
    recordedName: STANDARD_INPUT,
    isRepeatable: false,
    size: null,
    contentType: null,
    address: null,
    open: () => Promise.resolve(Deno.stdin.readable),
  };
}

function addressed(address: string): Source {
  const name = basename(new URL(address).pathname) || new URL(address).host;
  const source: Source = {
    name,
    recordedName: name,
    isRepeatable: true,
    size: null,
    contentType: null,
    address,
    async open() {
      const response = await fetch(address);
      if (!response.ok || response.body === null) {
        throw new Error(`Cannot import ${address}: the server responded with ${response.status}`);
      }
      source.contentType = response.headers.get("content-type");
      return response.body;
    },
  };
  return source;
}
