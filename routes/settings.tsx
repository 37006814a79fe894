import { HttpError, page } from "fresh";
import { PageHeader } from "../components/shell/PageHeader.tsx";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define } from "../define.ts";
import { mayAs } from "../lib/auth/route_permissions.ts";
import Settings from "../islands/Settings.tsx";
import { readResult, resultPath } from "../lib/dashboard/requests/result_address.ts";
import { type Draft, rebase } from "../lib/dashboard/settings/settings_draft.ts";
import { SETTINGS_REQUESTS } from "../lib/dashboard/settings/settings_model.ts";
import type { SettingsPreview } from "../lib/dashboard/settings/settings_view.ts";
import { FORM_OUTDATED, formFields } from "../lib/http/form_fields.ts";
import { readSettingsForm, type SettingsForm } from "../lib/http/settings/settings_form.ts";
import { readSettingsView } from "../lib/http/settings/describe_settings.ts";
import { actor } from "../lib/http/request_actor.ts";
import { settingsWords } from "../lib/i18n/settings_words.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { sessionsWords } from "../lib/i18n/sessions_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import { previewSettings } from "../lib/processor/preview.ts";
import { changeSettings } from "../lib/http/settings/change_settings.ts";
import { localizeMessage } from "../lib/http/localize_message.ts";
import { type SettingName, settingsPatch } from "../lib/wire/settings.ts";
import type { Node } from "../lib/node/node.ts";

/** Large enough for a thousand phrases of a hundred characters, twice: the original and the new values. */
const MAX_BYTES = 2 * 1024 * 1024;

interface Tried {
  draft: Draft | null;
  preview: SettingsPreview | null;
}

/** The page's data; `tried` is the form's preview. */
async function dataOf(node: Node, query: URLSearchParams, tried: Tried) {
  const view = await readSettingsView(node);
  return { view, ...tried, result: readResult(SETTINGS_REQUESTS, query) };
}

/** The settings page: view, preview, change and revert. */
export const handler = define.handlers({
  async GET({ state: { node }, url }) {
    return page(await dataOf(node, url.searchParams, { draft: null, preview: null }));
  },
  /** The page's forms without scripts. */
  async POST(ctx) {
    const { node } = ctx.state;
    const form = await formFields(ctx.req, MAX_BYTES);
    const faulty = async ({ draft: given, from }: SettingsForm) => {
      const draft = rebase(given, from, await node.settings.refresh());
      const data = await dataOf(node, ctx.url.searchParams, { draft, preview: null });
      return page(data, { status: 400 });
    };
    switch (form.get("do")) {
      case "preview": {
        const read = readSettingsForm(form);
        if (read.patch === null) return await faulty(read);
        const before = await node.settings.refresh();
        const draft = rebase(read.draft, read.from, before);
        const preview = await previewSettings(
          { sql: node.database.sql, explainer: node.explainer },
          before,
          read.patch,
        );
        return page(await dataOf(node, ctx.url.searchParams, { draft, preview }));
      }
      case "save": {
        const read = readSettingsForm(form);
        if (read.patch === null) return await faulty(read);
        try {
          const names = Object.keys(read.patch) as SettingName[];
          const base = Object.fromEntries(names.map((name) => [name, read.from[name]]));
          await changeSettings(node, { patch: read.patch, base }, actor(ctx));
        } catch (error) {
          if (!(error instanceof HttpError) || error.status !== 409) throw error;
          const { status } = error;
          const message = localizeMessage(ctx.req, error.message);
          const draft = rebase(read.draft, read.from, await node.settings.refresh());
          const data = await dataOf(node, ctx.url.searchParams, { draft, preview: null });
          const failure = { kind: "refused" as const, status, message };
          const result = { kind: "failed", name: "save", failure } as const;
          return page({ ...data, result }, { status });
        }
        return ctx.redirect(
          resultPath("/settings", { kind: "done", name: "save", count: null, operation: null }),
          303,
        );
      }
      case "revert": {
        const { changes } = await readSettingsView(node);
        const change = changes.find(({ id }) => String(id) === form.get("change"));
        if (change === undefined) throw new HttpError(404, "This change no longer exists");
        const patch = settingsPatch.parse({ [change.name]: change.old });
        await node.settings.change(patch, actor(ctx));
        return ctx.redirect(
          resultPath("/settings", { kind: "done", name: "revert", count: null, operation: null }),
          303,
        );
      }
      default:
        throw new HttpError(400, FORM_OUTDATED);
    }
  },
});

export default define.page<typeof handler>(({ data, state: { language, role, node } }) => {
  const title = createVoice(language, shellWords[language]).say("settings");
  return (
    <>
      <PageHead title={title} styles={["settings", "setting_history"]} />
      <PageHeader title={title}>
        {mayAs(role, "admin") && node.access.requiresSignIn && (
          <a class="link" href="/sessions">
            {createVoice(language, sessionsWords[language]).say("link")}
          </a>
        )}
      </PageHeader>
      <Settings
        language={language}
        words={settingsWords[language]}
        mayChange={mayAs(role, "admin")}
        {...data}
      />
    </>
  );
});
