const LABEL = /^(?:发布|发表|发稿|更新|發布|發表|更新)?(?:于|於|时间|日期|時間)?\s*[:：]\s*/;
const WEEKDAY = /(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]/;
const DATE =
  /^(民国|民國)?\s*(\d{1,4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)\s*[日号號]?\s*(.*)$/;
const TIME =
  /^(上午|早上|凌晨|清晨|中午|下午|晚上|傍晚)?\s*(\d{1,2})\s*[时點時点:]\s*(?:(\d{1,2})\s*分?\s*(?::?(\d{1,2})\s*秒?)?|整)?$/;
/** A date with an English order and a Chinese month: `05 三月 2024`. */
const MONTH = /(\d{1,2})\s+(\d{1,2})月\s+(?=\d{4})/;
const NUMERAL = /[〇零○一二三四五六七八九十]+/g;
const DIGITS = "〇一二三四五六七八九";
const ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
/** The year before the first of the Republic of China. */
const BEFORE_REPUBLIC = 1911;

/** Converts a Chinese date, perhaps after a label, to digits in the order of ISO 8601; returns any other text unchanged. */
export function fromChineseDate(given: string): string {
  if (!/\p{Script=Han}/u.test(given)) return given;
  const bare = given.normalize("NFKC").trim().replace(LABEL, "");
  const text = bare.replace(WEEKDAY, " ").replace(/^[\s,]+/, "").replace(NUMERAL, digitsOf);
  const month = MONTH.exec(text);
  const name = ENGLISH[Number(month?.[2] ?? 0) - 1];
  if (name !== undefined) return text.replace(MONTH, `$1 ${name} `);
  const date = DATE.exec(text);
  if (date === null) return text;
  const [, era, count = "", m, day, rest = ""] = date;
  const year = era === undefined ? count : String(Number(count) + BEFORE_REPUBLIC);
  const time = TIME.exec(rest.trim());
  if (time === null) return `${year}-${m}-${day} ${rest}`.trim();
  const [, part = "", hour = "", minute = "0", second = "0"] = time;
  const isLate = /下午|晚上|傍晚|中午/.test(part) && Number(hour) < (part === "中午" ? 10 : 12);
  const two = (digits: string) => digits.padStart(2, "0");
  const hours = Number(hour) + (isLate ? 12 : 0);
  return `${year}-${m}-${day} ${hours}:${two(minute)}:${two(second)}`;
}

/** Returns the digits of a numeral: `二〇二四` is 2024, `二十三` is 23. */
function digitsOf(numeral: string): string {
  const digit = (character: string) => String(DIGITS.indexOf(character.replace(/[零○]/, "〇")));
  const [tens = "", units = ""] = numeral.split("十");
  if (!numeral.includes("十")) return Array.from(numeral, digit).join("");
  return String(
    Number(tens === "" ? 1 : digit(tens)) * 10 + Number(units === "" ? 0 : digit(units)),
  );
}
