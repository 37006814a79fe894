import assert from "node:assert/strict";
import { LOG_SENTENCES } from "../../lib/i18n/logs/log_sentences.ts";
import { codesWith, logMessage, wordLine } from "../../lib/i18n/logs/word_line.ts";
import type { SentenceTable } from "../../lib/i18n/refusals/sentence.ts";
import { filesBelow } from "../support/files_below.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = ["lib", "routes", "workers", "components", "islands"];
/** The methods of a logger whose lines a page shows. */
const SHOWN = /^(?:info|warn|warning|error|fatal)$/;

interface Logged {
  file: string;
  /** Null: the message is not a literal. */
  template: string | null;
}

/** The messages that a source logs, info and above. */
function logged(file: string, source: string): Logged[] {
  const calls: Deno.lint.Expression[] = [];
  const tables = new Map<string, Deno.lint.ObjectExpression>();
  Deno.lint.runPlugin(
    {
      name: "messages",
      rules: {
        found: {
          create: () => ({
            CallExpression({ callee, arguments: [message] }) {
              if (callee.type !== "MemberExpression" || !SHOWN.test(nameOf(callee.property))) {
                return;
              }
              if (!/logger$/i.test(nameOf(callee.object)) || message === undefined) return;
              if (message.type !== "SpreadElement") calls.push(message);
            },
            VariableDeclarator({ id, init }) {
              const table = init?.type === "TSAsExpression" ? init.expression : init;
              if (table?.type === "ObjectExpression") tables.set(nameOf(id), table);
            },
          }),
        },
      },
    },
    file.replaceAll("/", "_"),
    source,
  );

  function templatesOf(message: Deno.lint.Node): (string | null)[] {
    if (message.type === "Literal") return [String(message.value)];
    if (message.type === "ConditionalExpression") {
      return [message.consequent, message.alternate].flatMap(templatesOf);
    }
    const table = message.type === "MemberExpression" && tables.get(nameOf(message.object));
    if (!table) return [null];
    return table.properties.flatMap((each) =>
      each.type === "Property" ? templatesOf(each.value) : [null]
    );
  }
  return calls.flatMap(templatesOf).map((template) => ({ file, template }));
}

function nameOf(node: Deno.lint.Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "CallExpression") return nameOf(node.callee);
  return node.type === "MemberExpression" ? nameOf(node.property) : "";
}

async function allLogged(): Promise<Logged[]> {
  const files = await filesBelow(FOLDERS, /\.tsx?$/);
  const found = await Promise.all(
    files.map(async (file) => logged(file, await Deno.readTextFile(new URL(file, ROOT)))),
  );
  return found.flat();
}

Deno.test("every message that the sources log, info and above, has a code and a Chinese wording", async () => {
  const found = await allLogged();
  assert.ok(found.length > 60, `only ${found.length} messages were found`);
  const forgotten = found.filter(({ template }) => logMessage(template ?? "") === undefined);
  assert.deepEqual(forgotten, []);
  const unused = Object.entries<SentenceTable[string]>(LOG_SENTENCES)
    .filter(([, [english]]) => !found.some(({ template }) => template === english))
    .map(([code]) => code);
  assert.deepEqual(unused, []);
});

Deno.test("each wording has the parameters of its message, and no two words of English", () => {
  for (const [code, [english, chinese]] of Object.entries<SentenceTable[string]>(LOG_SENTENCES)) {
    const places = (text: string) => (text.match(/\{[^}]*\}/g) ?? []).sort();
    assert.deepEqual(places(chinese), places(english), code);
    assert.ok(places(english).every((place) => /^\{[a-z]+\}$/.test(place)), code);
    assert.match(chinese, /\p{Script=Han}/u, code);
    assert.doesNotMatch(chinese.replace(/\{\w+\}/g, "…"), /\b[a-z]{2,} [a-z]{2,}\b/, code);
  }
});

Deno.test("the scan finds messages in every form, and those that it cannot read", () => {
  const source = `
    const TEXTS = { one: "One {n}", two: "Two {n}" } as const;
    logger.info(TEXTS[kind], { n });
    parts.logger.error(isLate ? "Late" : "Early");
    getLogger("millrace").warning("Direct");
    logger.debug("not shown");
    node.logger.info(\`at \${time}\`);`;
  assert.deepEqual(logged("a.ts", source).map(({ template }) => template), [
    ...["One {n}", "Two {n}", "Late", "Early", "Direct"],
    null,
  ]);
});

Deno.test("a line is worded with its parameters; messages and names in it are worded, errors are not", () => {
  const worded = (code: string, parameters: Record<string, string>) =>
    wordLine("zh", { code, parameters });
  assert.equal(
    worded("article_failed", {
      article: "12",
      tries: "2",
      seconds: "0.5",
      message: "Cannot process the article: it takes longer than 30 s",
    }),
    "文章 12 第 2 次失败，0.5 秒后重试：处理超过 30 秒",
  );
  assert.equal(
    worded("request_rejected", {
      status: "400",
      message: "The path has a malformed % sequence",
      target: '"GET /%"',
    }),
    '已拒绝（400）：路径里的 % 编码有误（"GET /%"）',
  );
  assert.equal(
    worded("alert_raised", { rule: "积压", measure: "backlog", value: "9", threshold: "5" }),
    "告警“积压”触发（积压）：9，高于 5",
  );
  assert.equal(
    worded("setting_invalid", { setting: "retry_max", value: "-1" }),
    "设置“最多重试次数”的值 -1 无效，改用默认值。",
  );
  assert.equal(
    worded("node_paused", { node: "vm-1", by: "Lin (operator) at 10.0.0.1" }),
    "Lin（操作员，10.0.0.1） 暂停了节点 vm-1。",
  );
  const error = "There is no article 12";
  assert.equal(worded("report_failed", { error }), `无法上报状态：${error}`);
});

Deno.test("parameters are inserted as they are, and a folded value as an ellipsis", () => {
  for (const hostile of ["{article}", "$&", "</b>", "\n", "__proto__"]) {
    const line = { code: "node_stopping", parameters: { node: hostile } };
    assert.equal(wordLine("zh", line), `节点 ${hostile} 正在停止。`);
  }
  const folded = { code: "articles_processed", parameters: { count: "…" } };
  assert.equal(wordLine("zh", folded), "处理完成 … 篇。");
});

Deno.test("a text is found in the wordings of messages, but not in the names of their values", () => {
  assert.deepEqual(codesWith("zh", "死信："), ["article_dead"]);
  assert.deepEqual(codesWith("zh", "noEviction"), ["eviction_policy"]);
  for (const text of ["", "article", "{", "nowhere"]) assert.deepEqual(codesWith("zh", text), []);
  assert.deepEqual(codesWith("en", "死信"), []);
});

Deno.test("English lines, and those without a known code, are not worded", () => {
  const line = { code: "node_stopping", parameters: { node: "a" } };
  assert.equal(wordLine("en", line), null);
  for (const code of [undefined, "", "constructor", "__proto__", "of_a_later_version"]) {
    assert.equal(wordLine("zh", { ...line, code }), null);
  }
});
