/** The place of a node on its page, as the id of its card. */
export function nodeAnchor(name: string): string {
  return `node-${name.replace(/[^\w.-]/g, "_")}`;
}
