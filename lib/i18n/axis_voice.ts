import { dateTimeFormat, numberFormat } from "./shared_formats.ts";
import { type Language, localeOf } from "./language.ts";

/** Formats the labels of a chart's axes. */
export interface AxisVoice {
  /** Formats a time, ms since the epoch, at the resolution of a chart over so many seconds. */
  moment(at: number, seconds: number): string;
  /** Formats an amount compactly, such as `12K`. */
  amount(value: number): string;
}

const DAY = 86_400;

export function createAxisVoice(language: Language): AxisVoice {
  const locale = localeOf(language);
  const format = (options: Intl.DateTimeFormatOptions) =>
    dateTimeFormat(locale, { hourCycle: "h23", ...options });
  const toSecond = format({ timeStyle: "medium" });
  const toMinute = format({ hour: "2-digit", minute: "2-digit" });
  const ofDay = format({ month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const amounts = numberFormat(locale, {
    notation: "compact",
    maximumSignificantDigits: 3,
  });
  return {
    moment(at, seconds) {
      if (seconds < 600) return toSecond.format(at);
      return (seconds <= DAY ? toMinute : ofDay).format(at);
    },
    amount: (value) => amounts.format(value),
  };
}
