import assert from "node:assert/strict";
import { toError } from "../../lib/runtime/errors.ts";
import { fileFault } from "../../lib/runtime/file_fault.ts";

async function faultOf(work: () => Promise<unknown>, use: "read" | "written"): Promise<string> {
  try {
    await work();
  } catch (error) {
    return fileFault(toError(error), use);
  }
  throw new assert.AssertionError({ message: "it is usable" });
}

Deno.test("an unusable file has a reason that names no other file", async () => {
  const folder = await Deno.makeTempDir({ prefix: "millrace-file-" });
  const file = `${folder}/file`;
  await Deno.writeTextFile(file, "");
  const write = (path: string) => faultOf(() => Deno.writeTextFile(path, ""), "written");
  const read = (path: string) => faultOf(() => Deno.readTextFile(path), "read");
  assert.equal(await write(`${folder}/none/a`), "is in a folder that does not exist");
  assert.equal(await write(`${file}/a`), "is below a file");
  assert.equal(await write(folder), "is a folder");
  assert.equal(await read(`${folder}/none`), "does not exist");
  const denied = new Deno.errors.PermissionDenied(
    "Permission denied (os error 13): open '/x.part'",
  );
  assert.equal(fileFault(denied, "read"), "may not be read by this user");
  const full = Object.assign(new Error("No space left"), { code: "ENOSPC" });
  assert.equal(fileFault(full, "written"), "is on a disk that is full");
  const other = new Error("Too many levels of links (os error 40): open '/x.part'");
  assert.equal(fileFault(other, "written"), "cannot be written: Too many levels of links");
  await Deno.remove(folder, { recursive: true });
});
