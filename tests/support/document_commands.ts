/** A command in a document, with the output that the document shows for it. */
export interface DocumentCommand {
  /** The heading above it. */
  section: string;
  text: string;
  /** The comment lines below it, joined; empty if there are none. */
  prints: string;
}

const ROOT = new URL("../../", import.meta.url);

/**
 * Returns the commands of a document's `sh` blocks in order: one per line, including continuation lines. A
 * comment below a command is its output; a comment above it is for the reader.
 */
export async function documentCommands(path: string): Promise<DocumentCommand[]> {
  const text = await Deno.readTextFile(new URL(path, ROOT));
  const commands: DocumentCommand[] = [];
  let section = "";
  let isInside = false;
  let isContinued = false;
  for (const raw of text.split("\n")) {
    const last = commands.at(-1);
    // A block in a list is indented.
    const line: string = isInside || /^\s*```/.test(raw) ? raw.trimStart() : raw;
    if (/^```/.test(line)) {
      isInside = line === "```sh";
    } else if (!isInside) {
      if (/^#+ /.test(line)) section = line.replace(/^#+ /, "");
    } else if (isContinued && last !== undefined) {
      last.text += `\n${line}`;
      isContinued = isContinuedOn(line);
    } else if (line.startsWith("# ") && last !== undefined) {
      last.prints += line.slice(2);
    } else if (line.trim() !== "" && !line.startsWith("#")) {
      commands.push({ section, text: line, prints: "" });
      isContinued = isContinuedOn(line);
    }
  }
  return commands;
}

function isContinuedOn(line: string): boolean {
  return /[\\|]$/.test(line);
}
