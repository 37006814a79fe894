import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { PageHeader } from "../components/PageHeader.tsx";
import { define } from "../define.ts";
import Connection from "../islands/Connection.tsx";
import Settings from "../islands/Settings.tsx";
import { errandPath, readErrand } from "../lib/dashboard/errand_flash.ts";
import { type Draft, rebase } from "../lib/dashboard/settings_draft.ts";
import { SETTINGS_ERRANDS } from "../lib/dashboard/settings_model.ts";
import type { FieldBounds, SettingsPreview } from "../lib/dashboard/settings_view.ts";
import { formFields } from "../lib/http/form_fields.ts";
import { firstStatus } from "../lib/http/first_status.ts";
import { readSettingsForm } from "../lib/http/settings_form.ts";
import { readSettingsView } from "../lib/http/settings_view.ts";
import { visitor } from "../lib/http/visitor.ts";
import { connectionWords } from "../lib/i18n/connection_words.ts";
import { settingsWords } from "../lib/i18n/settings_words.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import { boundsOf } from "../lib/processor/bounds.ts";
import { previewSettings } from "../lib/processor/preview.ts";
import { settingsPatch } from "../lib/processor/settings.ts";
import type { Node } from "../lib/runtime/node.ts";

/** A thousand phrases of a hundred characters, twice: as they were and as they are to be. */
const MAX_BYTES = 2 * 1024 * 1024;

const BOUNDS: FieldBounds = {
  min_paragraph_length: boundsOf("min_paragraph_length"),
  concurrency: boundsOf("concurrency"),
  batch_size: boundsOf("batch_size"),
  retry_max: boundsOf("retry_max"),
  time_limit_seconds: boundsOf("time_limit_seconds"),
};

interface Tried {
  draft: Draft | null;
  preview: SettingsPreview | null;
}

/** What the page is made of; `tried` is what a form asked to see. */
async function dataOf(node: Node, query: URLSearchParams, tried: Tried) {
  const [status, view] = await Promise.all([firstStatus(node), readSettingsView(node)]);
  return { status, view, ...tried, result: readErrand(SETTINGS_ERRANDS, query) };
}

/** The settings: shown, tried, changed, and given back their earlier values. */
export const handler = define.handlers({
  async GET({ state: { node }, url }) {
    return page(await dataOf(node, url.searchParams, { draft: null, preview: null }));
  },
  /** The page's forms where there are no scripts. */
  async POST(ctx) {
    const { node } = ctx.state;
    const form = await formFields(ctx.req, MAX_BYTES);
    switch (form.get("do")) {
      case "preview": {
        const { draft: given, from, patch } = readSettingsForm(form);
        const before = await node.settings.refresh();
        const draft = rebase(given, from, before);
        const preview = await previewSettings(node.database.sql, before, patch);
        return page(await dataOf(node, ctx.url.searchParams, { draft, preview }));
      }
      case "save":
        await node.settings.change(readSettingsForm(form).patch, visitor(ctx));
        return ctx.redirect(errandPath("/settings", { kind: "done", name: "save" }), 303);
      case "revert": {
        const { changes } = await readSettingsView(node);
        const change = changes.find(({ id }) => String(id) === form.get("change"));
        if (change === undefined) throw new HttpError(404, "There is no such change any more");
        const patch = settingsPatch.parse({ [change.name]: change.old });
        await node.settings.change(patch, visitor(ctx));
        return ctx.redirect(errandPath("/settings", { kind: "done", name: "revert" }), 303);
      }
      default:
        throw new HttpError(400, "do is unknown");
    }
  },
});

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const title = createVoice(language, shellWords[language]).say("settings");
  return (
    <>
      <Head>
        <title>{title} — Millrace</title>
        <link rel="stylesheet" href={asset("/settings.css")} />
      </Head>
      <PageHeader title={title}>
        <Connection language={language} words={connectionWords[language]} status={data.status} />
      </PageHeader>
      <Settings
        language={language}
        words={settingsWords[language]}
        bounds={BOUNDS}
        mayChange={role === "admin"}
        {...data}
      />
    </>
  );
});
