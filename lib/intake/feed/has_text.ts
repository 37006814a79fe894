const BLANK = /(?:\s+|&nbsp;|&#160;|<[^>]*>)*/y;

/** Whether markup has a text, not only tags. */
export function hasText(markup: string): boolean {
  BLANK.lastIndex = 0;
  BLANK.test(markup);
  return BLANK.lastIndex < markup.length;
}
