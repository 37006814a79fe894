/** The number of the group in a line of `reading_styles_by_group`, without leading zeros. */
export function groupOf(line: string): string {
  return String(parseInt(line, 10));
}
