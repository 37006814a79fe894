import type { Language } from "./language.ts";

/**
 * A text with places such as `{count}`; with forms for one and for several where the language has them.
 */
export type Message = string | { readonly one: string; readonly other: string };

/** The messages of one part of the page in one language: plain data, so that islands can be given them. */
export type Words<Key extends string = string> = Readonly<Record<Key, Message>>;

/** The keys of a part's messages. */
export type WordKey<Part> = Part extends Record<Language, Words<infer Key>> ? Key : never;

/** The messages of one part of the page in every language; a key that one lacks is a type error. */
export function defineWords<const Key extends string>(
  words: Readonly<Record<Language, Words<Key>>>,
): Readonly<Record<Language, Words<Key>>> {
  return words;
}
