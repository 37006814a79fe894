const ROOT = new URL("../../", import.meta.url);

/** Returns the files below some of the project's folders whose names match, as paths relative to the project. */
export async function filesBelow(folders: readonly string[], name: RegExp): Promise<string[]> {
  const files: string[] = [];
  for (const folder of folders) {
    for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory) files.push(...await filesBelow([path], name));
      else if (name.test(entry.name)) files.push(path);
    }
  }
  return files;
}
