import assert from "node:assert/strict";
import { wordMessage } from "../../lib/i18n/refusals/word_message.ts";
import { filesBelow } from "../support/files_below.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = ["lib/http", "lib/intake", "lib/auth", "lib/processor", "lib/wire", "routes"];

/** Calls whose sentences reach a reader, and those whose sentences do not. */
const TELLING =
  /^(?:\w*Error|refused|forbidden|unknown|reject|giveUp|notRead|say|found|push|fault|deleteArticle)$/;
/** Properties and variables that hold such a sentence. */
const NAMED = /^(?:error|note|message|reason|most|TOO_\w+|BAD_\w+|SECONDS|STARTS|OTHERS)$/;

/** Sources whose sentences no reader sees, with the reason. */
const EXEMPT_FILES: Readonly<Record<string, string>> = {
  "lib/http/multipart.ts": "they are caught and replaced by another one",
  "lib/http/front/": "they close a raw connection or socket",
  "lib/auth/token": "they are logged, or end the start",
  "lib/auth/sessions.ts": "it is logged",
  "lib/processor/worker_": "they are logged, or end with the node",
};
/** Sentences that no reader sees, with the reason. */
const EXEMPT: Readonly<Record<string, string>> = {
  "Cannot explain the article: ‹1›": "it is logged",
  "Cannot load the state of article ‹1›": "it is logged",
  "there are too many fields": "it is caught and replaced by another one",
};

interface FoundSentence {
  file: string;
  text: string;
}

/** The sentences in a source that may become a message; a value in one is a mark. */
function sentencesIn(file: string, source: string): FoundSentence[] {
  const found: FoundSentence[] = [];
  const plugin: Deno.lint.Plugin = {
    name: "sentences",
    rules: {
      found: {
        create: () => ({
          Literal(node) {
            if (typeof node.value === "string") add(node, node.value);
          },
          TemplateLiteral(node) {
            add(node, node.quasis.map(({ cooked }) => cooked).join("‹1›"));
          },
        }),
      },
    },
  };
  function add(node: Deno.lint.Node, text: string) {
    if (!/[a-z‹1›] [a-z]/i.test(text)) return;
    const usage = usageOf(node, file.startsWith("lib/intake/"));
    if (usage === "field") found.push({ file, text: `limit ${text}` });
    else if (usage === "sentence") found.push({ file, text });
  }
  Deno.lint.runPlugin(plugin, file.replaceAll("/", "_"), source);
  return found;
}

/** How a text is used: as a message, as the error of a field behind its name, or otherwise. */
function usageOf(node: Deno.lint.Node, isIntake: boolean): "sentence" | "field" | null {
  for (let each: Deno.lint.Node | undefined = node; each !== undefined; each = parentOf(each)) {
    const parent = parentOf(each);
    if (parent === undefined) return null;
    if (parent.type === "TaggedTemplateExpression") return null;
    if (parent.type === "CallExpression" || parent.type === "NewExpression") {
      if (parent.callee === each) continue;
      const name = nameOf(parent.callee);
      if (/^(?:getLogger|debug|info|warning|error|RegExp|startsWith)$/.test(name)) return null;
      if (TELLING.test(name)) return "sentence";
    }
    if (parent.type === "Property" && parent.value === each) {
      return NAMED.test(nameOf(parent.key)) ? kindOf(node, parent) : null;
    }
    if (parent.type === "VariableDeclarator") {
      return NAMED.test(nameOf(parent.id)) ? kindOf(node) : null;
    }
    if (parent.type === "ReturnStatement") return isIntake ? "sentence" : null;
    if (/^JSX|Function|Declaration|Statement/.test(parent.type)) return null;
  }
  return null;
}

/** A schema's error follows the name of its field; an error of a record stands alone. */
function kindOf(node: Deno.lint.Node, property?: Deno.lint.Node): "sentence" | "field" {
  const options = property && parentOf(property);
  const isAlone = options?.type === "ObjectExpression" && options.properties.length === 1 &&
    parentOf(options)?.type === "CallExpression";
  return isAlone || /^(?:must|is|at most)\b/.test(textOf(node)) ? "field" : "sentence";
}

function parentOf(node: Deno.lint.Node): Deno.lint.Node | undefined {
  return "parent" in node ? node.parent as Deno.lint.Node : undefined;
}

function nameOf(node: Deno.lint.Node): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? nameOf(node.property) : "";
}

function textOf(node: Deno.lint.Node): string {
  if (node.type === "Literal") return String(node.value);
  return node.type === "TemplateLiteral" ? node.quasis[0]?.cooked ?? "" : "";
}

async function allSentences(): Promise<FoundSentence[]> {
  const exempt = Object.keys(EXEMPT_FILES);
  const files = (await filesBelow(FOLDERS, /\.tsx?$/))
    .filter((file) => !exempt.some((start) => file.startsWith(start)));
  const found = await Promise.all(
    files.map(async (file) => sentencesIn(file, await Deno.readTextFile(new URL(file, ROOT)))),
  );
  return found.flat();
}

/** Whether the wording has Chinese, and no two words of English in a row. */
function isWorded(text: string): boolean {
  const chinese = wordMessage("zh", text);
  return /\p{Script=Han}/u.test(chinese) && !/\b[a-z]{2,} [a-z]{2,}\b/.test(chinese);
}

Deno.test("every sentence that the sources refuse, reject or note with is worded in Chinese", async () => {
  const found = await allSentences();
  assert.ok(found.length > 150, `only ${found.length} sentences were found`);
  const forgotten = found.filter(({ text }) => !(text in EXEMPT) && !isWorded(text))
    .map(({ file, text }) => `${file}: ${text}`);
  assert.deepEqual(forgotten, []);
  const unused = Object.keys(EXEMPT).filter((text) => !found.some((each) => each.text === text));
  assert.deepEqual(unused, []);
});
