import type { failureWords } from "../../lib/i18n/failure_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";

/** Says that lazily loaded code did not arrive: the server is away, or has a newer build without that file. */
export function PartMissing({ voice }: { voice: Voice<WordKey<typeof failureWords>> }) {
  return (
    <div class="notice" data-kind="failed" role="alert">
      <span class="notice-mark">
        <Icon name="alert" />
      </span>
      <p>{voice.say("partMissing")}</p>
      <button type="button" class="button" data-size="small" onClick={() => location.reload()}>
        {voice.say("reloadPage")}
      </button>
    </div>
  );
}
