/** A line that is a tag of Liquid, Nunjucks or Hugo, or attributes of kramdown. */
const TAG_LINE = /^[ \t]*(?:\{%(?<tag>[^{}]*)%\}|\{\{[<%][^{}]*[>%]\}\}|\{:[^{}]*\})[ \t]*$/;
/** Tags around code; the words after the name are its language and title. */
const CODE = /^-?\s*(?<end>end)?(?:highlight|codeblock)\b/;
/** In place of the mark of a fence, within such tags. */
const TAGGED = "tagged";
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** The address of a link that a tag makes, as in `[a]({% post_url b %})`. */
const TAG_ADDRESS = /\]\(\s*\{[{%][^{}\n]*[%}]\}{1,2}[^()\s]*\s*\)/g;

/**
 * Removes the tags of a site's generator from its Markdown, each of which is a line, and those in the addresses of
 * links. Tags around code become fences; code and tags within a line stay.
 */
export function withoutTemplateTags(markdown: string): string {
  let fence: string | null = null;
  return markdown.split("\n").map((line) => {
    const [, mark] = FENCE.exec(line) ?? [];
    if (mark !== undefined && (fence === null || mark.startsWith(fence))) {
      fence = fence === null ? mark : null;
      return line;
    }
    const tag = TAG_LINE.exec(line.replace(/\r$/, ""));
    const code = CODE.exec(tag?.groups?.tag ?? "");
    if (code !== null && fence === (code.groups?.end === undefined ? null : TAGGED)) {
      fence = fence === null ? TAGGED : null;
      return "```";
    }
    if (fence !== null) return line;
    return tag === null ? line.replace(TAG_ADDRESS, "](#)") : "";
  }).join("\n");
}
