import type { RawArticle } from "../lib/article/article.ts";

/**
 * The step that lets tests see what a harmful article does: one whose content holds
 * `[[millrace:throw]]` throws, `[[millrace:loop]]` never ends, `[[millrace:allocate]]` takes memory
 * without end. Workers run it only when they are configured to.
 */
export function swallowPoison({ content }: RawArticle): void {
  if (content.includes("[[millrace:throw]]")) throw new Error("Cannot process this: it is poison");
  if (content.includes("[[millrace:loop]]")) loop();
  if (content.includes("[[millrace:allocate]]")) allocate();
}

function loop(): never {
  while (true);
}

function allocate(): never {
  const hoard: { size: number }[] = [];
  while (true) hoard.push({ size: hoard.length });
}
