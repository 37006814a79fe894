import assert from "node:assert/strict";
import { type Millrace, startMillrace } from "../support/millrace.ts";

const CHINESE = { cookie: "language=zh" };
const LINES = '{"title":"A","content":"Text"}\n{"title":"B"}\n{"title":}\n';

interface Asked {
  path: string;
  init?: RequestInit;
  english: string;
  chinese: string;
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const ASKED: Asked[] = [
  {
    path: "/api/articles/77",
    english: "There is no article 77",
    chinese: "没有编号为 77 的文章",
  },
  {
    path: "/api/articles?limit=0&color=red",
    english: "limit must be a whole number from 1 to 200; color is unknown",
    chinese: "limit：1 到 200 的整数；color：无法识别",
  },
  {
    path: "/api/processor/config",
    init: json("PUT", { min_paragraph_length: 0 }),
    english: "min_paragraph_length must be a whole number from 1 to 500",
    chinese: "段落最少字数：1 到 500 的整数",
  },
  {
    path: "/api/articles",
    init: json("POST", { title: "A" }),
    english: "content is missing",
    chinese: "缺少正文",
  },
  { path: "/api/nothing", english: "There is no /api/nothing", chinese: "没有 /api/nothing" },
  {
    path: "/api/articles/1",
    init: { method: "PATCH" },
    english: "This address supports only GET, DELETE, HEAD",
    chinese: "这个地址只支持 GET, DELETE, HEAD",
  },
  {
    path: "/ws/processor-status",
    english: "This address supports only WebSocket",
    chinese: "这个地址只支持 WebSocket",
  },
  {
    path: "/api/%zz",
    english: "The path has a malformed % sequence",
    chinese: "路径里的 % 编码有误",
  },
];

async function refusal(node: Millrace, { path, init = {} }: Asked, more: Record<string, string>) {
  const headers = { ...init.headers as Record<string, string>, ...more };
  const response = await node.fetch(path, { ...init, headers });
  const { message } = await response.json() as { message: string };
  return { message, vary: response.headers.get("vary") ?? "" };
}

Deno.test("a program gets refusals in English, a reader in the language of the page", async (t) => {
  await using node = await startMillrace();

  for (const asked of ASKED) {
    await t.step(`${asked.init?.method ?? "GET"} ${asked.path}`, async () => {
      assert.equal((await refusal(node, asked, {})).message, asked.english);
      const { message, vary } = await refusal(node, asked, CHINESE);
      assert.equal(message, asked.chinese);
      assert.match(vary, /Accept-Language/);
      assert.match(vary, /Cookie/);
    });
  }

  await t.step("the rejected lines of an import, in its response and in the list", async () => {
    const rejectedFor = async (headers: Record<string, string>) => {
      const response = await node.fetch("/api/articles/import?name=a.jsonl", {
        method: "POST",
        headers: { "content-type": "application/x-ndjson", ...headers },
        body: LINES,
      });
      const { data } = await response.json();
      const listed = await (await node.fetch("/api/imports?limit=1", { headers })).json();
      assert.deepEqual(listed.data.imports[0].figures.rejected, data.rejected);
      return data.rejected.map(({ error }: { error: string }) => error) as string[];
    };
    const [missing, invalid] = await rejectedFor({});
    assert.equal(missing, "content is missing");
    assert.match(invalid!, /^the record is not JSON: Unexpected token/);
    const [missingInChinese, invalidInChinese] = await rejectedFor(CHINESE);
    assert.equal(missingInChinese, "缺少正文");
    assert.match(invalidInChinese!, /^不是有效的 JSON：意外的/);
    const page = await (await node.fetch("/import", { headers: CHINESE })).text();
    assert.match(page, /缺少正文/);
    assert.doesNotMatch(page, /content is missing/);
  });

  await t.step("the error pages", async () => {
    const pageFor = async (path: string, form: Record<string, string> | null = null) => {
      const headers = { accept: "text/html", ...CHINESE };
      const body = form === null ? null : new URLSearchParams(form);
      const response = await node.fetch(path, {
        headers,
        redirect: "manual",
        ...(body === null ? {} : { method: "POST", body }),
      });
      const text = await response.text();
      return /<h1>(.*?)<\/h1><p>(.*?)<\/p>/.exec(text)?.slice(1) ?? text;
    };
    assert.deepEqual(await pageFor("/articles/77"), ["没有这个页面", "没有编号为 77 的文章"]);
    assert.deepEqual(await pageFor("/nothing"), [
      "没有这个页面",
      "/nothing 不存在，链接可能有误。",
    ]);
    assert.deepEqual(await pageFor("/preferences", { theme: "pink" }), [
      "未能执行",
      "主题：应为 system, light, dark 之一",
    ]);
    const form = new URLSearchParams({ do: "add", kind: "slack", url: "x", name: "" });
    const refused = await node.fetch("/alerts", { method: "POST", headers: CHINESE, body: form });
    assert.equal(refused.status, 400);
    const faults = (await refused.text()).matchAll(/class="field-fault"[^>]*>(.*?)</g);
    assert.deepEqual(Array.from(faults, ([, fault]) => fault), [
      "名称：不能为空",
      "地址：应为 http 或 https 地址",
      "语言：应为 zh 或 en",
    ]);
  });
});
