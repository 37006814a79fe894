/** Returns why an item of a WordPress export is not an article; null for a published post or another feed. */
export function whyNoPost(type: string | undefined, status: string | undefined): string | null {
  if (type !== undefined && type !== "post") return `it is a WordPress ${type}, not a post`;
  if (status !== undefined && status !== "publish") return `the post is not published: ${status}`;
  return null;
}

const UNTOUCHED = /(<(pre|script|style|textarea)\b[\s\S]*?<\/\2\s*>)/i;

/** Shortcodes of media, with their address; `[caption]` has a text. */
const MEDIA =
  /\[(?:gallery|playlist)\b[^\]]{0,1000}\]|\[(embed|audio|video)\b[^\]]{0,1000}\](?:[^[]{0,1000}\[\/\1\])?/g;
const CAPTION = /\[\/?(?:wp_)?caption\b[^\]]{0,1000}\]/g;

/** Returns a post's content as HTML: without shortcodes of WordPress itself, with paragraphs. */
export function readPost(content: string): string {
  return classicParagraphs(
    content.includes("[") ? content.replace(MEDIA, "").replace(CAPTION, "\n\n") : content,
  );
}

/**
 * Converts line breaks to `<br>` in posts of WordPress's classic editor, which have neither `<p>` nor block
 * comments.
 */
function classicParagraphs(content: string): string {
  if (/<p[\s>]|<!--\s*wp:/i.test(content)) return content;
  const parts = content.split(UNTOUCHED);
  // The pattern has two groups, so the parts are: text, an element to skip, its name, and so on.
  return parts.map((part, index) =>
    index % 3 === 0 ? part.replace(/\r\n?|\n/g, "<br>\n") : index % 3 === 1 ? part : ""
  ).join("");
}
