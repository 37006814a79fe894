import { dateTimeFormat, numberFormat, pluralRules } from "./shared_formats.ts";
import { type Language, localeOf } from "./language.ts";
import type { Words } from "./words.ts";

/** Formats messages, numbers and times in one language. */
export interface Voice<Key extends string = string> {
  readonly language: Language;
  /** Formats a message with its parameters; `count` selects the plural form. */
  say(key: Key, values?: Record<string, string | number>): string;
  /** Whether there is a message for a key that is made of outside data. */
  has(key: string): boolean;
  /** Formats a whole number, or one with that many decimals. */
  number(value: number, decimals?: number): string;
  /** Formats a count; from ten million on compactly, such as `12.8M`. */
  count(value: number): string;
  /** Formats articles per second: one decimal below ten, none above. */
  rate(value: number): string;
  /** Formats a duration in at most its two largest units, such as `3 min 20 s`. */
  duration(seconds: number): string;
  /** Formats the time of day of a time in ms since the epoch. */
  time(at: number): string;
  /** Formats the date and time of day of a time in ms since the epoch. */
  moment(at: number): string;
  /** Formats a size in bytes, such as `1.2 MB`. */
  bytes(value: number): string;
}

const UNITS = [
  { seconds: 86_400, en: "d", zh: "天" },
  { seconds: 3_600, en: "h", zh: "小时" },
  { seconds: 60, en: "min", zh: "分" },
  { seconds: 1, en: "s", zh: "秒" },
] as const;
/** A parameter, such as `{nodes}`, or a word that agrees with its number, such as `{nodes:node|nodes}`. */
const PLACE = /\{(\w+)(?::([^|{}]+)\|([^|{}]+))?\}/g;
const COMPACT_FROM = 10_000_000;
const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function createVoice<Key extends string>(
  language: Language,
  words: Words<Key>,
): Voice<Key> {
  const locale = localeOf(language);
  const plurals = pluralRules(locale, {});
  const clock = dateTimeFormat(locale, { timeStyle: "medium", hourCycle: "h23" });
  const calendar = dateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    hourCycle: "h23",
  });

  function number(value: number, decimals = 0): string {
    return numberFormat(locale, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }).format(value);
  }

  function inUnit(value: number, unit: string, decimals = 0): string {
    const format = numberFormat(locale, {
      style: "unit",
      unit,
      unitDisplay: "short",
      maximumFractionDigits: decimals,
    });
    // Chinese typography has a space between digits and characters, which `Intl` omits.
    const parts = format.formatToParts(value).map((part) =>
      part.type === "unit" && language === "zh" ? ` ${part.value.trim()}` : part.value
    );
    return parts.join("").replace(/\s+/g, " ");
  }

  const compact = numberFormat(locale, {
    notation: "compact",
    maximumSignificantDigits: 3,
  });

  return {
    language,
    has: (key) => Object.hasOwn(words, key),
    number,
    count: (value) => value >= COMPACT_FROM ? compact.format(value) : number(value),
    rate: (value) => number(value, value > 0 && value < 9.95 ? 1 : 0),
    say(key, values = {}) {
      const message = words[key];
      const one = typeof message !== "string" && plurals.select(Number(values.count)) === "one";
      const text = typeof message === "string" ? message : one ? message.one : message.other;
      const form = (value: unknown, one: string, other: string) =>
        plurals.select(Number(value)) === "one" ? one : other;
      return text.replace(PLACE, (place, name: string, one?: string, other = "") => {
        const value = values[name];
        if (one !== undefined) return form(value, one, other);
        return typeof value === "number" ? number(value) : value ?? place;
      });
    },
    duration(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      const first = UNITS.findIndex((unit) => whole >= unit.seconds);
      const [unit, next] = first === -1 ? UNITS.slice(-1) : UNITS.slice(first);
      if (unit === undefined) return "";
      const amount = `${number(Math.floor(whole / unit.seconds))} ${unit[language]}`;
      const rest = next === undefined ? 0 : Math.floor((whole % unit.seconds) / next.seconds);
      if (next !== undefined && rest > 0) return `${amount} ${rest} ${next[language]}`;
      // In Chinese, minutes alone need the word for a duration; followed by seconds they do not.
      return unit.zh === "分" && language === "zh" ? `${amount}钟` : amount;
    },
    time: (at) => clock.format(at),
    moment: (at) => calendar.format(at),
    bytes(value) {
      const size = Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
      // The short form of a byte has no plural.
      if (size === 0 && language === "en") {
        return `${number(value)} ${value === 1 ? "byte" : "bytes"}`;
      }
      return inUnit(value / 1000 ** size, SIZES[size]!, size === 0 ? 0 : 1);
    },
  };
}
