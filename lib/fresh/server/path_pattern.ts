const DYNAMIC = /[*:{}+?()]/;
const OPTIONAL = /\{\/([^}]*)\}\?|\/(:\w+(?:\([^)]*\))?)\?/;
const REPEATED = /\/:(\w+)([*+])$/;
const CONSTRAINED = /:(\w+)\(([^)]*)\)/g;

/** Whether a pattern matches more than the one path that it spells. */
export function isDynamic(pattern: string): boolean {
  return DYNAMIC.test(pattern);
}

/**
 * The pattern of a file's path below the routes folder: `articles/[id]` is `/articles/:id`,
 * `opt/[[lang]]/index` is `/opt{/:lang}?`, `files/[...path]` is `/files/:path*`, and a folder in
 * parentheses is left out.
 */
export function patternOfFile(path: string): string {
  const parts = path.split("/").filter((part) => !isGroup(part));
  if (parts.at(-1) === "index") parts.pop();
  return parts.map(patternOfSegment).join("") || "/";
}

/** The pattern of one folder or file name, with its leading slash. */
function patternOfSegment(name: string): string {
  const optional = /^\[\[(\w+)\]\]$/.exec(name);
  if (optional !== null) return `{/:${optional[1]}}?`;
  const rest = /^\[\.\.\.(\w+)\]$/.exec(name);
  if (rest !== null) return `/:${rest[1]}*`;
  return "/" + name.replace(/\[(\w+)\]/g, ":$1");
}

function isGroup(name: string): boolean {
  return name.startsWith("(") && name.endsWith(")");
}

/**
 * The paths that Hono's routers match in place of a pattern. There are several when a part of it
 * may be left out, since those routers know optional segments at the end only.
 */
export function honoPaths(pattern: string): string[] {
  const optional = OPTIONAL.exec(pattern);
  if (optional !== null) {
    const given = `/${(optional[1] ?? optional[2] ?? "").replace(/^\//, "")}`;
    return [given, ""].flatMap((part) => honoPaths(pattern.replace(optional[0], part) || "/"));
  }
  const repeated = REPEATED.exec(pattern);
  if (repeated !== null) {
    const before = pattern.slice(0, repeated.index);
    const some = honoPaths(`${before}/:${repeated[1]}(.+)`);
    return repeated[2] === "+" ? some : [...some, ...honoPaths(before || "/")];
  }
  return [pattern.replace(CONSTRAINED, ":$1{$2}")];
}

/** The names of a pattern's parameters. */
export function parameterNames(pattern: string): string[] {
  return [...pattern.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
}

/**
 * Orders file paths so that, where two patterns match one path, the more specific comes first:
 * a name before a parameter, and a parameter before the rest of a path.
 */
export function compareFilePaths(a: string, b: string): number {
  const left = a.split("/").filter((part) => !isGroup(part));
  const right = b.split("/").filter((part) => !isGroup(part));
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = looseness(left[index] ?? "") -
      looseness(right[index] ?? "");
    if (difference !== 0) return difference;
  }
  return right.length - left.length || (a < b ? -1 : 1);
}

function looseness(name: string): number {
  if (name.startsWith("[...")) return 3;
  if (name.startsWith("[[")) return 2;
  return name.includes("[") ? 1 : 0;
}
