import { processArticle } from "../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../lib/article/article_settings.ts";

const ROUNDS = 100;
const ARTICLE = {
  title: "水车 The water wheel",
  content: "<h2>水车</h2><p>河水推着木轮慢慢转，一筒一筒的水被举到高处，再倒进石槽里，&nbsp;" +
    "<b>流向</b>田地。银行门口的行人停下来看了一会儿。</p><p>The wheel asks only for a river &amp; a " +
    "little patience; the field does the rest.</p><script>wheel()</script>",
};

/** Warms up the JIT, so that a new worker's first part is as fast as the others. */
export function warmUp() {
  for (let round = 0; round < ROUNDS; round++) processArticle(ARTICLE, DEFAULT_ARTICLE_SETTINGS);
}
