import type { ArticleState } from "../../lib/article/state_machine.ts";
import type { stateWords } from "../../lib/i18n/state_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

export interface StateBadgeProps {
  voice: Voice<WordKey<typeof stateWords>>;
  state: ArticleState;
}

/** The name of an article's state, with a colored mark. */
export function StateBadge({ voice, state }: StateBadgeProps) {
  return <span class="state" data-state={state}>{voice.say(`state_${state}`)}</span>;
}
