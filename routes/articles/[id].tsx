import { signal } from "@preact/signals";
import { HttpError, page } from "fresh";
import { ArticleFieldList } from "../../components/articles/ArticleFieldList.tsx";
import { ArticleHead } from "../../components/articles/ArticleHead.tsx";
import { ArticleHistory } from "../../components/articles/ArticleHistory.tsx";
import { ArticleText } from "../../components/articles/ArticleText.tsx";
import { Notice } from "../../components/shell/Notice.tsx";
import { PageHead } from "../../components/shell/PageHead.tsx";
import { define } from "../../define.ts";
import { mayAs } from "../../lib/auth/route_permissions.ts";
import LiveRegion from "../../islands/LiveRegion.tsx";
import { happenings } from "../../lib/dashboard/articles/article_history.ts";
import { readResult } from "../../lib/dashboard/requests/result_address.ts";
import { describeFailure } from "../../lib/dashboard/requests/describe_failure.ts";
import { readArticle } from "../../lib/database/article_detail.ts";
import { articleWords } from "../../lib/i18n/article_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import { articleSettings } from "../../lib/wire/settings.ts";

/** The page of one article: input, result and history. */
export const handler = define.handlers({
  async GET({ state: { node }, params, url: { searchParams } }) {
    const id = /^\d{1,15}$/.test(params.id ?? "") ? Number(params.id) : null;
    const article = id === null ? null : await readArticle(node.database.sql, id);
    if (article === null) throw new HttpError(404, `There is no article ${params.id}`);
    const { title, content, contentKind, groupId, paragraphs } = article;
    const comparison = await node.explainer.run({
      kind: "explain",
      article: { title, content, contentKind, groupId },
      settings: articleSettings(node.settings.current()),
      stored: paragraphs,
    });
    return page({
      article,
      comparison,
      result: readResult(["process"], searchParams),
    });
  },
});

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const { article, comparison, result } = data;
  const voice = createVoice(language, articleWords[language]);
  const { say } = voice;
  const notice = result && {
    kind: result.kind,
    text: result.kind === "done"
      ? say("processDone")
      : say("processFailed", { reason: describeFailure(voice, result.failure) }),
  };
  return (
    <>
      <PageHead
        title={article.title || say("untitled")}
        styles={["lists", "article", "reading_reasons", "article_history"]}
      />
      <Notice
        notice={signal(notice)}
        dismissLabel={say("dismiss")}
        dismiss={() => {}}
        back={`/articles/${article.id}`}
      />
      <div id="article" class="article">
        <ArticleHead voice={voice} article={article} mayAct={mayAs(role, "operator")} />
        <ArticleFieldList voice={voice} fields={article} />
        <div class="split" data-side="wide">
          <ArticleText
            voice={voice}
            content={article.content}
            comparison={comparison}
            isProcessed={article.processedAt !== null}
          />
          <ArticleHistory voice={voice} happenings={happenings(article)} />
        </div>
      </div>
      <LiveRegion language={language} region="article" />
    </>
  );
});
