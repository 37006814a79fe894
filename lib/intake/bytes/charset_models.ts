/** A charset that is detected by the characters of its language. */
export type DetectedCharset =
  | "gb18030"
  | "big5"
  | "shift_jis"
  | "euc-jp"
  | "euc-kr"
  | "windows-1251"
  | "koi8-r"
  | "windows-1252"
  | "windows-1250"
  | "iso-8859-2"
  | "windows-1254"
  | "windows-1253"
  | "windows-1255"
  | "windows-1256"
  | "windows-874";

/** How well bytes fit a charset. */
export interface Fit {
  charset: DetectedCharset;
  /** The logarithm of the probability of the bytes. */
  score: number;
  /** The share of the characters that are not ASCII and usual in the language, 0 to 1. */
  likelihood: number;
  /** The number of characters that are not ASCII. */
  characters: number;
}

/** Some characters and how much of a text they make up. */
type Share = readonly [characters: string, share: number];

interface Model {
  /** Its characters, from those that make up most of a text. */
  shares(): readonly Share[];
  /** The logarithm of the probability of any other character. */
  other: number;
  /** The logarithm of how often articles are in it, relative to the others; by default 0. */
  prior?: number;
  /** Whether accented letters stand between ASCII letters; the letters of other languages do not. */
  isLatin?: boolean;
}

const CHINESE_MARKS = "，。、；：？！“”‘’（）《》「」『』—…·□○●　";
const SIMPLIFIED =
  "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里" +
  "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机";
const TRADITIONAL =
  "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡" +
  "用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機";
const HIRAGANA =
  "のにはをたがでてとしれさいるなかもあまっうこすらくよりそけおだつえきみんわどちせめばろじ";
const KATAKANA = letters("ァ", "ヴ") + "ー";
const JAPANESE_MARKS = "、。「」・（）！？　";
const HANGUL =
  "이다의는에을가하고지은로사한를기인도시자해어정나리들서과대으있전일그제보부수아장성라것상만스면여" +
  "구요주안원게동지연았선신무당유공경조국학";
const RUSSIAN = "оеаинтсрвлкмдпу";
/** The most common letters and marks of Western European languages. */
const ACCENTED = "é è à á í ó ú ü ö ä ß ñ ç ê ã õ å ø æ â ô î û ï ð þ ý ’ ‘ “ ” – — » « £ € ° … ´ ·"
  .replaceAll(" ", "");

/** Those of Central European languages. */
const CENTRAL = "á í é ě ý š č ř ž ů ú ł ą ę ó ś ż ć ő ö ü ă ţ ş „ “ ” –"
  .replaceAll(" ", "");
const CENTRAL_RARE = "â ä î ô ű ń ň ľ ť ď đ ź » ’ … °".replaceAll(" ", "");
const TURKISH = "ı ü ş ö ç ğ İ".replaceAll(" ", "");
const TURKISH_RARE = "Ş Ç Ö Ü Ğ â î û ‘ ’ “ ”".replaceAll(" ", "");

/** Below all probabilities: no text has it. */
const INVALID = -18;
/** The logarithm of the probability of an ASCII character, in all charsets. */
const ASCII = -3;
/** That of a character of which the last bytes are missing. */
const INCOMPLETE = -9;
/** The cost of a letter of one script next to that of another, and of an accented letter next to another one. */
const ODD_NEIGHBOR = -2.5;

const MODELS: Readonly<Record<DetectedCharset, Model>> = {
  gb18030: {
    shares: () => [
      [CHINESE_MARKS, 0.13],
      [SIMPLIFIED, 0.35],
      [pairs("gb18030", 0xB0, 0xD7, 0xA1), 0.5],
      [pairs("gb18030", 0xA1, 0xF7, 0xA1), 0.018],
    ],
    other: -15,
    prior: 4,
  },
  big5: {
    shares: () => [
      [CHINESE_MARKS, 0.13],
      [TRADITIONAL, 0.35],
      [pairs("big5", 0xA4, 0xC6, 0x40), 0.5],
      [pairs("big5", 0xA1, 0xF9, 0x40), 0.018],
    ],
    other: -15,
    prior: 4,
  },
  shift_jis: { shares: () => japanese("shift_jis", 0x88, 0x97, 0x40), other: -13.5, prior: -2 },
  "euc-jp": { shares: () => japanese("euc-jp", 0xB0, 0xCF, 0xA1), other: -13.5, prior: -2 },
  "euc-kr": {
    shares: () => [
      [HANGUL, 0.6],
      [pairs("euc-kr", 0xB0, 0xC8, 0xA1), 0.38],
      [pairs("euc-kr", 0xA1, 0xFD, 0xA1), 0.015],
    ],
    other: -15,
    prior: -4,
  },
  "windows-1251": { shares: cyrillic, other: -11, prior: -4 },
  "koi8-r": { shares: cyrillic, other: -11, prior: -4 },
  "windows-1253": {
    shares: () => [
      ["αοιετσνηυρπκμλςάίόέή", 0.75],
      ["ΑΟΙΕΤΣΝΗΥΡΠΚΜΛ", 0.12],
      [letters("ά", "ώ"), 0.1],
      [letters("Ά", "Ώ"), 0.03],
    ],
    other: -11,
    prior: -6,
  },
  "windows-1255": {
    shares: () => [["יוהלאמשרתנבםח", 0.85], [letters("א", "ת"), 0.14]],
    other: -11,
    prior: -8,
  },
  "windows-1256": {
    shares: () => [["اليمونترةبعسد", 0.82], [letters("ء", "ي") + "،؟", 0.16]],
    other: -11,
    prior: -8,
  },
  "windows-874": {
    shares: () => [["านรกอเงมยลวดทสตะปบคหแ่้ิีั", 0.85], [letters("ก", "๙"), 0.14]],
    other: -11,
    prior: -8,
  },
  "windows-1252": {
    shares: () => [[ACCENTED, 0.4], [letters("À", "ÿ"), 0.02]],
    other: -11,
    isLatin: true,
  },
  "windows-1250": { shares: central, other: -11, prior: -10, isLatin: true },
  "iso-8859-2": { shares: central, other: -11, prior: -10, isLatin: true },
  "windows-1254": {
    shares: () => [[TURKISH, 0.36], [TURKISH_RARE, 0.05], [letters("À", "ÿ"), 0.005]],
    other: -11,
    prior: -6,
    isLatin: true,
  },
};

