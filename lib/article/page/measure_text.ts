const SPACE = 0x20;
const FIRST_WIDE = 0x2e80;
/** The number of letters that one Han character is worth. */
const WIDE = 2.5;

/** Returns the amount of text in alphabetic letters, without white space. */
export function measureText(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= FIRST_WIDE) length += unit === 0x3000 || unit === 0xfeff ? 0 : WIDE;
    else if (unit > SPACE && unit !== 0xa0) length++;
  }
  return length;
}
