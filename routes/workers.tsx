import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { PageHeader } from "../components/PageHeader.tsx";
import { define } from "../define.ts";
import Connection from "../islands/Connection.tsx";
import Workers from "../islands/Workers.tsx";
import { readErrand } from "../lib/dashboard/errand_flash.ts";
import { NODE_ERRANDS } from "../lib/dashboard/node_errands.ts";
import { whileReachable } from "../lib/http/while_reachable.ts";
import { connectionWords } from "../lib/i18n/connection_words.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import { workersWords } from "../lib/i18n/workers_words.ts";
import { boundsOf } from "../lib/processor/bounds.ts";
import type { ProcessorStatus } from "../lib/status/processor_status.ts";

/** The nodes and their workers: what each does now. */
export const handler = define.handlers({
  async GET({ state: { node, role }, url }) {
    const { concurrency } = node.settings.current();
    return page({
      status: await whileReachable<ProcessorStatus | null>(node.reporter.status(), null),
      concurrency: role === "admin"
        ? { value: concurrency, bounds: boundsOf("concurrency") }
        : null,
      result: readErrand(NODE_ERRANDS, url.searchParams),
    });
  },
});

export default define.page<typeof handler>(({ data, state: { language } }) => {
  const title = createVoice(language, shellWords[language]).say("workers");
  return (
    <>
      <Head>
        <title>{title} — Millrace</title>
        <link rel="stylesheet" href={asset("/workers.css")} />
      </Head>
      <PageHeader title={title}>
        <Connection language={language} words={connectionWords[language]} status={data.status} />
      </PageHeader>
      <Workers language={language} words={workersWords[language]} {...data} />
    </>
  );
});
