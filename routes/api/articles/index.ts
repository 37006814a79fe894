import { define } from "../../../define.ts";
import { readArticle } from "../../../lib/database/article_detail.ts";
import { listArticles } from "../../../lib/database/list_articles.ts";
import { findGroup } from "../../../lib/database/groups.ts";
import { findBySource } from "../../../lib/database/find_duplicates.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { checkMatch, isConditional } from "../../../lib/http/articles/article_etag.ts";
import { deleteArticle } from "../../../lib/http/articles/delete_article.ts";
import { idempotent } from "../../../lib/http/articles/idempotent.ts";
import { postArticle, postArticles, putArticle } from "../../../lib/http/articles/post_articles.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

/** Lists articles, and stores single ones. */
export const handler = define.handlers(endpoint("/api/articles", {
  async GET(ctx, { query }) {
    const { sql } = ctx.state.node.database;
    const { cursor = null, limit, group, group_id, import: importId, ...filter } = query;
    const groupId = group === undefined ? group_id : await findGroup(sql, group);
    if (groupId === null) return succeeded({ articles: [], next: null });
    const page = await listArticles(sql, { ...filter, groupId, importId }, { cursor, limit });
    return succeeded({ articles: inSnakeCase(page.rows), next: page.cursor });
  },
  POST({ state: { node }, req }, { query: { update = false }, body }) {
    return idempotent(
      node.database.sql,
      { request: req, body },
      () =>
        Array.isArray(body)
          ? postArticles(node, req, body, { update })
          : postArticle(node, req, body, { update }),
    );
  },
  async PUT({ state: { node }, req }, { query: { source }, body }) {
    const { sql } = node.database;
    if (isConditional(req)) {
      const id = await findBySource(sql, source);
      checkMatch(req, id === null ? null : await readArticle(sql, id));
    }
    return await putArticle(node, source, body);
  },
  async DELETE(ctx, { query: { source } }) {
    const id = await findBySource(ctx.state.node.database.sql, source);
    return await deleteArticle(ctx, id, `There is no article with the source ${source}`);
  },
}));