/** All charsets that are detected by their characters; of equal ones, the first counts. */
export const DETECTED = Object.keys(MODELS) as DetectedCharset[];

const probabilities = new Map<DetectedCharset, ReadonlyMap<string, number>>();

/** Returns how well bytes fit a charset. The last character may be incomplete. */
export function fitOf(bytes: Uint8Array, charset: DetectedCharset): Fit {
  const { other, prior = 0, isLatin = false } = MODELS[charset];
  const known = probabilitiesOf(charset);
  const decoder = new TextDecoder(charset);
  const text = decoder.decode(bytes, { stream: true });
  const isComplete = decoder.decode() === "";
  let score = isComplete ? prior : prior + INCOMPLETE;
  let characters = 0;
  let usual = 0;
  let before = "none";
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) {
      const isLetter = code >= 0x61 && code <= 0x7A || code >= 0x41 && code <= 0x5A;
      score += ASCII + (isLetter && before === "own" && !isLatin ? ODD_NEIGHBOR : 0);
      before = isLetter ? "latin" : "none";
      continue;
    }
    characters++;
    const log = character === "\uFFFD" ? INVALID : known.get(character);
    if (log !== undefined && log !== INVALID) usual++;
    score += log ?? other;
    if (before === (isLatin ? "own" : "latin")) score += ODD_NEIGHBOR;
    before = "own";
  }
  return { charset, score, likelihood: usual / Math.max(1, characters), characters };
}

function probabilitiesOf(charset: DetectedCharset): ReadonlyMap<string, number> {
  const known = probabilities.get(charset);
  if (known !== undefined) return known;
  const logs = new Map<string, number>();
  for (const [characters, share] of MODELS[charset].shares()) {
    const own = [...new Set(characters)].filter((character) => !logs.has(character));
    for (const character of own) logs.set(character, Math.log(share / own.length));
  }
  probabilities.set(charset, logs);
  return logs;
}

function japanese(charset: string, from: number, to: number, trail: number): Share[] {
  return [
    [JAPANESE_MARKS, 0.09],
    [HIRAGANA, 0.43],
    [KATAKANA, 0.12],
    [letters("ぁ", "ん"), 0.03],
    [pairs(charset, from, to, trail), 0.31],
  ];
}

function central(): Share[] {
  return [[CENTRAL, 0.35], [CENTRAL_RARE, 0.04], [(CENTRAL + CENTRAL_RARE).toUpperCase(), 0.02]];
}

function cyrillic(): Share[] {
  return [
    [RUSSIAN, 0.74],
    [letters("а", "я") + "ё", 0.2],
    [letters("А", "Я") + "Ё«»—–“”…№", 0.05],
  ];
}

/** Returns the characters from one to another, both included. */
function letters(from: string, to: string): string {
  const start = from.codePointAt(0)!;
  const length = to.codePointAt(0)! - start + 1;
  return String.fromCodePoint(...Array.from({ length }, (_, index) => start + index));
}

/** Returns the characters of two bytes, of which the first is from `from` to `to`, and the second from `trail`. */
function pairs(charset: string, from: number, to: number, trail: number): string {
  const decoder = new TextDecoder(charset);
  let text = "";
  for (let lead = from; lead <= to; lead++) {
    for (let second = trail; second < 0xFF; second++) {
      const character = decoder.decode(Uint8Array.of(lead, second));
      if ([...character].length === 1 && character !== "\uFFFD") text += character;
    }
  }
  return text;
}
