import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { callApi, type Failure } from "../requests/api.ts";
import {
  createRequests,
  type RequestResult,
  type Requests,
  sendJson,
} from "../requests/requests.ts";
import { isArticleSetting, processorSettings } from "../../wire/settings.ts";
import { type Draft, draftOf, type DraftPatch, patchOf, rebase } from "./settings_draft.ts";
import { faultsIn, type SettingFaults } from "./setting_fault.ts";
import {
  type SettingsPreview,
  settingsPreview,
  type SettingsView,
  settingsView,
  type ShownChange,
} from "./settings_view.ts";

export const SETTINGS_REQUESTS = ["save", "revert"] as const;
export type SettingsRequest = typeof SETTINGS_REQUESTS[number];

/** The preview of a draft's effect. */
export type PreviewState =
  | { kind: "none" }
  /** A changed field is faulty. */
  | { kind: "faulty" }
  | { kind: "loading" }
  | { kind: "known"; preview: SettingsPreview }
  | { kind: "failed"; failure: Failure };

/** The settings, a draft of changes, its preview, and the actions to save it. */
export interface SettingsModel {
  readonly view: ReadonlySignal<SettingsView>;
  readonly draft: ReadonlySignal<Draft>;
  readonly patch: ReadonlySignal<DraftPatch>;
  /** The fields whose text is no value, which are not saved. */
  readonly faults: ReadonlySignal<SettingFaults>;
  /** The edited fields that others changed meanwhile, with their change. */
  readonly disputed: ReadonlySignal<Partial<Record<keyof Draft, ShownChange>>>;
  readonly dirty: ReadonlySignal<boolean>;
  readonly preview: ReadonlySignal<PreviewState>;
  readonly requests: Requests<SettingsRequest>;
  edit(name: keyof Draft, text: string): void;
  /** Applies form input from before hydration. */
  adopt(typed: Partial<Draft>): void;
  discard(): void;
  /** Requests a preview of a draft without faults; drops outdated responses. */
  askPreview(): Promise<void>;
  save(): Promise<void>;
  /** Reverts a setting to its value before a change. */
  revert(change: ShownChange): Promise<void>;
  /** Reloads the settings after someone else's change; keeps the draft. */
  reload(): Promise<void>;
}

export interface SettingsModelStart {
  view: SettingsView;
  draft: Draft | null;
  preview: SettingsPreview | null;
  result: RequestResult<SettingsRequest> | null;
}

export function createSettingsModel(start: SettingsModelStart): SettingsModel {
  const view = signal(start.view);
  const draft = signal(start.draft ?? draftOf(start.view.settings));
  const faults = computed(() => faultsIn(draft.value));
  const preview = signal<PreviewState>(
    start.preview === null ? unknownPreview() : { kind: "known", preview: start.preview },
  );
  const requests = createRequests(start.result);
  const patch = computed(() => patchOf(draft.value, view.value.settings));
  const meanwhile = signal<Partial<Record<keyof Draft, ShownChange>>>({});
  const disputed = computed(() =>
    Object.fromEntries(
      Object.entries(meanwhile.value).filter(([name]) => name in patch.value),
    )
  );
  let latestRequest = 0;

  /** The state of a preview that is not requested. */
  function unknownPreview(): PreviewState {
    return Object.keys(faults.peek()).some(isArticleSetting)
      ? { kind: "faulty" }
      : { kind: "none" };
  }

  async function reload() {
    const response = await callApi("/api/processor/changes", settingsView);
    if (response.kind === "failed") return;
    const { settings: before } = view.peek();
    const newest = response.data.changes.toReversed().filter(({ name, new: value }) =>
      JSON.stringify(value) === JSON.stringify(response.data.settings[name]) &&
      JSON.stringify(value) !== JSON.stringify(before[name])
    );
    meanwhile.value = {
      ...disputed.peek(),
      ...Object.fromEntries(newest.map((change) => [change.name, change])),
    };
    draft.value = rebase(draft.value, view.value.settings, response.data.settings);
    view.value = response.data;
  }

  /** @param sent The submitted part of the draft: a field with a different text was edited since. */
  async function put(name: SettingsRequest, wanted: object, sent: DraftPatch, subject = "") {
    const { settings: shown } = view.peek();
    const names = Object.keys(wanted) as (keyof Draft)[];
    const base = Object.fromEntries(names.map((each) => [each, shown[each]]));
    const init = sendJson("PUT", { ...wanted, base });
    const path = "/api/processor/config";
    const response = await requests.run({ name, subject, path, data: processorSettings, init });
    const isOutdated = response?.kind === "failed" && response.failure.kind === "refused" &&
      response.failure.status === 409;
    if (isOutdated) await reload();
    if (response?.kind !== "done") return;
    // Runs before the changes are reloaded, so that a concurrent edit still counts as an edit.
    const settings = response.data;
    draft.value = rebase(draft.value, { ...view.value.settings, ...sent }, settings);
    view.value = { ...view.value, settings };
    await reload();
  }

  return {
    view,
    draft,
    patch,
    faults,
    disputed,
    dirty: computed(() => Object.keys(patch.value).length > 0),
    preview,
    requests,
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
      const turn = ++latestRequest;
      const wanted = articlePatch(patch.peek());
      const unknown = unknownPreview();
      if (wanted === null || unknown.kind === "faulty") {
        preview.value = unknown;
        return;
      }
      if (preview.peek().kind !== "known") preview.value = { kind: "loading" };
      const init = sendJson("POST", wanted);
      const response = await callApi("/api/processor/preview", settingsPreview, init);
      if (turn !== latestRequest) return;
      preview.value = response.kind === "done"
        ? { kind: "known", preview: response.data }
        : response;
    },
    save: () => put("save", patch.peek(), patch.peek()),
    revert: ({ id, name, old }) => put("revert", { [name]: old }, {}, String(id)),
    reload,
  };
}

/** Returns the part of a change that affects articles' results, or null. */
export function articlePatch(patch: DraftPatch): DraftPatch | null {
  const entries = Object.entries(patch).filter(([name]) => isArticleSetting(name));
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
