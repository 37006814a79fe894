import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { charsetEvidence } from "../../lib/intake/bytes/charset_evidence.ts";
import { toUtf8 } from "../../lib/intake/bytes/to_utf8.ts";
import { bodyOf, bytesOf } from "../support/byte_stream.ts";

/** Texts in charsets that are not declared. */
const UNDECLARED: [string, string, string][] = [
  [
    "shift_jis",
    "駅前の橋のたもとで人々は足を止め、水車がゆっくり回るのを見ていました。",
    "8977914f82cc8bb482cc82bd82e082c682c5906c815882cd91ab82f08e7e82df814190858ed482aa82e482c182ad82e889f182e982cc82f08ca982c482a282dc82b582bd8142",
  ],
  [
    "euc-jp",
    "駅前の橋のたもとで人々は足を止め、水車がゆっくり回るのを見ていました。",
    "b1d8c1b0a4ceb6b6a4cea4bfa4e2a4c8a4c7bfcda1b9a4cfc2ada4f2bbdfa4e1a1a2bfe5bcd6a4aca4e6a4c3a4afa4eab2f3a4eba4cea4f2b8aba4c6a4a4a4dea4b7a4bfa1a3",
  ],
  [
    "iso-2022-jp",
    "駅前の橋のたもとで人々は足を止め。",
    "1b244231584130244e3636244e243f2462244824473f4d2139244f422d24723b5f246121231b2842",
  ],
  [
    "euc-kr",
    "은행 앞의 행인들은 발걸음을 멈추고 물레방아가 천천히 도는 것을 보았다.",
    "c0bac7e020bed5c0c720c7e0c0ceb5e9c0ba20b9dfb0c9c0bdc0bb20b8d8c3dfb0ed20b9b0b7b9b9e6bec6b0a120c3b5c3b5c8f720b5b5b4c220b0cdc0bb20bab8bed2b4d92e",
  ],
  [
    "windows-1251",
    "Прохожие у банка остановились и смотрели, как вода медленно вращает колесо.",
    "cff0eef5eee6e8e520f320e1e0edeae020eef1f2e0edeee2e8ebe8f1fc20e820f1eceef2f0e5ebe82c20eae0ea20e2eee4e020ece5e4ebe5ededee20e2f0e0f9e0e5f220eaeeebe5f1ee2e",
  ],
  [
    "koi8-r",
    "Прохожие у банка остановились и смотрели, как вода медленно вращает колесо.",
    "f0d2cfc8cfd6c9c520d520c2c1cecbc120cfd3d4c1cecfd7c9ccc9d3d820c920d3cdcfd4d2c5ccc92c20cbc1cb20d7cfc4c120cdc5c4ccc5cececf20d7d2c1ddc1c5d420cbcfccc5d3cf2e",
  ],
  [
    "windows-1252",
    "Le café – “déjà vu” – coûte 5 € à Genève, señor Müller.",
    "4c6520636166e92096209364e96ae020767594209620636ffb74652035208020e02047656ee876652c207365f16f72204dfc6c6c65722e",
  ],
  [
    "windows-1253",
    "Οι περαστικοί σταμάτησαν και κοίταζαν το νερό να γυρίζει τον τροχό.",
    "cfe920f0e5f1e1f3f4e9eaefdf20f3f4e1ecdcf4e7f3e1ed20eae1e920eaefdff4e1e6e1ed20f4ef20ede5f1fc20ede120e3f5f1dfe6e5e920f4efed20f4f1eff7fc2e",
  ],
  // cspell:disable
  [
    "windows-1250",
    "Kolemjdoucí u banky se zastavili a dívali se, jak voda pomalu otáčí dřevěným kolem; až do večera bylo slyšet její šumění.",
    "4b6f6c656d6a646f7563ed20752062616e6b79207365207a6173746176696c6920612064ed76616c692073652c206a616b20766f646120706f6d616c75206f74e1e8ed2064f86576ec6efd6d206b6f6c656d3b20619e20646f207665e86572612062796c6f20736c799a6574206a656aed209a756dec6eed2e",
  ],
  [
    "windows-1250",
    "Przechodnie przed bankiem zatrzymali się i patrzyli, jak woda powoli obraca drewniane koło; szum słychać było aż do wieczora.",
    "50727a6563686f646e69652070727a65642062616e6b69656d207a6174727a796d616c69207369ea206920706174727a796c692c206a616b20776f646120706f776f6c69206f627261636120647265776e69616e65206b6fb36f3b20737a756d2073b379636861e6206279b36f2061bf20646f20776965637a6f72612e",
  ],
  [
    "iso-8859-2",
    "Kolemjdoucí u banky se zastavili a dívali se, jak voda pomalu otáčí dřevěným kolem; až do večera bylo slyšet její šumění a křik dětí.",
    "4b6f6c656d6a646f7563ed20752062616e6b79207365207a6173746176696c6920612064ed76616c692073652c206a616b20766f646120706f6d616c75206f74e1e8ed2064f86576ec6efd6d206b6f6c656d3b2061be20646f207665e86572612062796c6f20736c79b96574206a656aed20b9756dec6eed2061206bf8696b2064ec74ed2e",
  ],
  [
    "windows-1254",
    "Bankanın önündeki yolcular durup suyun ahşap çarkı yavaşça döndürmesini seyretti; şırıltısı akşama kadar sürdü.",
    "42616e6b616efd6e20f66efc6e64656b6920796f6c63756c617220647572757020737579756e206168fe617020e761726bfd2079617661fee7612064f66e64fc726d6573696e692073657972657474693b20fefd72fd6c74fd73fd20616bfe616d61206b616461722073fc7264fc2e",
  ],
  // cspell:enable
  [
    "hz-gb-2312",
    "银行门口的行人停下来~看河水推着木轮。",
    "7e7b5278505043453f5a35445050484b4d234f4240347e7d7e7e7e7b3f343a534b2e4d465745443e425621237e7d",
  ],
];

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));

