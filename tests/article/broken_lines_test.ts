import assert from "node:assert/strict";
import { joinBroken } from "../../lib/article/broken_lines.ts";

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
    assert.deepEqual(joinBroken([...lines, "", ...lines]), [
      lines.join("\n"),
      "",
      lines.join("\n"),
    ]);
  }
  const lines = cut(CHINESE, 30);
  assert.deepEqual(joinBroken([...lines, "", ...lines]), [lines.join("\n"), "", lines.join("\n")]);
  const indented = cut(`　　${CHINESE}`, 36);
  assert.deepEqual(joinBroken([...indented, ...indented]), [
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
    assert.deepEqual(joinBroken(lines), lines);
  }
});

Deno.test("one paragraph that was wrapped at a narrow column is joined", () => {
  for (const characters of [16, 20, 28]) {
    const lines = cut(CHINESE, characters);
    assert.deepEqual(joinBroken(lines), [lines.join("\n")]);
    assert.deepEqual(joinBroken(["春天", "", ...lines]), ["春天", "", lines.join("\n")]);
  }
  for (const columns of [40, 48]) {
    const lines = wrapped(ENGLISH, columns);
    assert.deepEqual(joinBroken(lines), [lines.join("\n")]);
  }
  const two = ["老街的尽头有一家修钟表的铺子，店主姓陈，", "今年已经七十多岁了。"];
  assert.deepEqual(joinBroken(two), [two.join("\n")]);
});

Deno.test("a heading above a wrapped paragraph is not joined to it", () => {
  const lines = ["春天的公园", ...cut(CHINESE, 30)];
  assert.deepEqual(joinBroken(lines), [lines[0], lines.slice(1).join("\n")]);
});

Deno.test("a line that ends after a comma is joined to the sentence's rest", () => {
  const before = "这是前面一个完整的段落，它的长度已经超过了一般的诗行，所以不会被当作诗。".repeat(
    2,
  );
  for (
    const [line, next] of [
      ["昨天下午下了一场大雨，", "街上的人都跑进了商店。"],
      ["店里卖的有铅笔、橡皮、", "尺子和各种各样的本子。"],
      ["他在信里写道（", "这封信后来丢失了），一切都好。"],
    ] as const
  ) {
    assert.deepEqual(joinBroken([line, next]), [`${line}\n${next}`]);
    assert.deepEqual(joinBroken([before, line, next]), [before, `${line}\n${next}`]);
  }
});

Deno.test("a line in Latin script is joined to one that begins in lower case", () => {
  for (
    const [line, next, joined] of [
      ["The train was late again this morning, so we", "walked.", "\nwalked."],
      ["The train was late again this morning,", "so we walked.", "\nso we walked."],
      ["This was for all of us a well-", "known fact.", "known fact."],
    ] as const
  ) assert.deepEqual(joinBroken([line, next]), [line + joined]);
});

Deno.test("lines that may be complete are not joined", () => {
  for (
    const lines of [
      // Verse, with and without marks.
      ["白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"],
      ["白日依山尽，黄河入海流", "欲穷千里目，更上一层楼"],
      ["山中相送罢，", "日暮掩柴扉。"],
      ["朝辞白帝彩云间，千里江陵一日还，", "两岸猿声啼不住，轻舟已过万重山。"],
      [
        "撑着油纸伞，独自",
        "彷徨在悠长、悠长",
        "又寂寥的雨巷，",
        "我希望逢着",
        "一个丁香一样的姑娘。",
      ],
      [
        "春江潮水连海平，海上明月共潮生",
        "滟滟随波千万里，何处春江无月明",
        "江流宛转绕芳甸，月照花林皆似霰。",
      ],
      ["古钗封寄玉关秋，天咫尺，人南北，", "不信鸳鸯头不白"],
      Array.from({ length: 4 }, () => [
        "帝省其山，柞棫斯拔，松柏斯兑。帝作邦作对，自大伯王季。维此王季，",
        "因心则友。则友其兄，则笃其庆，载锡之光。受禄无丧，奄有四方。",
        "",
      ]).flat(),
      ["倬彼甫田，", "岁取十千。", "", "我取其陈，", "食我农人。"],
      ["Shall I compare thee to a summer's day?", "Thou art more lovely and more temperate:"],
      ["so much depends", "upon", "", "a red wheel", "barrow"],
      // A dialog, a list, entries, an address, a salutation, code, a heading.
      ["老师问道：", "“你们准备好了吗？”"],
      ["姓名：张三，", "地址：北京市海淀区中关村大街。"],
      ["一、准备材料，", "二、提交申请。"],
      ["- one thing that we need,", "- another thing that we need."],
      ["John Smith, the old house,", "12 High Street, London."],
      ["Dear John,", "thank you for the letter."],
      ["const first = read(the file),", "second = first.next();"],
      ["We need a few of these:", "milk and bread and butter."],
      ["坚持创新驱动发展", "近年来，这座城市的面貌发生了很大的变化。"],
      ["第一段到这里就结束了。", "第二段从这里开始。"],
    ]
  ) assert.deepEqual(joinBroken(lines), lines);
});

Deno.test("the time to join lines grows with their number only", () => {
  const lines = Array.from({ length: 50_000 }, () => "The rain fell on and on that night, and");
  const joined = joinBroken([...lines.map((line) => line.toLowerCase()), "it stopped."]);
  assert.equal(joined.length, 1);
});
