import type { RawArticle } from "../../lib/article/article.ts";

/** An article with two kept paragraphs, and `extra` as the third. */
export function makeArticle(id: number, extra = ""): RawArticle {
  const content = `<p>第 ${id} 篇：银行门口的行人停下来，看河水推着木轮慢慢地转。</p>` +
    `<p>The wheel asks only for a river and a little patience.</p><p>${extra}</p>`;
  return { id, groupId: 1, title: `水车 ${id}`, content, contentKind: null };
}