async function decoded(bytes: Uint8Array, declared: string | null, lengths: number[] = []) {
  const notes: string[] = [];
  const pieces = await Array.fromAsync(
    toUtf8(bodyOf(bytes, lengths), { declared }, (note) => notes.push(note)),
  );
  return { text: Buffer.concat(pieces).toString(), notes };
}

Deno.test("the charset of undeclared text is that in which it is a text of its language", async () => {
  for (const [charset, text, bytes] of UNDECLARED) {
    for (const length of [1, 7, 1_000]) {
      const found = await decoded(hex(bytes), null, [length]);
      const notes = [`the text is not UTF-8; it was read as ${charset}`];
      assert.deepEqual(found, { text, notes }, `${charset} in chunks of ${length}`);
    }
    const line = Buffer.concat([bytesOf('{"title":"'), hex(bytes), bytesOf('","n":1}\n')]);
    assert.equal((await decoded(line, null)).text, `{"title":"${text}","n":1}\n`, charset);
  }
});

Deno.test("a wrong declaration is overridden in every detected charset, a right one is kept", async () => {
  for (const [charset, text, bytes] of UNDECLARED) {
    for (const declared of ["utf-8", "gb2312", "iso-8859-1", charset]) {
      if (charset === "hz-gb-2312" || charset === "iso-2022-jp") continue;
      assert.equal((await decoded(hex(bytes), declared)).text, text, `${charset} as ${declared}`);
    }
  }
});

Deno.test("rare characters in the declared charset are kept", async () => {
  const bytes = hex("e576e669e55ae5d5f6aa".repeat(3));
  const big5 = new TextDecoder("big5").decode(bytes);
  assert.equal((await decoded(bytes, "big5")).text, big5);
});

Deno.test("a byte order mark of UTF-8 before text in another charset does not count", async () => {
  const gbk = hex("efbbbfd2f8d0d0c3c5bfdab5c4d0d0c8cbcda3cfc2c0b4a3ac");
  assert.deepEqual(await decoded(gbk, null), {
    text: "银行门口的行人停下来，",
    notes: ["the text is declared as utf-8, but is in gb18030; it was read as gb18030"],
  });
  assert.deepEqual(await decoded(bytesOf("\uFEFF银行"), "gbk"), { text: "银行", notes: [] });
  assert.deepEqual(await decoded(bytesOf("\uFEFFplain"), null), { text: "plain", notes: [] });
});

Deno.test("tildes and escapes of plain text are no charset", async () => {
  for (
    const text of ["a ~{b} c ~", "\x1b[31m red\x1b(B\x1b[0m", "~{~a~^, ~}", "path ~/x\n~{", "\x1b"]
  ) {
    for (const length of [1, 100]) {
      assert.deepEqual(await decoded(bytesOf(text), null, [length]), { text, notes: [] });
    }
  }
});

Deno.test("a few characters of Chinese suffice", () => {
  const words = {
    银行: "d2f8d0d0",
    新闻: "d0c2cec5",
    第一章: "b5dad2bbd5c2",
    你好: "c4e3bac3",
    通知公告: "cda8d6aab9abb8e6",
  };
  for (const [word, bytes] of Object.entries(words)) {
    assert.equal(charsetEvidence(hex(bytes)).charset, "gb18030", word);
  }
});

Deno.test("Western European text with rare letters is not read as Central European or Turkish", async () => {
  const texts = [
    // Portuguese, Danish, French, Icelandic, Estonian, Spanish
    "c0732076657a6573206120e1677561206ee36f206d6f7665206120726f64612c2065206173206d756c746964f565732076e36f206174e920e020706f6e74653b2073e36f207472ea7320686f7261732e",
    "4772e57420696b6b652c207361206df86c6c6572656e2c206f672067696b206f76657220e5656e2074696c2064656e2072f864652062726f2c2068766f722062f8726e656e652073e52070e520686a756c65742e",
    "4c92e974e92c206c612072697669e87265206ff9206c926f6e2070ea63686520636f756c65207072e873206475206368e274656175203b206392657374206ce020717592696c206120e974e9207265e7752e",
    "de61f0207661722065696e6e206461672061f020686af36c69f0207374f3f0206b79727274206f672066f36c6b69f020686f7266f06920e120e16e613b20fee120736167f069206d61f07572696e6e20fd6d69736c6567742e",
    "d6f673656c206bf56c6173207665736b692068e4e46c20fc6c65206af5652c206a6120726168766173206bf56e646973207661696b73656c74206df6f664612073696c6461206bf57274736920706f6f6c652e",
    "456c207365f16f72206d6972f3206c61207275656461206465206d6f6c696e6f2c20bf7175e920706173f3206465737075e9733f2c207920766f6c7669f3206d61f1616e6120616c20707565626c6f2e",
  ];
  for (const text of texts) {
    const western = new TextDecoder("windows-1252").decode(hex(text));
    for (const declared of [null, "iso-8859-1"]) {
      assert.equal((await decoded(hex(text), declared)).text, western);
    }
  }
});
