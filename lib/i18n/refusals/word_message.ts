import type { Language } from "../language.ts";
import { wordAuthor } from "../word_author.ts";
import { fieldLabel } from "./field_label.ts";
import { DELIVERY_SENTENCES } from "./delivery_sentences.ts";
import { FIELD_SENTENCES } from "./field_sentences.ts";
import { IMPORT_SENTENCES } from "./import_sentences.ts";
import { JSON_SENTENCES } from "./json_sentences.ts";
import { OUTCOME_SENTENCES } from "./outcome_sentences.ts";
import { REQUEST_SENTENCES } from "./request_sentences.ts";
import { filled, type Parameters, parametersIn, type Sentence, sentencesIn } from "./sentence.ts";

/** What a message says: the code of its sentence, and the values in it. */
export interface Meaning {
  code: string;
  parameters: Parameters;
}

/** The engine's reasons come last: they are behind a sentence of our own. */
const WHOLE = [
  ...sentencesIn({
    ...REQUEST_SENTENCES,
    ...IMPORT_SENTENCES,
    ...OUTCOME_SENTENCES,
    ...DELIVERY_SENTENCES,
  }),
  ...sentencesIn(JSON_SENTENCES),
];
const FIELDS = sentencesIn(FIELD_SENTENCES);

/** Placeholders whose value is a sentence, or a part of one, of these tables. */
const NESTED: ReadonlySet<string> = new Set(["reason", "what", "action"]);
const DEEPEST = 5;
/** At most this many places are tried as the end of the name before a reason. */
const MOST_NAMES = 8;

/**
 * Words a message for a reader; fields are named by their labels. Messages are thrown and stored in English, and the
 * template of the sentence identifies it, as in gettext. A text that is none of the sentences is returned unchanged.
 */
export function wordMessage(language: Language, message: string): string {
  return worded(language, message, 0) ?? message;
}

/** Returns what a message says, for programs: of several errors the first, of a nested reason the outer one. */
export function meaningOf(message: string): Meaning | null {
  const found = find(WHOLE, message) ?? find(FIELDS, message.split("; ", 1)[0]!);
  return found && { code: found.sentence.code, parameters: found.parameters };
}

function worded(language: Language, message: string, depth: number): string | null {
  if (depth > DEEPEST) return null;
  return sentenceWorded(language, message, depth) ?? afterName(language, message, depth);
}

/** Words a sentence, or errors of fields that are joined by semicolons. */
function sentenceWorded(language: Language, message: string, depth: number): string | null {
  const whole = find(WHOLE, message);
  if (whole !== null) return rendered(language, whole, depth);
  const errors = message.split("; ").map((part) => {
    const error = find(FIELDS, part);
    return error === null ? part : rendered(language, error, depth);
  });
  const isUnchanged = errors.join("; ") === message;
  return isUnchanged ? null : errors.join(language === "zh" ? "；" : "; ");
}

/** Words the reason after a name, such as that of a file in a zip; the name is unchanged. */
function afterName(language: Language, message: string, depth: number): string | null {
  let at = -1;
  for (let tried = 0; tried < MOST_NAMES; tried++) {
    at = message.indexOf(": ", at + 1);
    if (at === -1) return null;
    const reason = sentenceWorded(language, message.slice(at + 2), depth + 1);
    if (reason !== null) {
      return `${message.slice(0, at)}${language === "zh" ? "：" : ": "}${reason}`;
    }
  }
  return null;
}

interface Found {
  sentence: Sentence;
  parameters: Parameters;
}

function find(sentences: readonly Sentence[], message: string): Found | null {
  for (const sentence of sentences) {
    const parameters = parametersIn(sentence, message);
    if (parameters === null) continue;
    // The name of a file before the error of a field.
    if (parameters.field?.includes(": ")) continue;
    return { sentence, parameters };
  }
  return null;
}

function rendered(language: Language, { sentence, parameters }: Found, depth: number): string {
  const { reason } = parameters;
  // A reason that is a whole sentence says by itself that the import stopped, and on what.
  if (sentence.code === "import_stopped" && reason?.startsWith("Cannot ")) {
    return worded(language, reason, depth + 1) ?? reason;
  }
  const values = Object.entries(parameters).map(([name, value]): [string, string] => {
    if (name === "name" && sentence.code === "settings_changed") {
      return [name, wordAuthor(language, value)];
    }
    if (name === "field") return [name, fieldLabel(language, value)];
    if (name === "fields") {
      return [name, value.split(", ").map((each) => fieldLabel(language, each)).join(", ")];
    }
    return [name, NESTED.has(name) ? worded(language, value, depth + 1) ?? value : value];
  });
  const template = language === "zh" ? sentence.chinese : sentence.english;
  return filled(template, Object.fromEntries(values));
}
