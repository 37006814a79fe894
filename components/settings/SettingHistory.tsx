import type { SettingsModel } from "../../lib/dashboard/settings/settings_model.ts";
import type { SettingsView, ShownChange } from "../../lib/dashboard/settings/settings_view.ts";
import type { settingsWords } from "../../lib/i18n/settings_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import { Icon } from "../shell/Icon.tsx";
import { describeValue, SettingDiff } from "./SettingDiff.tsx";

export interface SettingHistoryProps {
  voice: Voice<WordKey<typeof settingsWords>>;
  view: SettingsView;
  /** Null for viewers. */
  model: Pick<SettingsModel, "revert" | "requests"> | null;
}

/** The changes with actor and time, newest first; each can be reverted. */
export function SettingHistory({ voice, view, model }: SettingHistoryProps) {
  const { say } = voice;
  const { changes, settings } = view;
  if (changes.length === 0) return <p class="preview-note">{say("historyNone")}</p>;
  return (
    <ol class="history">
      {changes.map((change) => {
        const { id, at, by, name, old, new: after } = change;
        const holdsAlready = JSON.stringify(settings[name]) === JSON.stringify(old);
        return (
          <li key={id}>
            <p class="history-what">
              <b>{say(name)}</b>
              <SettingDiff voice={voice} old={old} new={after} />
            </p>
            <p class="history-who">
              <time dateTime={new Date(at).toISOString()}>{voice.moment(at)}</time>
              <span>{say("historyBy", { by: wordAuthor(voice.language, by) })}</span>
            </p>
            {model !== null && !holdsAlready && (
              <RevertButton voice={voice} change={change} model={model} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

interface RevertButtonProps {
  voice: SettingHistoryProps["voice"];
  change: ShownChange;
  model: Pick<SettingsModel, "revert" | "requests">;
}

function RevertButton({ voice, change, model }: RevertButtonProps) {
  const { say } = voice;
  const busy = model.requests.busy.value?.subject === String(change.id);
  const label = { name: say(change.name), value: describeValue(voice, change.old) };

  function submit(event: Event) {
    event.preventDefault();
    model.revert(change);
  }

  return (
    <form method="post" action="/settings" onSubmit={submit}>
      <input type="hidden" name="change" value={change.id} />
      <button
        type="submit"
        class="button"
        data-look="quiet"
        name="do"
        value="revert"
        aria-label={say("revertLabel", label)}
        aria-busy={busy ? "true" : "false"}
      >
        <Icon name="undo" />
        <span>{say("revert")}</span>
      </button>
    </form>
  );
}
