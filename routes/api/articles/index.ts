import { HttpError } from "fresh";
import { z } from "zod";
import { define } from "../../../define.ts";
import { ARTICLE_STATES } from "../../../lib/article/state.ts";
import { listArticles } from "../../../lib/database/articles.ts";
import { findGroup } from "../../../lib/database/groups.ts";
import { findBySource } from "../../../lib/database/intake.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checkedQuery } from "../../../lib/http/checked.ts";
import { jsonBody } from "../../../lib/http/json_body.ts";
import { only } from "../../../lib/http/methods.ts";
import { paging, queryNumber } from "../../../lib/http/paging.ts";
import { soughtText } from "../../../lib/http/sought_text.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";
import { acceptArticles } from "../../../lib/intake/accept.ts";
import { readArticle } from "../../../lib/intake/incoming_article.ts";
import { MAX_RECORD } from "../../../lib/intake/parsed.ts";

const query = z.strictObject({
  ...paging,
  state: z.enum(ARTICLE_STATES, { error: `must be one of ${ARTICLE_STATES.join(", ")}` })
    .optional(),
  text: soughtText().optional(),
  source: soughtText().optional(),
  group_id: queryNumber(1).optional(),
  group: soughtText().optional(),
});

/** The articles, and the way in for a single one. */
export const handler = define.handlers({
  ...only("GET", "POST"),
  async GET(ctx) {
    const { sql } = ctx.state.node.database;
    const { cursor = null, limit, group, group_id, ...filter } = checkedQuery(
      query,
      ctx.url.searchParams,
    );
    const groupId = group === undefined ? group_id : await findGroup(sql, group);
    if (groupId === null) return succeeded({ articles: [], next: null });
    const page = await listArticles(sql, { ...filter, groupId }, { cursor, limit });
    return succeeded({ articles: inSnakeCase(page.rows), next: page.cursor });
  },
  async POST(ctx) {
    const { node } = ctx.state;
    const reading = readArticle(await jsonBody(ctx.req, MAX_RECORD));
    if (reading.kind === "rejected") throw new HttpError(400, reading.error);
    const { article } = reading;
    const [id] = (await acceptArticles(node, [article])).ids;
    if (id !== undefined) return succeeded({ id }, 201);
    const existing = article.source === null
      ? null
      : await findBySource(node.database.sql, article.source);
    throw new HttpError(409, `Article ${existing} has the source ${article.source} already`);
  },
});
