import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startMillrace } from "../support/millrace.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

const PRODUCERS = [
  { language: "TypeScript", program: Deno.execPath(), args: ["run", "-N", "-E", "producer.ts"] },
  { language: "Python", program: "python3", args: ["producer.py"] },
  { language: "Go", program: "go", args: ["run", "producer.go"] },
];

for (const { language, program, args } of PRODUCERS) {
  const isHere = isInstalled(program);
  Deno.test({
    name: `the producer in ${language} sends articles, idempotently` +
      (isHere ? "" : ` (skipped: ${program} is not installed)`),
    ignore: !isHere,
    async fn() {
      await using millrace = await startMillrace();
      const first = await run(program, args, millrace.url);
      assert.equal(first.accepted, 2);
      const second = await run(program, args, millrace.url);
      assert.deepEqual([second.accepted, second.duplicates], [0, 2]);
    },
  });
}

async function run(program: string, args: string[], url: string) {
  const child = new Deno.Command(program, {
    args,
    cwd: EXAMPLES,
    env: { MILLRACE_URL: url, GOFLAGS: "-mod=mod", GO111MODULE: "off" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const articles = await Deno.open(`${EXAMPLES}articles.jsonl`);
  await articles.readable.pipeTo(child.stdin);
  const { code, stdout, stderr } = await child.output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout)).data;
}

function isInstalled(program: string): boolean {
  if (program.startsWith("/")) return true;
  return (Deno.env.get("PATH") ?? "").split(":").some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch {
      return false;
    }
  });
}
