import { alertMeasure } from "../../wire/alerts.ts";
import { measureName } from "../alert_voice.ts";
import { alertsWords } from "../alerts_words.ts";
import type { Language } from "../language.ts";
import { fieldLabel } from "../refusals/field_label.ts";
import { filled, type SentenceTable } from "../refusals/sentence.ts";
import { wordMessage } from "../refusals/word_message.ts";
import { createVoice } from "../voice.ts";
import { wordAuthor } from "../word_author.ts";
import { LOG_SENTENCES } from "./log_sentences.ts";

const SENTENCES = new Map(Object.entries<SentenceTable[string]>(LOG_SENTENCES));
const MESSAGES = new Map(
  Array.from(SENTENCES, ([code, [english, , one]]) => [english, { code, one }]),
);
const ALERT_VOICE = createVoice("zh", alertsWords.zh);

/** Returns a log message by its template; undefined if it has no code, such as one of the level debug. */
export function logMessage(
  template: string,
): { code: string; one: string | undefined } | undefined {
  return MESSAGES.get(template);
}

/** Returns the codes of the messages whose wording in a language has a text between its values, in any case. */
export function codesWith(language: Language, text: string): string[] {
  if (language === "en" || text === "") return [];
  const wanted = text.toLowerCase();
  const words = (chinese: string) => chinese.toLowerCase().split(/\{\w+\}/);
  return Array.from(SENTENCES)
    .filter(([, [, chinese]]) => words(chinese).some((each) => each.includes(wanted)))
    .map(([code]) => code);
}

/** What identifies the message of a line. */
export interface Coded {
  code?: string | undefined;
  parameters?: Readonly<Record<string, string>> | undefined;
}

/** Words a line of the log; null in English, which is how it is logged, and for a line without a known code. */
export function wordLine(
  language: Language,
  { code = "", parameters = {} }: Coded,
): string | null {
  const sentence = SENTENCES.get(code);
  if (language === "en" || sentence === undefined) return null;
  const [, chinese] = sentence;
  const values = Object.entries(parameters).map(([name, value]) => [name, inChinese(name, value)]);
  return filled(chinese, Object.fromEntries(values));
}

/** Words a value that is a name or a message of Millrace; all others, such as errors, are foreign text. */
function inChinese(name: string, value: string): string {
  if (name === "message") return wordMessage("zh", value);
  if (name === "by") return wordAuthor("zh", value);
  if (name === "setting") return fieldLabel("zh", value);
  const measure = name === "measure" ? alertMeasure.safeParse(value) : null;
  return measure?.success ? measureName(ALERT_VOICE, measure.data) : value;
}
