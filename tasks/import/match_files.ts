/** Whether a path is a glob pattern. */
export function isPattern(path: string): boolean {
  return /[*?{]/.test(path);
}

/**
 * Returns the files that match a glob pattern, sorted: `*` and `?` match characters of a name, `**` folders,
 * `{a,b}` alternatives.
 */
export async function matchFiles(pattern: string): Promise<string[]> {
  const parts = pattern.split("/");
  const fixed = parts.findIndex(isPattern);
  const root = parts.slice(0, fixed).join("/") || (pattern.startsWith("/") ? "/" : ".");
  const expression = new RegExp(`^${parts.slice(fixed).map(partExpression).join("/")}$`, "u");
  const matches: string[] = [];

  async function walk(folder: string, below: string) {
    for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
      const path = below + name;
      if (isFile && expression.test(path.normalize())) matches.push(`${root}/${path}`);
      if (isDirectory && !name.startsWith(".")) await walk(`${folder}/${name}`, `${path}/`);
    }
  }
  await walk(root, "").catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  return matches.map((path) => path.replace(/^\.\//, "")).sort();
}

function partExpression(part: string): string {
  if (part === "**") return "(?:[^/]+/)*[^/]*";
  return RegExp.escape(part)
    .replace(/\\\*/g, "[^/]*")
    .replace(/\\\?/g, "[^/]")
    .replace(/\\\{(.*?)\\\}/g, (_, choices: string) => `(?:${choices.split(/\\x2c|,/).join("|")})`);
}
