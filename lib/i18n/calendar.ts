import { dateTimeFormat } from "./shared_formats.ts";
import { type Language, localeOf } from "./language.ts";

/** Formats the day of a time, ms since the epoch, with its weekday. */
export function nameDay(language: Language, at: number): string {
  if (language === "zh") {
    const day = dateTimeFormat("zh-CN", {
      year: "numeric",
      month: "numeric",
      day: "numeric",
    });
    const parts = Object.fromEntries(
      day.formatToParts(at).map(({ type, value }) => [type, value]),
    );
    const weekday = dateTimeFormat("zh-CN", { weekday: "short" }).format(at);
    return `${parts.year} 年 ${parts.month} 月 ${parts.day} 日 ${weekday}`;
  }
  return dateTimeFormat(localeOf(language), {
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
  }).format(at);
}

/** Returns the name of the displayed time zone. */
export function nameZone(language: Language, form: "long" | "short" = "long"): string {
  const format = dateTimeFormat(localeOf(language), { timeZoneName: form });
  const part = format.formatToParts().find(({ type }) => type === "timeZoneName");
  return part?.value ?? "";
}
