import { fileURLToPath } from "node:url";

const BEFORE = 2;
const AFTER = 3;
const FRAME = /\(?(file:\/\/[^\s()]+):(\d+):(\d+)\)?$/;

/**
 * Returns an excerpt of the source around the first position of a stack trace that is below `root`, with the
 * file's path and a mark at the column; undefined if there is none, or its file cannot be read.
 */
export function codeFrame(stack: string, root: string): string | undefined {
  for (const line of stack.split("\n")) {
    const match = FRAME.exec(line.trim());
    const [, url = "", row = "", column = ""] = match ?? [];
    if (match === null) continue;
    const path = fileURLToPath(url);
    const folder = root.endsWith("/") ? root : `${root}/`;
    if (!path.startsWith(folder)) continue;
    const text = readText(path);
    const where = `${path.slice(folder.length)}:${row}:${column}`;
    return text && `${where}\n\n${excerpt(text, Number(row), Number(column))}`;
  }
  return undefined;
}

/** Returns the lines around a position; rows and columns count from 1. */
export function excerpt(text: string, row: number, column: number): string {
  const lines = text.split("\n").map((line) => line.replaceAll("\t", " "));
  const [first, last] = [Math.max(1, row - BEFORE), Math.min(lines.length, row + AFTER)];
  const width = String(last).length;
  return lines.slice(first - 1, last).flatMap((line, i) => {
    const number = String(first + i).padStart(width);
    const here = first + i === row;
    const mark = `  ${" ".repeat(width)} | ${" ".repeat(column - 1)}^`;
    return [`${here ? ">" : " "} ${number} | ${line}`, ...(here ? [mark] : [])];
  }).join("\n");
}

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    // The overlay is shown without an excerpt.
    return undefined;
  }
}
