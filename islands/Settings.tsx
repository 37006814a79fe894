import { useComputed, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useMemo } from "preact/hooks";
import { ErrandNotice } from "../components/ErrandNotice.tsx";
import { SettingHistory } from "../components/SettingHistory.tsx";
import { SettingsForm } from "../components/SettingsForm.tsx";
import { SettingsPreview } from "../components/SettingsPreview.tsx";
import { liveStatus } from "../lib/dashboard/live_status.ts";
import { nodeViews } from "../lib/dashboard/node_view.ts";
import { type Draft, typedDraft } from "../lib/dashboard/settings_draft.ts";
import { createSettingsModel, type SettingsModelStart } from "../lib/dashboard/settings_model.ts";
import type { FieldBounds } from "../lib/dashboard/settings_view.ts";
import type { Language } from "../lib/i18n/language.ts";
import type { settingsWords } from "../lib/i18n/settings_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import type { ProcessorStatus } from "../lib/status/processor_status.ts";

/** How long after the last key a preview is asked for. */
const PREVIEW_AFTER_MS = 250;

export interface SettingsProps extends SettingsModelStart {
  language: Language;
  words: Words<WordKey<typeof settingsWords>>;
  status: ProcessorStatus | null;
  bounds: FieldBounds;
  mayChange: boolean;
}

/** The settings with their bounds, what a change would do, and who changed what. */
export default function Settings(props: SettingsProps) {
  const { language, words, status, bounds, mayChange, view, draft, preview, result } = props;
  const voice = useMemo(() => createVoice(language, words), []);
  const live = useMemo(() => liveStatus(status), []);
  const model = useMemo(() => createSettingsModel({ view, draft, preview, result }), []);
  const typed = useMemo(readTyped, []);
  // At once, lest it take back what is typed in between.
  useLayoutEffect(() => {
    model.adopt(typed);
  }, []);
  const { say } = voice;

  const versions = useComputed(() => {
    const shown = live.model.status.value;
    if (shown === null) return "";
    const known = nodeViews(shown).filter(({ condition }) => condition !== "lost");
    return known.map(({ detail }) => detail?.settings ?? "").join(" ");
  });
  const effect = useComputed(() => {
    const known = versions.value.split(" ").filter((version) => version !== "");
    const count = known.filter((version) => version === model.view.value.version).length;
    return known.length === 0 ? say("noNodes") : say("inEffect", { count, nodes: known.length });
  });
  useSignalEffect(() => {
    // Nodes that work by other settings than these have heard of a change that this page has not.
    const known = versions.value.split(" ");
    if (known[0] !== "" && !known.includes(model.view.peek().version)) model.reload();
  });
  useSignalEffect(() => {
    const { min_paragraph_length, advertising_phrases } = model.patch.value;
    if (!mayChange) return;
    const changed = min_paragraph_length !== undefined || advertising_phrases !== undefined;
    const timer = setTimeout(() => model.askPreview(), changed ? PREVIEW_AFTER_MS : 0);
    return () => clearTimeout(timer);
  });

  return (
    <div class="settings">
      <ErrandNotice voice={voice} errands={model.errands} back="/settings" />
      <div class="settings-columns">
        <SettingsForm
          voice={voice}
          model={model}
          bounds={bounds}
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

/** What was typed before this island came to life, which would put its own values there. */
function readTyped(): Partial<Draft> {
  if (typeof document === "undefined") return {};
  const form = document.querySelector<HTMLFormElement>("form.settings-form");
  return form === null ? {} : typedDraft(form);
}
