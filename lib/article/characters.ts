/** Whether `text` has at least `count` characters (code points). */
export function hasCharacters(text: string, count: number): boolean {
  if (text.length < count) return false;
  return text.length >= 2 * count || endOfCharacters(text, count) !== null;
}

/** Returns the first `count` characters (code points) of `text`, without splitting a surrogate pair. */
export function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  const end = endOfCharacters(text, count);
  return end === null ? text : text.slice(0, end);
}

/** Returns the end of the first `count` characters in code units, or null if there are fewer. */
function endOfCharacters(text: string, count: number): number | null {
  let end = 0;
  for (let seen = 0; seen < count; seen++) {
    const character = text.codePointAt(end);
    if (character === undefined) return null;
    end += character > 0xffff ? 2 : 1;
  }
  return end;
}

/** Whether the code unit at `at` is a low surrogate that follows a high one. */
export function isLowHalf(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
