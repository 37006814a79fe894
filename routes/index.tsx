import { page } from "fresh";
import { Head } from "fresh/runtime";
import { PageHeader } from "../components/PageHeader.tsx";
import { define } from "../define.ts";
import Connection from "../islands/Connection.tsx";
import ImportForm from "../islands/ImportForm.tsx";
import LogTail from "../islands/LogTail.tsx";
import Overview from "../islands/Overview.tsx";
import { readAction, readImport } from "../lib/dashboard/flash.ts";
import { whileReachable } from "../lib/http/while_reachable.ts";
import { connectionWords } from "../lib/i18n/connection_words.ts";
import { importWords } from "../lib/i18n/import_words.ts";
import { logWords } from "../lib/i18n/log_words.ts";
import { overviewWords } from "../lib/i18n/overview_words.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { ProcessorStatus } from "../lib/status/processor_status.ts";

/** Lines of the log that come with the page; the socket brings the rest. */
const FIRST_LINES = 50;

/** The overview: how the stream is doing at this moment. */
export const handler = define.handlers({
  async GET({ state: { node }, url: { searchParams } }) {
    const [status, { lines }] = await Promise.all([
      whileReachable<ProcessorStatus | null>(node.reporter.status(), null),
      whileReachable(node.bus.recentLogs({ limit: FIRST_LINES }), { lines: [], complete: true }),
    ]);
    return page({
      status,
      lines,
      result: readAction(searchParams),
      imported: readImport(searchParams),
      askToClear: searchParams.get("confirm") === "clear",
    });
  },
});

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const { status, lines, result, imported, askToClear } = data;
  const title = createVoice(language, shellWords[language]).say("overview");
  const mayAct = role === "admin";
  return (
    <>
      <Head>
        <title>{title} — Millrace</title>
      </Head>
      <PageHeader title={title}>
        <Connection language={language} words={connectionWords[language]} status={status} />
      </PageHeader>
      <Overview
        language={language}
        words={overviewWords[language]}
        status={status}
        result={result}
        askToClear={askToClear}
        mayAct={mayAct}
      />
      <div class="columns">
        <LogTail language={language} words={logWords[language]} initial={lines} />
        {mayAct && (
          <ImportForm language={language} words={importWords[language]} first={imported} />
        )}
      </div>
    </>
  );
});
