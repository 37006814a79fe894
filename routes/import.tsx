import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { PageHeader } from "../components/shell/PageHeader.tsx";
import { define } from "../define.ts";
import ImportForm from "../islands/ImportForm.tsx";
import { importPath, readImport } from "../lib/dashboard/import/import_address.ts";
import { recentImports } from "../lib/http/articles/list_recent_imports.ts";
import { localizeFigures } from "../lib/http/articles/localize_import.ts";
import { importForm } from "../lib/http/articles/import_form.ts";
import { actor } from "../lib/http/request_actor.ts";
import { only } from "../lib/http/allowed_methods.ts";
import { importWords } from "../lib/i18n/import_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

/** The import page, with a form for browsers without scripts. */
export const handler = define.handlers({
  ...only("GET", "POST"),
  async GET({ req, state: { node }, url: { searchParams } }) {
    return page({ first: readImport(searchParams), imports: await recentImports(node, req) });
  },
  async POST(ctx) {
    const { node } = ctx.state;
    const first = await importForm(node, ctx.req, actor(ctx));
    // A URL contains figures only, so rejections are rendered immediately.
    if (first.kind !== "done" || first.figures.rejected_total === 0) {
      return ctx.redirect(importPath(first), 303);
    }
    const imports = await recentImports(node, ctx.req);
    return page({
      first: { ...first, figures: localizeFigures(ctx.req, first.figures) },
      imports,
    });
  },
});

export default define.page<typeof handler>(({ data: { first, imports }, state: { language } }) => {
  const words = importWords[language];
  const title = createVoice(language, words).say("title");
  return (
    <>
      <Head>
        <title>{title} – Millrace</title>
        <link key="import" rel="stylesheet" href={asset("/styles/import.css")} />
      </Head>
      <PageHeader title={title} />
      <ImportForm language={language} words={words} first={first} imports={imports} />
    </>
  );
});
