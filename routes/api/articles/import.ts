import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { only } from "../../../lib/http/methods.ts";
import { acceptArticles } from "../../../lib/intake/accept.ts";
import { parserFor } from "../../../lib/intake/by_content_type.ts";
import { importArticles } from "../../../lib/intake/import.ts";

/** Takes a stream of articles in, of any length: saved as it comes, bad records listed. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const { node } = ctx.state;
    const { headers, body } = ctx.req;
    const parse = parserFor({
      contentType: headers.get("content-type"),
      contentEncoding: headers.get("content-encoding"),
      fileName: ctx.url.searchParams.get("name"),
    });
    const articles = parse(body ?? ReadableStream.from([]));
    return succeeded(await importArticles(articles, (chunk) => acceptArticles(node, chunk)));
  },
});
