import { pathToFileURL } from "node:url";

/**
 * Returns a project's `deno.json` adapted to browser code: Deno may compile JSX to strings for a server, which
 * cannot be hydrated. It is written to another folder, so relative paths are made absolute.
 *
 * @param root The project's folder.
 * @throws When the folder has no `deno.json`, or one that is not JSON.
 */
export async function browserConfig(root: string): Promise<Record<string, unknown>> {
  const path = `${root}/deno.json`;
  const config = await readJson(path);
  const base = pathToFileURL(path);
  const imports = Object.entries(objectIn(config, "imports")).map(([name, target]) => [
    name,
    /^\.{1,2}\//.test(String(target)) ? new URL(String(target), base).href : target,
  ]);
  const links = Array.isArray(config.links) ? config.links : [];
  return {
    imports: Object.fromEntries(imports),
    links: links.map((link) => new URL(`${link}/`, base).href),
    nodeModulesDir: "none",
    unstable: config.unstable ?? [],
    compilerOptions: {
      jsx: "react-jsx",
      jsxImportSource: objectIn(config, "compilerOptions").jsxImportSource ??
        "preact",
    },
  };
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  try {
    return objectIn({ content: JSON.parse(await Deno.readTextFile(path)) }, "content");
  } catch (cause) {
    throw new Error(`Cannot bundle the islands: ${path} cannot be read as JSON`, { cause });
  }
}

function objectIn(parent: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = parent[name];
  return typeof value === "object" && value !== null ? { ...value } : {};
}
