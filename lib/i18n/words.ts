import type { Language } from "./language.ts";

/**
 * A message with parameters such as `{count}`, and plural forms where the language has them: of the whole message by
 * `count`, or of words by any parameter, such as `{nodes:node|nodes}`.
 */
export type Message = string | { readonly one: string; readonly other: string };

/** The messages of one part of a page in one language: plain data, so that they can be island props. */
export type Words<Key extends string = string> = Readonly<Record<Key, Message>>;

/** The keys of a part's messages. */
export type WordKey<Part> = Part extends Record<Language, Words<infer Key>> ? Key : never;

/** The messages of one part of a page in every language; a missing key is a type error. */
export function defineWords<const Key extends string>(
  words: Readonly<Record<Language, Words<Key>>>,
): Readonly<Record<Language, Words<Key>>> {
  return words;
}
