/** The local day of a time, as `YYYYMMDD`. */
export function localDay(at: Date): string {
  const month = String(at.getMonth() + 1).padStart(2, "0");
  return `${at.getFullYear()}${month}${String(at.getDate()).padStart(2, "0")}`;
}
