const DYNAMIC = /[*:{}+?()]/;

/** Whether a pattern is dynamic. */
export function isDynamic(pattern: string): boolean {
  return DYNAMIC.test(pattern);
}

/**
 * Returns the pattern of a file's path below the routes folder, as `URLPattern` reads it: `articles/[id]` is
 * `/articles/:id`, `opt/[[lang]]/index` is `/opt{/:lang}?`, `files/[...path]` is `/files/:path*`, and a
 * folder in parentheses is omitted.
 */
export function patternOfFile(path: string): string {
  const parts = path.split("/").filter((part) => !isGroup(part));
  if (parts.at(-1) === "index") parts.pop();
  const pattern = parts.map(patternOfSegment).join("") || "/";
  const allOptional = parts.every((part) => part.startsWith("[["));
  return allOptional ? pattern.replace(/^\{\//, "/{") : pattern;
}

/** Returns the pattern of one folder or file name, with its leading slash. */
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
 * Compares file paths so that, of two patterns that match a path, the more specific comes first: a static
 * segment before a parameter, and a parameter before a wildcard.
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
