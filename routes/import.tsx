import { page } from "fresh";
import { PageHeader } from "../components/shell/PageHeader.tsx";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define } from "../define.ts";
import ImportForm, { type ImportFormProps } from "../islands/ImportForm.tsx";
import { importPath, readImport } from "../lib/dashboard/import/import_address.ts";
import { recentImports } from "../lib/http/articles/list_recent_imports.ts";
import { localizeFigures } from "../lib/http/articles/localize_import.ts";
import { importForm } from "../lib/http/articles/import_form.ts";
import { actor } from "../lib/http/request_actor.ts";
import { only } from "../lib/http/allowed_methods.ts";
import { importWords } from "../lib/i18n/import_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

type ImportPage = Pick<ImportFormProps, "first" | "refused" | "imports">;

/** The import page, with a form for browsers without scripts. */
export const handler = define.handlers({
  ...only("GET", "POST"),
  async GET({ req, state: { node }, url: { searchParams } }) {
    const imports = await recentImports(node, req);
    return page<ImportPage>({ first: readImport(searchParams), refused: null, imports });
  },
  async POST(ctx) {
    const { node } = ctx.state;
    const result = await importForm(node, ctx.req, actor(ctx));
    // A URL contains figures only, so rejections, and what was typed, are rendered immediately.
    if (result.kind === "done" && result.figures.rejected_total === 0) {
      return ctx.redirect(importPath(result.figures), 303);
    }
    const imports = await recentImports(node, ctx.req);
    if (result.kind === "failed") {
      const { status, ...refused } = result;
      return page<ImportPage>({ first: null, refused, imports }, { status });
    }
    const first = { ...result, figures: localizeFigures(ctx.req, result.figures) };
    return page<ImportPage>({ first, refused: null, imports });
  },
});

export default define.page<typeof handler>(({ data, state: { language } }) => {
  const words = importWords[language];
  const title = createVoice(language, words).say("title");
  return (
    <>
      <PageHead title={title} styles={["import"]} />
      <PageHeader title={title} />
      <ImportForm language={language} words={words} {...data} />
    </>
  );
});
