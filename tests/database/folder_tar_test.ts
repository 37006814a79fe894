import assert from "node:assert/strict";
import { folderTar } from "../../lib/database/folder_tar.ts";

Deno.test("a folder's tar extracts to the same files and folders, in pieces of bounded size", async () => {
  const root = await Deno.makeTempDir({ prefix: "millrace-tar-" });
  const [given, extracted] = [`${root}/given`, `${root}/extracted`];
  await Deno.mkdir(`${given}/a/b/empty`, { recursive: true });
  await Deno.mkdir(extracted);
  for (const size of [0, 1, 511, 512, 513, 700_000]) {
    const bytes = crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
    await Deno.writeFile(`${given}/a/b/${size}`, new Uint8Array(size).fill(7));
    await Deno.writeFile(`${given}/${size}`, bytes);
  }
  await Deno.writeTextFile(`${given}/a/${"n".repeat(98)}`, "a long name");

  await using archive = await Deno.open(`${root}/archive.tar`, { create: true, write: true });
  for await (const piece of folderTar(given)) {
    assert.ok(piece.length <= 256 * 1024);
    await archive.write(piece);
  }
  await run("tar", "-xf", `${root}/archive.tar`, "-C", extracted);
  await run("diff", "-r", given, extracted);
  assert.ok((await Deno.stat(`${extracted}/a/b/empty`)).isDirectory);
  await Deno.remove(root, { recursive: true });
});

async function run(program: string, ...args: string[]): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  assert.ok(success, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
}
