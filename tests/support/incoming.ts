import { type FieldType, type FieldValue, NO_FIELDS } from "../../lib/article/article_fields.ts";
import type { IncomingArticle } from "../../lib/intake/incoming_article.ts";

/** An article as a format's parser yields it, with defaults for all fields not given. */
export function incoming(given: Partial<IncomingArticle> = {}): IncomingArticle {
  return { ...NO_FIELDS, sources: [], title: "t", content: "c", groupId: 1, group: null, ...given };
}

/** A value of each field type as a producer writes it, and as it is stored. */
export const FIELD_SAMPLES: Readonly<Record<FieldType, { given: unknown; read: FieldValue }>> = {
  text: { given: " a b ", read: "a b" },
  address: { given: "https://x.example/1", read: "https://x.example/1" },
  names: { given: "甲", read: "甲" },
  time: { given: "2026-03-02T08:00:00+08:00", read: "2026-03-02T00:00:00Z" },
  list: { given: "水车,河", read: ["水车", "河"] },
  object: { given: { a: 1 }, read: { a: 1 } },
  kind: { given: "html", read: "html" },
};
