import type { Language } from "./language.ts";
import { roleWords } from "./role_words.ts";

const ROLE_WORDS = {
  admin: "roleAdmin",
  operator: "roleOperator",
  viewer: "roleViewer",
  ingest: "roleIngest",
} as const;

/** The authors that are no person's and no token's name. */
const UNNAMED = new Map([
  ["unknown", "未登录者"],
  ["another program", "其他程序"],
  ["command", "其他程序"],
]);

// An address has a dot or a colon, so that a name such as "Sales at Acme" is unchanged.
const AUTHOR =
  /^(?<name>.+?)(?: \((?<role>admin|operator|viewer|ingest)\))?(?: at (?<address>(?=\S*[.:])[\da-fA-F.:]+))?$/;

/** Words for a reader what `formatActor` made of an actor, or an actor's name; another text is unchanged. */
export function wordAuthor(language: Language, text: string): string {
  const { name, role, address } = AUTHOR.exec(text)?.groups ?? {};
  if (language === "en" || name === undefined) return text;
  const who = UNNAMED.get(name) ?? name;
  const about = [
    role === undefined ? null : roleWords.zh[ROLE_WORDS[role as keyof typeof ROLE_WORDS]],
    address ?? null,
  ].filter((each) => each !== null);
  return about.length === 0 ? who : `${who}（${about.join("，")}）`;
}
