import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { PageHeader } from "../components/PageHeader.tsx";
import { define } from "../define.ts";
import Connection from "../islands/Connection.tsx";
import ImportForm from "../islands/ImportForm.tsx";
import { importPath, readImport } from "../lib/dashboard/flash.ts";
import { firstStatus } from "../lib/http/first_status.ts";
import { importForm } from "../lib/http/import_form.ts";
import { only } from "../lib/http/methods.ts";
import { connectionWords } from "../lib/i18n/connection_words.ts";
import { importWords } from "../lib/i18n/import_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

/** Where articles are taken in by hand; a form for browsers without scripts. */
export const handler = define.handlers({
  ...only("GET", "POST"),
  async GET({ state: { node, role }, url: { searchParams } }) {
    if (role !== "admin") throw new HttpError(403, "Only an administrator imports articles");
    return page({ status: await firstStatus(node), first: readImport(searchParams) });
  },
  async POST(ctx) {
    const { node } = ctx.state;
    const first = await importForm(node, ctx.req);
    // An address holds figures, not what was rejected: that is told at once.
    const isTold = first.kind === "done" && first.figures.rejected_total > 0;
    if (!isTold) return ctx.redirect(importPath(first), 303);
    return page({ status: await firstStatus(node), first });
  },
});

export default define.page<typeof handler>(({ data: { status, first }, state: { language } }) => {
  const words = importWords[language];
  const title = createVoice(language, words).say("title");
  return (
    <>
      <Head>
        <title>{title} — Millrace</title>
        <link rel="stylesheet" href={asset("/import.css")} />
      </Head>
      <PageHeader title={title}>
        <Connection language={language} words={connectionWords[language]} status={status} />
      </PageHeader>
      <ImportForm language={language} words={words} first={first} />
    </>
  );
});
