import type { failuresWords } from "../../i18n/failures_words.ts";
import { wordOutcome } from "../../i18n/refusals/word_outcome.ts";
import type { Voice } from "../../i18n/voice.ts";
import type { WordKey } from "../../i18n/words.ts";
import { NO_LABEL } from "../../wire/failure_facets.ts";
import { sourceLabel } from "../articles/source_label.ts";
import { describeReason } from "./describe_reason.ts";
import type { FacetName } from "./failure_query.ts";

/**
 * The displayed value of a facet. A cause is listed under its reason and does not repeat it; its variable
 * parts are shown as "…".
 */
export function facetLabel(
  voice: Voice<WordKey<typeof failuresWords>>,
  name: FacetName,
  value: string,
): string {
  if (value === NO_LABEL) return voice.say("noLabel");
  if (name === "reason") return describeReason(voice, value);
  if (name === "source") return sourceLabel(voice, value);
  if (name !== "cause") return value;
  const cause = value.replace(/^[a-z_]+: /, "");
  return wordOutcome(voice.language, cause).replaceAll("#", "…");
}
