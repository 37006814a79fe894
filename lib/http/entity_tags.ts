const TAG = /(?:W\/)?"[^"]*"/g;

/**
 * Whether a list of entity tags, as of `If-None-Match` and `If-Match`, names a tag, or is `*`. The comparison is weak,
 * also for `If-Match`: compression marks a tag as weak, and it still identifies the same version.
 */
export function namesTag(list: string, tag: string): boolean {
  if (list.trim() === "*") return true;
  return (list.match(TAG) ?? []).some((each) => opaque(each) === opaque(tag));
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, "");
}
