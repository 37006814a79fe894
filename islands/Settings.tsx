import { useComputed, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useMemo } from "preact/hooks";
import { RequestResult } from "../components/shell/RequestResult.tsx";
import { SettingHistory } from "../components/settings/SettingHistory.tsx";
import { SettingsForm } from "../components/settings/SettingsForm.tsx";
import { SettingsPreview } from "../components/settings/SettingsPreview.tsx";
import { liveStatus } from "../lib/dashboard/live/live_status.ts";
import { type Draft, readDraft } from "../lib/dashboard/settings/settings_draft.ts";
import {
  articlePatch,
  createSettingsModel,
  type SettingsModelStart,
} from "../lib/dashboard/settings/settings_model.ts";
import type { Language } from "../lib/i18n/language.ts";
import type { settingsWords } from "../lib/i18n/settings_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import { clusterOf } from "../lib/wire/cluster_sums.ts";
import "../lib/dashboard/shell/base_path.ts";

/** The debounce of previews after the last key. */
const PREVIEW_AFTER_MS = 250;

export interface SettingsProps extends SettingsModelStart {
  language: Language;
  words: Words<WordKey<typeof settingsWords>>;
  mayChange: boolean;
}

/** The settings with bounds, previews and history. */
export default function Settings(props: SettingsProps) {
  const { language, words, mayChange, view, draft, preview, result } = props;
  const voice = useMemo(() => createVoice(language, words), []);
  const live = useMemo(() => liveStatus(null), []);
  const model = useMemo(() => createSettingsModel({ view, draft, preview, result }), []);
  const typed = useMemo(readTyped, []);
  // Synchronously, so that it does not overwrite input typed in between.
  useLayoutEffect(() => {
    model.adopt(typed);
  }, []);
  const { say } = voice;

  /** The number of nodes per settings version. */
  const counts = useComputed(() => {
    const shown = live.model.status.value;
    return shown === null ? {} : clusterOf(shown).settings;
  });
  const versions = useComputed(() => Object.keys(counts.value).sort().join(" "));
  const effect = useComputed(() => {
    const nodes = Object.values(counts.value).reduce((sum, each) => sum + each, 0);
    const count = counts.value[model.view.value.version] ?? 0;
    return nodes === 0 ? say("noNodes") : say("inEffect", { count, nodes });
  });
  useSignalEffect(() => {
    // Nodes with other settings know of a change that this page does not have yet.
    const known = versions.value.split(" ");
    if (known[0] !== "" && !known.includes(model.view.peek().version)) model.reload();
  });
  useSignalEffect(() => {
    const changed = articlePatch(model.patch.value) !== null;
    if (!mayChange) return;
    const timer = setTimeout(() => model.askPreview(), changed ? PREVIEW_AFTER_MS : 0);
    return () => clearTimeout(timer);
  });

  return (
    <div class="settings">
      <RequestResult voice={voice} requests={model.requests} back="/settings" />
      <div class="settings-columns">
        <SettingsForm
          voice={voice}
          model={model}
          mayChange={mayChange}
          effect={effect}
        />
        <section class="panel preview" aria-labelledby="preview-title">
          <header class="panel-header">
            <h2 id="preview-title">{say("previewTitle")}</h2>
          </header>
          <div class="preview-body" aria-live="polite">
            {useComputed(() => <SettingsPreview voice={voice} state={model.preview.value} />)}
          </div>
        </section>
      </div>
      <section class="panel" aria-labelledby="history-title">
        <header class="panel-header">
          <h2 id="history-title">{say("history")}</h2>
        </header>
        {useComputed(() => (
          <SettingHistory
            voice={voice}
            view={model.view.value}
            model={mayChange ? model : null}
          />
        ))}
      </section>
    </div>
  );
}

/** Reads form input from before hydration, which would overwrite it. */
function readTyped(): Partial<Draft> {
  if (typeof document === "undefined") return {};
  const form = document.querySelector<HTMLFormElement>("form.settings-form");
  return form === null ? {} : readDraft(new FormData(form));
}
