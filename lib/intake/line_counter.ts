/** Tells the line of a place in a text that comes in pieces. */
export interface LineCounter {
  add(text: string): void;
  /** The 1-based line of `index`, counted from the start of the text; asked in rising order. */
  at(index: number): number;
}

/** Remembers only the line breaks between the last place asked for and the end of what came. */
export function lineCounter(): LineCounter {
  let breaks: number[] = [];
  let passed = 0;
  let length = 0;
  let line = 1;
  return {
    add(text) {
      breaks = breaks.slice(passed);
      passed = 0;
      for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
        breaks.push(length + at);
      }
      length += text.length;
    },
    at(index) {
      while (passed < breaks.length && breaks[passed]! < index) {
        passed++;
        line++;
      }
      return line;
    },
  };
}
