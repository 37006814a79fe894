import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { createEmbeddedFolder } from "../support/embedded_folder.ts";
import { eventually } from "../support/eventually.ts";
import { foreignElements, HOSTILE, HOSTILE_LONG, watchForHarm } from "../support/hostile_texts.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { rawRequest } from "../support/raw_request.ts";
import { routesOnDisk } from "../support/routes_on_disk.ts";

const TOKEN = "an-admin-token-of-some-length";
const ANOTHER = "another-token-of-some-length";
const bearer = { authorization: `Bearer ${TOKEN}` };
/** For the name of a token, which cannot contain spaces. */
const NAME = `"><img/src=x/onerror=pwn()>`;
/** The query parameters of all pages. */
const QUERY = [
  ...["q", "text", "source", "group", "state", "node", "actor", "kind", "reason", "cause", "of"],
  ...["since", "until", "span", "minute", "cursor", "article", "level", "rule", "result", "error"],
  ...["next", "back", "theme", "done", "failed", "imported", "name", "confirm", "ask", "count"],
];

async function post(node: Millrace, path: string, body: unknown, method = "POST") {
  const response = await node.fetch(path, {
    method,
    headers: { ...bearer, "content-type": "application/json", "x-request-id": HOSTILE },
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  return response.status;
}

/** An article with hostile text in every field. */
const hostileArticle = (number: number, mark = "") => ({
  title: `title ${number} ${HOSTILE_LONG}`,
  content: `<p>${"银行门口的行人停下来，看河水推着木轮慢慢地转。"}${
    HOSTILE_LONG.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
  }${mark}</p>${HOSTILE_LONG}`,
  source: `source ${number} ${HOSTILE}`,
  url: `https://site.example/${HOSTILE}`,
  author: `author ${HOSTILE_LONG}`,
  published: HOSTILE,
  language: HOSTILE,
  tags: [`tag ${HOSTILE}`, NAME],
  group: `group ${HOSTILE}`,
  extra: { [`key ${HOSTILE}`]: `value ${HOSTILE_LONG}`, nested: { [NAME]: [HOSTILE_LONG] } },
});

/** Puts hostile text into everything that a node stores and displays. */
async function fill(node: Millrace) {
  assert.equal(await post(node, "/api/processor/config", { retry_max: 0 }, "PUT"), 200);
  for (const [number, mark] of ["", "[[millrace:throw]]"].entries()) {
    const { published: _, ...article } = hostileArticle(number, mark);
    const status = await post(node, "/api/articles", article);
    if (status !== 201) {
      const { language: _, ...without } = article;
      assert.equal(await post(node, "/api/articles", without), 201);
    }
  }
  // Whether rejected or not, the texts are in the log, the response or the database.
  await post(node, "/api/articles", hostileArticle(7));
  await post(node, "/api/articles", { ...hostileArticle(8), url: "javascript:pwn()" });
  await post(node, "/api/articles", { title: "链接", content: "文字", url: "javascript:pwn()" });
  assert.equal(
    await post(node, "/api/processor/config", {
      advertising_phrases: [HOSTILE, NAME],
      reading_words: ["木轮(lun2)"],
    }, "PUT"),
    200,
  );
  await post(
    node,
    "/api/processor/config",
    { reading_words: [HOSTILE], [HOSTILE]: HOSTILE },
    "PUT",
  );
  const target = { name: HOSTILE, kind: "webhook", secret: HOSTILE, language: "en" };
  const url = `http://127.0.0.1:9/${HOSTILE}`;
  assert.equal(await post(node, "/api/alerts/targets", { ...target, url }), 201);
  await post(node, "/api/alerts/targets", { ...target, url: `javascript:${HOSTILE}` });
  const rule = {
    ...{ name: HOSTILE, measure: "dead_letters", threshold: 0, for_seconds: 0, target_ids: [1] },
    ...{ browser: true, notify_resolved: true, enabled: true },
  };
  assert.equal(await post(node, "/api/alerts/rules", rule), 201);
  await post(node, "/api/alerts/targets/1/test", {});
  const lines = `{"title": ${JSON.stringify(HOSTILE_LONG)}}\n{${HOSTILE}\n`;
  for (const name of [`${HOSTILE}.jsonl`, NAME]) {
    const imported = await node.fetch(
      `/api/articles/import?${new URLSearchParams({ name, group: HOSTILE })}`,
      {
        method: "POST",
        headers: { ...bearer, "content-type": "application/x-ndjson" },
        body: lines,
      },
    );
    await imported.body?.cancel();
  }
  await rawRequest(node.port, `GET /%zz${HOSTILE.replaceAll(" ", "+")}`, { host: HOSTILE });
  await rawRequest(node.port, "GET /", { host: "127.0.0.1", "x-request-id": HOSTILE });
  const form = new URLSearchParams({ token: HOSTILE, next: `/${HOSTILE}` });
  await (await node.fetch("/sign-in", { method: "POST", body: form })).body?.cancel();
  const signedIn = await node.fetch("/sign-in", {
    method: "POST",
    headers: { "user-agent": HOSTILE },
    body: new URLSearchParams({ token: ANOTHER }),
    redirect: "manual",
  });
  await signedIn.body?.cancel();
  assert.equal(signedIn.status, 303);
  await eventually(async () => {
    const status = await (await node.fetch("/api/processor/status", { headers: bearer })).json();
    assert.equal(status.data.queue_dead, 1);
    assert.equal(status.data.queue_pending + status.data.in_flight, 0);
    const alerts = await (await node.fetch("/api/alerts", { headers: bearer })).json();
    assert.notEqual(alerts.data.firings.length, 0);
  }, 60_000);
}

/** The URLs of every page: plain, and with hostile text in the path and the query. */
async function pages(node: Millrace): Promise<string[]> {
  const queryOf = (names: string[]) => `?${new URLSearchParams(names.map((n) => [n, HOSTILE]))}`;
  const found: string[] = [];
  for (const { pattern, methods } of await routesOnDisk()) {
    if (!methods.includes("GET") || /^\/(api|ws|actions|metrics)/.test(pattern)) continue;
    if (pattern === "/sign-out" || pattern === "/failures/export") continue;
    const path = pattern.replace(":id", "1");
    const response = await node.fetch(path, { headers: bearer });
    await response.body?.cancel();
    if (!response.headers.get("content-type")?.startsWith("text/html")) continue;
    found.push(path, path + queryOf(QUERY), `${path}/${encodeURIComponent(HOSTILE)}`);
    // One parameter may hide another, such as a filter without matches.
    found.push(...["q", "actor", "next"].map((name) => path + queryOf([name])));
  }
  const more = ["/?wall", "/articles/2", "/alerts?rule=1", "/failures?state=dead", "/no/such/page"];
  return [...found, ...more];
}

/** Types hostile text into every input, including the palette. */
async function typeEverywhere(page: Page) {
  const fields = page.locator(
    "input:is([type=search], [type=text], :not([type])), textarea",
  ).filter({ visible: true });
  for (const field of await fields.all()) {
    if (await field.isEditable()) await field.fill(HOSTILE);
  }
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog").getByRole("combobox");
  if (await palette.waitFor({ timeout: 5_000 }).then(() => true, () => false)) {
    await palette.fill(HOSTILE);
    await page.keyboard.press("Escape");
  }
}

Deno.test({
  name: "no page runs a script from any field, and every text is displayed literally",
  ignore: !hasChromium,
  async fn(t) {
    const dataDir = await createEmbeddedFolder();
    await Deno.mkdir(`${dataDir}/nodes`);
    await Deno.writeTextFile(`${dataDir}/nodes/1`, HOSTILE);
    const digest = createHash("sha256").update(ANOTHER).digest("hex");
    await Deno.writeTextFile(`${dataDir}/tokens`, `${NAME} admin ${digest}\n`);
    {
      await using node = await startMillrace({
        env: {
          DATA_DIR: dataDir,
          MILLRACE_POISON: "on",
          ADMIN_TOKEN: TOKEN,
          TOKENS_FILE: `${dataDir}/tokens`,
          TRUSTED_PROXIES: "127.0.0.1",
          AUTH_PROXY_HEADER: "Remote-User",
          AUTH_PROXY_ROLES: "*=admin",
        },
      });
      await fill(node);
      await using chromium = await startChromium();
      const { page } = await chromium.newPage({
        locale: "en-US",
        userAgent: HOSTILE,
        extraHTTPHeaders: { "remote-user": HOSTILE },
      });
      const { done } = await watchForHarm(page);

      await t.step("every page with hostile text in its URL", async () => {
        const addresses = await pages(node);
        assert.ok(addresses.length > 80, `${addresses.length} pages`);
        for (const address of addresses) {
          await page.goto(node.url + address, { waitUntil: "domcontentloaded" });
          assert.deepEqual(await foreignElements(page), [], address);
          assert.deepEqual(done, [], address);
        }
      });

      await t.step("stored texts are displayed literally", async () => {
        for (
          const [address, text] of [
            ["/articles", `title 0 ${HOSTILE_LONG}`],
            ["/articles/1", `author ${HOSTILE_LONG}`],
            ["/articles/1", `tag ${HOSTILE}`],
            ["/failures", `group ${HOSTILE}`],
            ["/workers", HOSTILE],
            ["/alerts", HOSTILE],
            ["/sessions", NAME],
            ["/events", HOSTILE],
            ["/import", `${HOSTILE}.jsonl`],
          ] as const
        ) {
          await page.goto(node.url + address);
          const body = page.locator("body");
          await eventually(async () => {
            const shown = `${await body.innerText()} ${await body.textContent()}`;
            assert.ok(shown.includes(text), `${address} shows ${text}`);
          });
          assert.deepEqual(await foreignElements(page), [], address);
        }
      });

      await t.step("hostile text in inputs and searches", async () => {
        for (const path of ["/", "/articles", "/failures", "/logs", "/import", "/settings"]) {
          await page.goto(node.url + path);
          await typeEverywhere(page);
          assert.deepEqual(await foreignElements(page), [], path);
        }
        await page.goto(`${node.url}/import`);
        const name = `${HOSTILE.replaceAll("/", "∕")}.jsonl`;
        const buffer = Buffer.from(`{"title": "${NAME.replaceAll('"', "'")}"}\n{\n`);
        await page.locator("input[type=file]").first().setInputFiles({
          name,
          mimeType: "application/x-ndjson",
          buffer,
        });
        await page.getByText(name).first().waitFor();
        assert.deepEqual(await foreignElements(page), []);
      });

      await t.step("the live log and errors", async () => {
        await page.goto(`${node.url}/logs`);
        await rawRequest(node.port, `GET /%zz${NAME}`, { host: "127.0.0.1" });
        await page.getByText("%zz").first().waitFor();
        assert.deepEqual(await foreignElements(page), []);
      });
      assert.deepEqual(done, []);
    }
    await Deno.remove(dataDir, { recursive: true });
  },
});
