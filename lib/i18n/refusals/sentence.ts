/**
 * Sentences by their code: the English template, which is how the sources word it, the Chinese one, and the English one
 * where its number is 1, if that differs.
 */
export type SentenceTable = Readonly<
  Record<string, readonly [english: string, chinese: string, one?: string]>
>;

/** A sentence's template, split at its placeholders. */
export interface Sentence {
  code: string;
  english: string;
  chinese: string;
  /** The texts around the placeholders, one more than there are placeholders. */
  texts: readonly string[];
  names: readonly string[];
}

/** The values of a sentence's placeholders, as they are in the message. */
export type Parameters = Readonly<Record<string, string>>;

const PLACE = /\{(\w+)\}/;

/** Splits the templates of a table; those with more text of their own come first. */
export function sentencesIn(table: SentenceTable): Sentence[] {
  const sentences = Object.entries(table).flatMap(([code, [other, chinese, one]]) =>
    (one === undefined ? [other] : [other, one]).map((english) => {
      const parts = english.split(PLACE);
      return {
        code,
        english,
        chinese,
        texts: parts.filter((_, index) => index % 2 === 0),
        names: parts.filter((_, index) => index % 2 === 1),
      };
    })
  );
  const ownLength = ({ texts }: Sentence) => texts.join("").length;
  return sentences.sort((a, b) => ownLength(b) - ownLength(a));
}

/**
 * Returns the parameters of a message that has a sentence's form, or null. Takes linear time: each text between two
 * placeholders is matched where it first occurs, which is sufficient, since a placeholder stands for any text.
 */
export function parametersIn({ texts, names }: Sentence, message: string): Parameters | null {
  const first = texts[0]!;
  const last = texts.at(-1)!;
  if (names.length === 0) return message === first ? {} : null;
  const end = message.length - last.length;
  if (end < first.length || !message.startsWith(first) || !message.endsWith(last)) return null;
  const found: Record<string, string> = {};
  let at = first.length;
  for (const [index, name] of names.entries()) {
    const next = texts[index + 1]!;
    const until = index === names.length - 1 ? end : message.indexOf(next, at);
    if (until === -1 || until < at || until > end) return null;
    found[name] = message.slice(at, until);
    at = until + next.length;
  }
  return found;
}

/** Fills a template; parameters are inserted as they are. */
export function filled(template: string, parameters: Parameters): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => parameters[name] ?? place);
}
