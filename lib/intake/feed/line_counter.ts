/** Maps positions in a streamed text to lines. */
export interface LineCounter {
  add(text: string): void;
  /** Returns the 1-based line of a position in the whole text; positions must ascend. */
  at(index: number): number;
}

/** Buffers only the line breaks between the last requested position and the end of the input so far. */
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
