import assert from "node:assert/strict";
import { joinWrapped } from "../../lib/article/wrapped_lines.ts";

const ENGLISH =
  "It rained all morning and nobody went out, because the streets were full of water " +
  "and the shops were closed until the evening, when at last the sun came out and everybody went " +
  "to look at the river, which had risen by a yard or two since the day before.";
const CHINESE =
  "今天的天气非常好，我们一起去公园散步，看到了许多盛开的花朵，大家都很高兴。傍晚的时候下起了小雨，" +
  "路上的行人纷纷撑开雨伞，匆匆忙忙地往家里赶去。第二天早晨太阳又出来了，孩子们背着书包走在上学的路上。";

/** Wraps at spaces. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= columns) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}

/** Wraps between any two Han characters. */
function cut(text: string, characters: number): string[] {
  const lines = [];
  for (let at = 0; at < text.length; at += characters) lines.push(text.slice(at, at + characters));
  return lines;
}

Deno.test("lines of a text that was wrapped are joined to its paragraphs", () => {
  for (const columns of [60, 72, 80]) {
    const lines = wrapped(ENGLISH, columns);
    assert.deepEqual(joinWrapped([...lines, "", ...lines]), [
      lines.join("\n"),
      "",
      lines.join("\n"),
    ]);
  }
  const lines = cut(CHINESE, 30);
  assert.deepEqual(joinWrapped([...lines, "", ...lines]), [lines.join("\n"), "", lines.join("\n")]);
  const indented = cut(`　　${CHINESE}`, 36);
  assert.deepEqual(joinWrapped([...indented, ...indented]), [
    indented.join("\n"),
    indented.join("\n"),
  ]);
});

Deno.test("paragraphs of one line each, verses and lists are not joined", () => {
  const sentences = CHINESE.match(/[^，。]+[，。][^，。]+[，。]/g)!;
  const verse = Array.from(
    { length: 8 },
    () => "春江潮水连海平，海上明月共潮生。滟滟随波千万里，何处春江无月明。",
  );
  const list = wrapped(ENGLISH, 60).map((line, index) => `${index + 1}. ${line}`);
  const long = Array.from({ length: 8 }, () => ENGLISH);
  for (const lines of [sentences, verse, list, long, [ENGLISH], []]) {
    assert.deepEqual(joinWrapped(lines), lines);
  }
});
