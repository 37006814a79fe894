import { HttpError } from "fresh";
import { define } from "../../../define.ts";
import { findBySource } from "../../../lib/database/intake.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { jsonBody } from "../../../lib/http/json_body.ts";
import { only } from "../../../lib/http/methods.ts";
import { acceptArticles } from "../../../lib/intake/accept.ts";
import { readArticle } from "../../../lib/intake/incoming_article.ts";
import { MAX_RECORD } from "../../../lib/intake/parsed.ts";

/** The articles, and the way in for a single one. */
export const handler = define.handlers({
  ...only("GET", "POST"),
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
