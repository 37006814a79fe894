import type { Language } from "./language.ts";
import { roleWords } from "./role_words.ts";

const ROLE_WORDS = {
  admin: "roleAdmin",
  operator: "roleOperator",
  viewer: "roleViewer",
  ingest: "roleIngest",
} as const;

const AUTHOR =
  /^(?<name>.+?)(?: \((?<role>admin|operator|viewer|ingest)\))?(?: at (?<address>\S+))?$/;

/** Words for a reader what `formatActor` made of an actor; another text is unchanged. */
export function wordAuthor(language: Language, text: string): string {
  const { name, role, address } = AUTHOR.exec(text)?.groups ?? {};
  if (language === "en" || name === undefined) return text;
  const about = [
    role === undefined ? null : roleWords.zh[ROLE_WORDS[role as keyof typeof ROLE_WORDS]],
    address ?? null,
  ].filter((each) => each !== null);
  return about.length === 0 ? name : `${name}（${about.join("，")}）`;
}
