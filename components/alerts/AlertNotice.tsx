import type { AlertsVoice } from "../../lib/i18n/alert_voice.ts";
import { wordMessage } from "../../lib/i18n/refusals/word_message.ts";

export interface AlertNoticeProps {
  voice: AlertsVoice;
  /** The page's query, with the result of a form. */
  query: URLSearchParams;
}

/** The result of the form whose submission led to the page. */
export function AlertNotice({ voice, query }: AlertNoticeProps) {
  const text = textOf(voice, query);
  if (text === null) return null;
  const isBad = query.get("result") === "failed";
  return <p class="alert-notice" role="status" data-tone={isBad ? "danger" : "good"}>{text}</p>;
}

function textOf({ say, language }: AlertsVoice, query: URLSearchParams): string | null {
  const part = (name: string) => query.get(name) ?? "";
  switch (query.get("result")) {
    case "saved":
      return say("saved");
    case "deleted":
      return say("deleted");
    case "done":
      return say("done");
    case "tested":
      return say("testDone", { status: part("status"), ms: part("ms") });
    case "failed":
      return say("testFailed", { error: wordMessage(language, part("error")) });
    default:
      return null;
  }
}
