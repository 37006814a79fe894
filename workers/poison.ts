import type { RawArticle } from "../lib/article/article.ts";

/**
 * A fault-injection step for tests: an article whose content has `[[millrace:throw]]` throws, `[[millrace:loop]]` loops
 * forever, `[[millrace:allocate]]` allocates memory without limit, `[[millrace:trespass]]` tries what only a permission
 * allows and throws what it could. Workers run it only when configured.
 */
export function swallowPoison({ content }: RawArticle): void {
  if (content.includes("[[millrace:throw]]")) throw new Error("Cannot process this: it is poison");
  if (content.includes("[[millrace:loop]]")) loop();
  if (content.includes("[[millrace:allocate]]")) allocate();
  if (content.includes("[[millrace:trespass]]")) trespass();
}

function loop(): never {
  while (true);
}

function allocate(): never {
  const hoard: { size: number }[] = [];
  while (true) hoard.push({ size: hoard.length });
}

const TRESPASSES: Record<string, () => unknown> = {
  read: () => Deno.lstatSync("/etc/hostname"),
  write: () => Deno.removeSync("/there/is/no/such/file"),
  net: () => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close(),
  env: () => Deno.env.get("PATH"),
  sys: () => Deno.hostname(),
  run: () => new Deno.Command("/there/is/no/such/program").outputSync(),
};

function trespass(): never {
  const reached = Object.entries(TRESPASSES).filter(([, attempt]) => isAllowed(attempt));
  throw new Error(`Reached: ${reached.map(([name]) => name).join(", ") || "nothing"}`);
}

function isAllowed(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    return !(error instanceof Deno.errors.NotCapable);
  }
}
