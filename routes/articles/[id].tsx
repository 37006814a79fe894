import { signal } from "@preact/signals";
import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { ArticleHead } from "../../components/ArticleHead.tsx";
import { ArticleHistory } from "../../components/ArticleHistory.tsx";
import { ArticleText } from "../../components/ArticleText.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Notice } from "../../components/Notice.tsx";
import { define } from "../../define.ts";
import Connection from "../../islands/Connection.tsx";
import LiveRegion from "../../islands/LiveRegion.tsx";
import { explainArticle } from "../../lib/article/process.ts";
import { compareStored } from "../../lib/article/stored.ts";
import { happenings } from "../../lib/dashboard/article_history.ts";
import { readErrand } from "../../lib/dashboard/errand_flash.ts";
import { sayFailure } from "../../lib/dashboard/say_failure.ts";
import { readArticle } from "../../lib/database/article.ts";
import { firstStatus } from "../../lib/http/first_status.ts";
import { articleWords } from "../../lib/i18n/article_words.ts";
import { connectionWords } from "../../lib/i18n/connection_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import { articleSettings } from "../../lib/processor/settings.ts";

/** One article: what came, what became of it, and what happened on the way. */
export const handler = define.handlers({
  async GET({ state: { node, language }, params, url: { searchParams } }) {
    const id = /^\d{1,15}$/.test(params.id ?? "") ? Number(params.id) : null;
    const [status, article] = await Promise.all([
      firstStatus(node),
      id === null ? null : readArticle(node.database.sql, id),
    ]);
    if (article === null) {
      const { say } = createVoice(language, articleWords[language]);
      throw new HttpError(404, say("missingTitle", { id: params.id ?? "" }));
    }
    const explanation = explainArticle(article, articleSettings(node.settings.current()));
    return page({
      status,
      article,
      comparison: compareStored(explanation, article.paragraphs),
      result: readErrand(["process"], searchParams),
    });
  },
});

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const { status, article, comparison, result } = data;
  const voice = createVoice(language, articleWords[language]);
  const { say } = voice;
  const notice = result && {
    kind: result.kind,
    text: result.kind === "done"
      ? say("processDone")
      : say("processFailed", { reason: sayFailure(voice, result.failure) }),
  };
  const life = { ...article, paragraphs: article.paragraphs.length };
  return (
    <>
      <Head>
        <title>{article.title || say("untitled")} — Millrace</title>
        <link rel="stylesheet" href={asset("/lists.css")} />
        <link rel="stylesheet" href={asset("/article.css")} />
      </Head>
      <header class="page-header">
        <a class="back" href="/articles">
          <Icon name="back" />
          <span>{say("articles")}</span>
        </a>
        <Connection language={language} words={connectionWords[language]} status={status} />
      </header>
      <Notice
        notice={signal(notice)}
        dismissLabel={say("dismiss")}
        dismiss={() => {}}
        back={`/articles/${article.id}`}
      />
      <div id="article" class="article">
        <ArticleHead voice={voice} article={article} mayAct={role === "admin"} />
        <div class="columns">
          <ArticleText
            voice={voice}
            content={article.content}
            comparison={comparison}
            isProcessed={article.processedAt !== null}
          />
          <ArticleHistory voice={voice} happenings={happenings(life)} />
        </div>
      </div>
      <LiveRegion language={language} region="article" />
    </>
  );
});
