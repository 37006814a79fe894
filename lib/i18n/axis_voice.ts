import { type Language, localeOf } from "./language.ts";

/** Says what stands at a chart's axes. */
export interface AxisVoice {
  /** A moment, ms since the epoch, as exactly as a chart of so many seconds can tell it. */
  moment(at: number, seconds: number): string;
  /** An amount in few characters, such as `12K`. */
  amount(value: number): string;
}

const DAY = 86_400;

export function createAxisVoice(language: Language): AxisVoice {
  const locale = localeOf(language);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { hourCycle: "h23", ...options });
  const toSecond = format({ timeStyle: "medium" });
  const toMinute = format({ hour: "2-digit", minute: "2-digit" });
  const ofDay = format({ month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const amounts = new Intl.NumberFormat(locale, {
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
