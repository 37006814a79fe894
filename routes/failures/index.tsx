import { signal } from "@preact/signals";
import { page } from "fresh";
import { BulkPreview } from "../../components/failures/BulkPreview.tsx";
import { FacetColumn } from "../../components/failures/FacetColumn.tsx";
import { FailedArticles } from "../../components/failures/FailedArticles.tsx";
import { FailureFilter } from "../../components/failures/FailureFilter.tsx";
import { FailureHead } from "../../components/failures/FailureHead.tsx";
import { NoFailures } from "../../components/failures/NoFailures.tsx";
import { Notice, type NoticeText } from "../../components/shell/Notice.tsx";
import { OperationList } from "../../components/failures/OperationList.tsx";
import { PageHead } from "../../components/shell/PageHead.tsx";
import { define } from "../../define.ts";
import { mayAs } from "../../lib/auth/route_permissions.ts";
import LiveRegion from "../../islands/LiveRegion.tsx";
import Selection from "../../islands/Selection.tsx";
import { isFiltered, readFailureQuery } from "../../lib/dashboard/failures/failure_query.ts";
import { failureNamed } from "../../lib/dashboard/requests/result_address.ts";
import { describeFailure } from "../../lib/dashboard/requests/describe_failure.ts";
import type { Operation } from "../../lib/database/operations.ts";
import { readFailuresPage } from "../../lib/http/failures/failures_page.ts";
import { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Language } from "../../lib/i18n/language.ts";
import { createVoice } from "../../lib/i18n/voice.ts";

const STYLES = ["table", "facets", "failures", "bulk"];

/** The id of the selection's form. */
const FORM = "selection";

/** How long the result of the newest operation is shown at the top of the page. */
const RECENT_MS = 10 * 60_000;

/** The failures page: failed articles by facet, with bulk actions. */
export const handler = define.handlers({
  async GET({ state, url: { searchParams } }) {
    const { node, language } = state;
    const query = readFailureQuery(searchParams);
    const shown = await readFailuresPage(node.database.sql, query);
    const { retry, dead } = shown.facets.all;
    state.failed = retry + dead;
    return page({
      query,
      ...shown,
      now: node.clock.now(),
      notice: readNotice(language, searchParams),
    });
  },
});

/** Separates running, undoable and recently finished operations from earlier ones. */
function partOperations(
  all: Operation[],
  now: number,
): [current: Operation[], earlier: Operation[]] {
  const since = now - RECENT_MS;
  const isCurrent = ({ finishedAt, undoable }: Operation, at: number) =>
    finishedAt === null || undoable || (at === 0 && finishedAt > since);
  return [all.filter(isCurrent), all.filter((each, at) => !isCurrent(each, at))];
}

/** Returns the failure of the form that redirected here, if any. */
function readNotice(language: Language, query: URLSearchParams): NoticeText | null {
  const voice = createVoice(language, failuresWords[language]);
  const failure = failureNamed(query.get("reason"));
  if (query.get("undo") === "late") return { kind: "failed", text: voice.say("undoLate") };
  if (query.get("failed") !== "start" || failure === null) return null;
  return {
    kind: "failed",
    text: voice.say("startFailed", { reason: describeFailure(voice, failure) }),
  };
}

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const { query, facets, articles, preview, operations, now, notice } = data;
  const voice = createVoice(language, failuresWords[language]);
  const { say } = voice;
  const mayAct = mayAs(role, "operator");
  const filtered = isFiltered(query);
  const total = facets.all.retry + facets.all.dead;
  const isEmpty = total === 0;
  const [current, earlier] = partOperations(operations, now);
  return (
    <>
      <PageHead title={say("failures")} styles={STYLES} />
      <Notice
        notice={signal(notice)}
        dismissLabel={say("dismiss")}
        dismiss={() => {}}
        back="/failures"
      />
      <div id="failures" class="failures">
        <FailureHead voice={voice} query={query} states={facets.states} total={total} />
        {(filtered || !isEmpty) && (
          <FailureFilter voice={voice} query={query} facets={facets.facets} />
        )}
        {preview !== null && mayAct && <BulkPreview voice={voice} query={query} {...preview} />}
        {current.length > 0 && (
          <OperationList voice={voice} operations={current} mayAct={mayAct} earlier={false} />
        )}
        {isEmpty
          ? <NoFailures voice={voice} filtered={filtered} />
          : (
            <div class="split" data-side="left">
              <FacetColumn voice={voice} query={query} facets={facets} mayAct={mayAct} />
              {articles.rows.length === 0 && query.cursor === null
                ? <NoFailures voice={voice} filtered />
                : (
                  <FailedArticles
                    voice={voice}
                    query={query}
                    counts={facets}
                    found={articles}
                    form={mayAct ? FORM : null}
                  />
                )}
            </div>
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
