import type { Language } from "../language.ts";
import { OUTCOME_SENTENCES } from "./outcome_sentences.ts";
import { filled, type Parameters, parametersIn, sentencesIn } from "./sentence.ts";

const SENTENCES = sentencesIn(OUTCOME_SENTENCES);

/** What the error of a failed article says, for programs; null for an error that is not worded by Millrace. */
export interface OutcomeMeaning {
  code: string | null;
  parameters: Parameters | null;
}

/** Words the error of a failed article. An error of its processing, and a reason from elsewhere, are unchanged. */
export function wordOutcome(language: Language, error: string): string {
  const found = language === "en" ? null : find(error);
  if (found === null) return error;
  const values = Object.entries(found.parameters).map(([name, value]) => [
    name,
    name === "reason" ? wordOutcome(language, value) : value,
  ]);
  return filled(found.sentence.chinese, Object.fromEntries(values));
}

/** Returns the code of the error of a failed article, and the values in it. */
export function outcomeMeaning(error: string | null): OutcomeMeaning {
  const found = error === null ? null : find(error);
  return { code: found?.sentence.code ?? null, parameters: found?.parameters ?? null };
}

function find(error: string) {
  for (const sentence of SENTENCES) {
    const parameters = parametersIn(sentence, error);
    if (parameters !== null) return { sentence, parameters };
  }
  return null;
}
