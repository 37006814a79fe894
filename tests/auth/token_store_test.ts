import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { openTokenStore } from "../../lib/auth/token_store.ts";
import { parseTokensFile } from "../../lib/auth/token_roles.ts";
import { eventually } from "../support/eventually.ts";

const logger = getLogger("token_store_test");
const ADMIN = "an-admin-token-of-some-length";
const VIEWER = "a-viewer-token-of-some-length";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

Deno.test("configured tokens have their roles, and other tokens have none", async () => {
  await using store = await openTokenStore(
    { adminToken: ADMIN, viewerToken: VIEWER, tokensFile: null },
    logger,
  );
  assert.equal(store.find(ADMIN)?.role, "admin");
  assert.equal(store.find(VIEWER)?.role, "viewer");
  for (const other of ["", ADMIN.slice(1), `${ADMIN} `, VIEWER.toUpperCase()]) {
    assert.equal(store.find(other), null, other);
  }
});

Deno.test("a token file assigns a name and a role to each token", () => {
  const tokens = parseTokensFile(
    `# the crawler\ncrawler ingest ${sha256("a")}\n\n  anna\toperator ${
      sha256("b").toUpperCase()
    }\r\n`,
  );
  assert.deepEqual(tokens.map(({ name, role }) => [name, role]), [
    ["crawler", "ingest"],
    ["anna", "operator"],
  ]);
});

Deno.test("an invalid line is reported by number, without its content", () => {
  const faults: [string, RegExp][] = [
    ["crawler ingest hunter2", /line 1/],
    ["crawler boss " + sha256("a"), /line 1 has a role other than ingest, viewer/],
    [`a viewer ${sha256("a")}\na viewer ${sha256("b")}`, /line 2 names a again/],
    [`a viewer ${sha256("a")}\nb admin ${sha256("a")}`, /line 2 has the token of another line/],
    ["crawler ingest", /line 1/],
  ];
  for (const [text, fault] of faults) {
    assert.throws(() => parseTokensFile(text), (error: Error) => {
      assert.match(error.message, fault);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  }
});

Deno.test("tokens reload with their file, and an invalid file is ignored", async () => {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, `anna operator ${sha256("the-first-token")}\n`);
    await using store = await openTokenStore(
      { adminToken: null, viewerToken: null, tokensFile: file },
      logger,
    );
    assert.deepEqual(store.find("the-first-token")?.role, "operator");
    const mark = store.mark("anna", "salt");
    await Deno.writeTextFile(file, `anna operator ${sha256("the-second-token")}\n`);
    await eventually(() => assert.equal(store.find("the-second-token")?.name, "anna"));
    assert.equal(store.find("the-first-token"), null);
    assert.notEqual(store.mark("anna", "salt"), mark);
    await Deno.writeTextFile(file, `bob viewer ${sha256("the-third-token")}\nnonsense`);
    await store.refresh();
    assert.equal(store.find("the-second-token")?.name, "anna");
    assert.equal(store.find("the-third-token"), null);
    await Deno.writeTextFile(file, `bob viewer ${sha256("the-third-token")}`);
    await store.refresh();
    assert.equal(store.find("the-third-token")?.name, "bob");
    assert.equal(store.mark("anna", "salt"), null);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("an invalid token file, or one with a duplicate, aborts startup", async () => {
  const open = (tokensFile: string) =>
    openTokenStore({ adminToken: ADMIN, viewerToken: null, tokensFile }, logger);
  await assert.rejects(open("/nowhere/tokens"), /Cannot start: TOKENS_FILE \/nowhere\/tokens/);
  const file = await Deno.makeTempFile();
  try {
    for (const line of [`admin viewer ${sha256("x")}`, `anna viewer ${sha256(ADMIN)}`, "broken"]) {
      await Deno.writeTextFile(file, line);
      await assert.rejects(open(file), /Cannot start: TOKENS_FILE/, line);
    }
  } finally {
    await Deno.remove(file);
  }
});
