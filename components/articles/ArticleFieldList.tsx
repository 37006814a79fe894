import {
  ARTICLE_FIELD_NAMES,
  ARTICLE_FIELDS,
  type ArticleField,
  type ArticleFields,
} from "../../lib/article/article_fields.ts";
import type { articleWords } from "../../lib/i18n/article_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

export interface ArticleFieldListProps {
  voice: Voice<WordKey<typeof articleWords>>;
  fields: ArticleFields;
}

/** The metadata of an article from its producer; nothing if there is none. */
export function ArticleFieldList({ voice, fields }: ArticleFieldListProps) {
  const given = ARTICLE_FIELD_NAMES.filter((name) => fields[name] !== null);
  if (given.length === 0) return null;
  return (
    <dl class="article-facts article-fields">
      {given.map((name) => (
        <div key={name} data-field={name}>
          <dt>{voice.say(`field_${name}`)}</dt>
          <dd>{shown(voice, name, fields)}</dd>
        </div>
      ))}
    </dl>
  );
}

function shown(voice: ArticleFieldListProps["voice"], name: ArticleField, fields: ArticleFields) {
  const value = fields[name];
  if (ARTICLE_FIELDS[name].type === "address") {
    return <a href={String(value)} rel="noreferrer">{String(value)}</a>;
  }
  if (name === "contentKind") return voice.say(`kind_${fields.contentKind ?? "text"}`);
  if (Array.isArray(value)) return value.join(" · ");
  return typeof value === "string" ? value : <code>{JSON.stringify(value)}</code>;
}
