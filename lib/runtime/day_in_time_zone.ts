const formats = new Map<string, Intl.DateTimeFormat>();

/** The day of a moment (ms since the epoch) in an IANA time zone, as `YYYYMMDD`. */
export function dayInTimeZone(zone: string, at: number): string {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formats.set(zone, format);
  return format.format(at).replaceAll("-", "");
}
