import assert from "node:assert/strict";
import { DELIVERY_SENTENCES } from "../../lib/i18n/refusals/delivery_sentences.ts";
import { FIELD_SENTENCES } from "../../lib/i18n/refusals/field_sentences.ts";
import { IMPORT_SENTENCES } from "../../lib/i18n/refusals/import_sentences.ts";
import { JSON_SENTENCES } from "../../lib/i18n/refusals/json_sentences.ts";
import { OUTCOME_SENTENCES } from "../../lib/i18n/refusals/outcome_sentences.ts";
import { REQUEST_SENTENCES } from "../../lib/i18n/refusals/request_sentences.ts";
import type { SentenceTable } from "../../lib/i18n/refusals/sentence.ts";
import { meaningOf, wordMessage } from "../../lib/i18n/refusals/word_message.ts";

const TABLES: SentenceTable[] = [
  REQUEST_SENTENCES,
  IMPORT_SENTENCES,
  JSON_SENTENCES,
  FIELD_SENTENCES,
  OUTCOME_SENTENCES,
  DELIVERY_SENTENCES,
];

function assertWorded(expected: Record<string, string>) {
  for (const [message, chinese] of Object.entries(expected)) {
    assert.equal(wordMessage("zh", message), chinese);
  }
}

Deno.test("a sentence is worded with its parameters", () => {
  assertWorded({
    "There is no article 7": "没有编号为 7 的文章",
    "There is no article with the source https://a.example/1":
      "没有来源为 https://a.example/1 的文章",
    "Cannot pause node left: it is lost": "无法暂停节点 left：它已失联",
    "Lin (operator) at 10.0.0.1 has changed retry_max meanwhile":
      "Lin（操作员，10.0.0.1） 刚刚改过：最多重试次数",
  });
});

Deno.test("an error of a field names the field by its label, in every language", () => {
  assertWorded({
    "name must not be empty": "名称：不能为空",
    "advertising_phrases[3] must be text": "广告用语（第 4 项）：应为文字",
    "ids[3] must be text": "ids[3]：应为文字",
    "source is missing": "来源：必填",
    "limit must be a whole number from 1 to 200": "limit：1 到 200 的整数",
    "url: ALERT_HOSTS does not name chat.example": "地址：ALERT_HOSTS 里没有 chat.example",
  });
  assert.equal(
    wordMessage("en", "for_seconds must be a number from 0 to 86400; do is unknown"),
    "Duration in seconds must be a number from 0 to 86400; do is unknown",
  );
  assert.equal(
    wordMessage("en", "advertising_phrases[0] must be text"),
    "Advertising phrases (item 1) must be text",
  );
});

Deno.test("several errors are worded one by one, and an unknown one among them is unchanged", () => {
  assertWorded({
    "retry_max must be text; color must be blue; foo, title are unknown":
      "最多重试次数：应为文字；color must be blue；foo, 标题：无法识别",
  });
});

Deno.test("a reason within a sentence, or after names, is worded as well", () => {
  assertWorded({
    "the header row: a quoted field is not closed": "表头：引号没有闭合",
    "a.zip: b: c.csv: the header row: a quoted field is not closed":
      "a.zip: b: c.csv：表头：引号没有闭合",
    "the table has no header; column 2 was read as the content, since it has the longest texts":
      "表格没有表头；第 2 列的文字最长，已当作正文",
    "a.csv: the row has 3 fields where the header has 2; the others were kept in extra":
      "a.csv：这一行有 3 列，表头有 2 列，多出的保留在 extra 里",
    "a.zip: b.csv: title must be text": "a.zip: b.csv：标题：应为文字",
    "Cannot finish the import: saving the articles failed: disk full": "保存文章时出错：disk full",
    "Cannot finish the import: reading the articles failed: Cannot unpack the gzip data: it is broken":
      "gzip 数据解压失败：数据损坏",
    "The body is not JSON: Expected ',' or '}' after property value in JSON at position 7 (line 1 column 8)":
      "请求体不是有效的 JSON：第 1 行第 8 列：属性值后应为逗号或 }",
  });
});

Deno.test("the engine's messages on invalid JSON are worded", () => {
  const invalid = [
    "{",
    "x",
    '{"a" 1}',
    '{"a":1,}',
    "[1 2]",
    '"\n"',
    '"\\x"',
    "-",
    "1.",
    "1e",
    "1 2",
  ];
  for (const text of invalid) {
    try {
      JSON.parse(text);
      assert.fail(text);
    } catch (error) {
      const { message } = error as Error;
      assert.match(wordMessage("zh", message), /^\p{Script=Han}/u, message);
    }
  }
});

Deno.test("an unknown text and the messages of an outage are unchanged", () => {
  for (const text of ["", "x", "; ", "HTTP 502", "Redis未连接", "数据库未连接", "a; b", "a: b"]) {
    assert.equal(wordMessage("zh", text), text);
    assert.equal(meaningOf(text), null);
  }
});

Deno.test("parameters are inserted as they are", () => {
  for (
    const hostile of ["{id}", "$&", "$1", "</b>", "名称", "must be text; x", "__proto__", "\n"]
  ) {
    assert.equal(wordMessage("zh", `There is no node ${hostile}`), `没有名为 ${hostile} 的节点`);
    assert.deepEqual(meaningOf(`There is no node ${hostile}`), {
      code: "no_node",
      parameters: { node: hostile },
    });
  }
  assert.equal(wordMessage("zh", "__proto__ is unknown"), "__proto__：无法识别");
  assert.equal(wordMessage("zh", "constructor must be text"), "constructor：应为文字");
});

Deno.test("a long text ends soon, whatever it repeats", () => {
  const parts = [
    "; ",
    ": ",
    " must be ",
    "the header row: ",
    " in JSON at position ",
    "a is unknown; ",
  ];
  for (const part of parts) {
    const text = part.repeat(200_000 / part.length);
    assert.ok(wordMessage("zh", text).length > 1_000);
  }
});

Deno.test("each sentence has one code, and its wording has no other placeholders", () => {
  const codes = TABLES.flatMap((table) => Object.keys(table));
  assert.equal(new Set(codes).size, codes.length);
  for (const [code, [english, chinese]] of TABLES.flatMap((table) => Object.entries(table))) {
    const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    const unknown = places(chinese).filter((place) => !places(english).includes(place));
    assert.deepEqual(unknown, [], code);
    assert.equal(new Set(places(english)).size, places(english).length, code);
  }
});

Deno.test("each sentence is recognized with its own code", () => {
  for (const [code, [english]] of TABLES.flatMap((table) => Object.entries(table))) {
    const message = english.replace(/\{(\w+)\}/g, "<$1>");
    assert.equal(meaningOf(message)?.code, code, message);
  }
});
