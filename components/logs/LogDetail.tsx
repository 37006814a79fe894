import type { LogFilter } from "../../lib/dashboard/logs/log_filter.ts";
import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import type { logsWords } from "../../lib/i18n/logs_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

export interface LogDetailProps {
  voice: Voice<WordKey<typeof logsWords>>;
  line: LogLine | null;
  change: (part: Partial<LogFilter>) => void;
}

/** A line in full, with links. */
export function LogDetail({ voice, line, change }: LogDetailProps) {
  const { say } = voice;
  if (line === null) return <p class="hint">{say("detailHint")}</p>;
  const { article, node, level, message, worded, timestamp, count, last_timestamp: last } = line;
  return (
    <>
      <p class="log-detail-head" data-level={level}>
        <b>{say(level)}</b>
        <time dateTime={timestamp}>{voice.moment(Date.parse(timestamp))}</time>
        <span>{node}</span>
        {count !== undefined && last !== undefined && (
          <span>{say("repeated", { count, time: voice.moment(Date.parse(last)) })}</span>
        )}
      </p>
      <p class="log-detail-text">{worded ?? message}</p>
      {worded !== undefined && (
        <p class="log-detail-raw">
          <b>{say("asLogged")}</b>
          <span lang="en">{message}</span>
        </p>
      )}
      <p class="log-detail-ways">
        {node !== undefined && node !== "" && (
          <button
            type="button"
            class="button"
            onClick={() => change({ node })}
          >
            {say("onlyNode", { node })}
          </button>
        )}
        {article !== undefined && (
          <>
            <button type="button" class="button" onClick={() => change({ article })}>
              {say("onlyArticle", { article: String(article) })}
            </button>
            <a class="button" href={`/articles/${article}`}>
              {say("openArticle", { article: String(article) })}
            </a>
          </>
        )}
      </p>
    </>
  );
}
