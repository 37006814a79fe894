import { type Language, localeOf } from "./language.ts";
import type { Words } from "./words.ts";

/** Says things in one language: messages, numbers, times. */
export interface Voice<Key extends string = string> {
  readonly language: Language;
  /** A message with its places filled; `count` chooses between its forms. */
  say(key: Key, values?: Record<string, string | number>): string;
  /** A whole number, or one with that many decimals. */
  number(value: number, decimals?: number): string;
  /** A span in its two largest units at most, such as `3 min 20 s`. */
  duration(seconds: number): string;
  /** The time of day of a moment in ms since the epoch. */
  time(at: number): string;
  /** The day and the time of day of a moment in ms since the epoch. */
  moment(at: number): string;
  /** A size in bytes, such as `1.2 MB`. */
  bytes(value: number): string;
}

const UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]] as const;
const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function createVoice<Key extends string>(
  language: Language,
  words: Words<Key>,
): Voice<Key> {
  const locale = localeOf(language);
  const plurals = new Intl.PluralRules(locale);
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium", hourCycle: "h23" });
  const calendar = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    hourCycle: "h23",
  });
  const decimalFormats = new Map<number, Intl.NumberFormat>();

  function number(value: number, decimals = 0): string {
    let format = decimalFormats.get(decimals);
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      });
      decimalFormats.set(decimals, format);
    }
    return format.format(value);
  }

  function inUnit(value: number, unit: string, decimals = 0): string {
    const format = new Intl.NumberFormat(locale, {
      style: "unit",
      unit,
      unitDisplay: "short",
      maximumFractionDigits: decimals,
    });
    // Chinese sets a space between digits and characters, which its formats leave out.
    const parts = format.formatToParts(value).map((part) =>
      part.type === "unit" && language === "zh" ? ` ${part.value.trim()}` : part.value
    );
    return parts.join("").replace(/\s+/g, " ");
  }

  return {
    language,
    number,
    say(key, values = {}) {
      const message = words[key];
      const one = typeof message !== "string" && plurals.select(Number(values.count)) === "one";
      const text = typeof message === "string" ? message : one ? message.one : message.other;
      return text.replace(/\{(\w+)\}/g, (place, name: string) => {
        const value = values[name];
        return typeof value === "number" ? number(value) : value ?? place;
      });
    },
    duration(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      const first = UNITS.findIndex(([, size]) => whole >= size);
      if (first === -1) return inUnit(0, "second");
      const [unit, size] = UNITS[first]!;
      const [nextUnit, nextSize] = UNITS[first + 1] ?? ["second", 1];
      const rest = Math.floor((whole % size) / nextSize);
      const parts = [inUnit(Math.floor(whole / size), unit)];
      if (rest > 0) parts.push(inUnit(rest, nextUnit));
      return parts.join(" ");
    },
    time: (at) => clock.format(at),
    moment: (at) => calendar.format(at),
    bytes(value) {
      const size = Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
      return inUnit(value / 1000 ** size, SIZES[size]!, size === 0 ? 0 : 1);
    },
  };
}
