import { computed, type ReadonlySignal, signal } from "@preact/signals";
import * as v from "valibot";
import { callApi, type Failure } from "./api.ts";
import { createErrands, type ErrandResult, type Errands, sendJson } from "./errand.ts";
import { type Draft, draftOf, patchOf, rebase } from "./settings_draft.ts";
import {
  type SettingName,
  type SettingsPreview,
  settingsPreview,
  type SettingsView,
  settingsView,
  type ShownChange,
} from "./settings_view.ts";

export const SETTINGS_ERRANDS = ["save", "revert"] as const;
export type SettingsErrand = typeof SETTINGS_ERRANDS[number];

/** What is known of what a draft would do. */
export type PreviewState =
  | { kind: "none" }
  | { kind: "asking" }
  | { kind: "known"; preview: SettingsPreview }
  | { kind: "failed"; failure: Failure };

/** The settings, a draft of others, what they would do, and the ways to make them hold. */
export interface SettingsModel {
  readonly view: ReadonlySignal<SettingsView>;
  readonly draft: ReadonlySignal<Draft>;
  readonly patch: ReadonlySignal<Partial<Record<SettingName, unknown>>>;
  readonly dirty: ReadonlySignal<boolean>;
  readonly preview: ReadonlySignal<PreviewState>;
  readonly errands: Errands<SettingsErrand>;
  edit(name: keyof Draft, text: string): void;
  /** Takes over what was typed before there was a model. */
  adopt(typed: Partial<Draft>): void;
  discard(): void;
  /** Asks what the draft would do; an answer that comes too late is dropped. */
  askPreview(): Promise<void>;
  save(): Promise<void>;
  /** Gives a setting the value that it had before a change. */
  revert(change: ShownChange): Promise<void>;
  /** Reads the settings again, as somebody else has changed them; the draft stays. */
  reload(): Promise<void>;
}

export interface SettingsModelStart {
  view: SettingsView;
  draft: Draft | null;
  preview: SettingsPreview | null;
  result: ErrandResult<SettingsErrand> | null;
}

export function createSettingsModel(start: SettingsModelStart): SettingsModel {
  const view = signal(start.view);
  const draft = signal(start.draft ?? draftOf(start.view.settings));
  const preview = signal<PreviewState>(
    start.preview === null ? { kind: "none" } : { kind: "known", preview: start.preview },
  );
  const errands = createErrands(start.result);
  const patch = computed(() => patchOf(draft.value, view.value.settings));
  let asked = 0;

  async function reload() {
    const answer = await callApi("/api/processor/changes", settingsView);
    if (answer.kind === "failed") return;
    draft.value = rebase(draft.value, view.value.settings, answer.data.settings);
    view.value = answer.data;
  }

  async function put(name: SettingsErrand, wanted: object, subject = "") {
    const init = sendJson("PUT", wanted);
    const path = "/api/processor/config";
    const answer = await errands.run({ name, subject, path, data: v.unknown(), init });
    if (answer?.kind === "done") await reload();
  }

  return {
    view,
    draft,
    patch,
    dirty: computed(() => Object.keys(patch.value).length > 0),
    preview,
    errands,
    edit(name, text) {
      draft.value = { ...draft.value, [name]: text };
    },
    adopt(typed) {
      draft.value = { ...draft.value, ...typed };
    },
    discard() {
      draft.value = draftOf(view.value.settings);
    },
    async askPreview() {
      const turn = ++asked;
      const { min_paragraph_length, advertising_phrases } = patch.peek();
      if (min_paragraph_length === undefined && advertising_phrases === undefined) {
        preview.value = { kind: "none" };
        return;
      }
      if (preview.peek().kind !== "known") preview.value = { kind: "asking" };
      const wanted = { min_paragraph_length, advertising_phrases };
      const init = sendJson("POST", wanted);
      const answer = await callApi("/api/processor/preview", settingsPreview, init);
      if (turn !== asked) return;
      preview.value = answer.kind === "done" ? { kind: "known", preview: answer.data } : answer;
    },
    save: () => put("save", patch.peek()),
    revert: ({ id, name, old }) => put("revert", { [name]: old }, String(id)),
    reload,
  };
}
