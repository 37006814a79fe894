import { signal } from "@preact/signals";
import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { BulkPreview } from "../../components/BulkPreview.tsx";
import { CauseList } from "../../components/CauseList.tsx";
import { FailedArticles } from "../../components/FailedArticles.tsx";
import { FailureFilter } from "../../components/FailureFilter.tsx";
import { FailureTools } from "../../components/FailureTools.tsx";
import { Notice, type NoticeText } from "../../components/Notice.tsx";
import { OperationList } from "../../components/OperationList.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { define } from "../../define.ts";
import Connection from "../../islands/Connection.tsx";
import LiveRegion from "../../islands/LiveRegion.tsx";
import Selection from "../../islands/Selection.tsx";
import { failuresLink, isFiltered, readFailureQuery } from "../../lib/dashboard/failure_query.ts";
import { failureNamed } from "../../lib/dashboard/flash.ts";
import { sayFailure } from "../../lib/dashboard/say_failure.ts";
import type { Operation } from "../../lib/database/operations.ts";
import { readFailuresPage } from "../../lib/http/failures_page.ts";
import { firstStatus } from "../../lib/http/first_status.ts";
import { connectionWords } from "../../lib/i18n/connection_words.ts";
import { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Language } from "../../lib/i18n/language.ts";
import { createVoice } from "../../lib/i18n/voice.ts";

/** The id of the form of the articles that are selected. */
const FORM = "selection";

/** So long the result of the newest operation stands at the head of the page. */
const RECENT_MS = 10 * 60_000;

/** What failed, by cause, and what can be done about it. */
export const handler = define.handlers({
  async GET({ state: { node, language }, url: { searchParams } }) {
    const query = readFailureQuery(searchParams);
    const [status, shown] = await Promise.all([
      firstStatus(node),
      readFailuresPage(node.database.sql, query),
    ]);
    return page({ query, status, ...shown, notice: readNotice(language, searchParams) });
  },
});

/** Parts what is under way, can be taken back or was done just now from what is over. */
function partOperations(all: Operation[]): [current: Operation[], earlier: Operation[]] {
  const since = Date.now() - RECENT_MS;
  const isCurrent = ({ finishedAt, undoable }: Operation, at: number) =>
    finishedAt === null || undoable || (at === 0 && finishedAt > since);
  return [all.filter(isCurrent), all.filter((each, at) => !isCurrent(each, at))];
}

/** What came of a form that led here, where it failed. */
function readNotice(language: Language, query: URLSearchParams): NoticeText | null {
  const voice = createVoice(language, failuresWords[language]);
  const failure = failureNamed(query.get("reason"));
  if (query.get("undo") === "late") return { kind: "failed", text: voice.say("undoLate") };
  if (query.get("failed") !== "start" || failure === null) return null;
  return {
    kind: "failed",
    text: voice.say("startFailed", { reason: sayFailure(voice, failure) }),
  };
}

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const { query, status, found, articles, preview, operations, notice } = data;
  const voice = createVoice(language, failuresWords[language]);
  const { say } = voice;
  const mayAct = role === "admin";
  const { causes, total, retry, dead } = found;
  const filtered = isFiltered(query);
  const [current, earlier] = partOperations(operations);
  return (
    <>
      <Head>
        <title>{say("failures")} — Millrace</title>
        <link rel="stylesheet" href={asset("/lists.css")} />
        <link rel="stylesheet" href={asset("/failures.css")} />
      </Head>
      <PageHeader title={say("failures")}>
        <Connection language={language} words={connectionWords[language]} status={status} />
      </PageHeader>
      <Notice
        notice={signal(notice)}
        dismissLabel={say("dismiss")}
        dismiss={() => {}}
        back="/failures"
      />
      <FailureFilter voice={voice} query={query} />
      <div id="failures" class="failures">
        {preview !== null && mayAct && <BulkPreview voice={voice} query={query} {...preview} />}
        {current.length > 0 && (
          <OperationList voice={voice} operations={current} mayAct={mayAct} earlier={false} />
        )}
        {causes.length === 0
          ? (
            <section class="panel none">
              <h2>{say(filtered ? "noMatchTitle" : "noneTitle")}</h2>
              <p>{say(filtered ? "noMatchText" : "noneText")}</p>
            </section>
          )
          : (
            <section class="panel" aria-labelledby="found-title">
              <header class="panel-header">
                <h2 id="found-title">{say(articles === null ? "causes" : "cause")}</h2>
                <p>
                  {say("foundArticles", { count: retry + dead })} · {articles !== null
                    ? <a href={failuresLink({ ...query, cause: null })}>{say("allCauses")}</a>
                    : total > causes.length
                    ? say("mostFrequent", { count: causes.length, total })
                    : say("foundCauses", { count: total })}
                </p>
                <FailureTools
                  voice={voice}
                  query={query}
                  retry={retry}
                  dead={dead}
                  mayAct={mayAct}
                />
              </header>
              <CauseList
                voice={voice}
                query={query}
                causes={causes}
                mayAct={mayAct && articles === null}
              />
            </section>
          )}
        {articles !== null && (
          <FailedArticles
            voice={voice}
            query={query}
            found={articles}
            form={mayAct ? FORM : null}
          />
        )}
        {earlier.length > 0 && (
          <OperationList voice={voice} operations={earlier} mayAct={mayAct} earlier />
        )}
      </div>
      {mayAct && <Selection form={FORM} region="failures" />}
      <LiveRegion language={language} region="failures" />
    </>
  );
});
