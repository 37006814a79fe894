/** A file below a folder, with its path there. */
export interface ProjectFile {
  /** The full path. */
  path: string;
  /** The path below the folder, with forward slashes. */
  name: string;
}

/** Returns the files below `folder`, sorted; none if the folder does not exist. */
export async function filesBelow(folder: string, prefix = ""): Promise<ProjectFile[]> {
  const files: ProjectFile[] = [];
  for await (const entry of entriesOf(folder)) {
    const path = `${folder}/${entry.name}`;
    const name = prefix + entry.name;
    if (entry.isDirectory) files.push(...await filesBelow(path, `${name}/`));
    else if (entry.isFile) files.push({ path, name });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function* entriesOf(folder: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

const SOURCE = /\.[jt]sx?$/;

/** Returns the modules below `folder`, except those that match a pattern in `ignore`. */
export async function modulesBelow(
  folder: string,
  ignore: readonly RegExp[],
): Promise<ProjectFile[]> {
  const files = await filesBelow(folder);
  return files.filter(({ path }) =>
    SOURCE.test(path) && !ignore.some((pattern) => pattern.test(path))
  );
}

/** Returns the static files, without hidden ones except in `.well-known`. */
export async function staticFilesBelow(folder: string): Promise<ProjectFile[]> {
  const files = await filesBelow(folder);
  return files.filter(({ name }) => !/(^|\/)\.(?!well-known\/)/.test(name));
}

/** A name without the extension of its module. */
export function withoutExtension(name: string): string {
  return name.replace(SOURCE, "");
}
