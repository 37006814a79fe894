import type { ReadonlySignal } from "@preact/signals";
import { useComputed } from "@preact/signals";
import { isFiltering, LEVELS, type LogFilter } from "../lib/dashboard/log_filter.ts";
import type { logsWords } from "../lib/i18n/logs_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";

export interface LogFilterFormProps {
  voice: Voice<WordKey<typeof logsWords>>;
  filter: ReadonlySignal<LogFilter>;
  /** The nodes to choose from. */
  nodes: ReadonlySignal<readonly string[]>;
  change: (part: Partial<LogFilter>) => void;
  reset: () => void;
}

/** Which lines to show: a form whose fields are the address's own. */
export function LogFilterForm({ voice, filter, nodes, change, reset }: LogFilterFormProps) {
  const { say } = voice;
  const { node } = filter.value;
  const choices = [...new Set(node === "" ? nodes.value : [...nodes.value, node])].sort();

  function toggle(level: typeof LEVELS[number], on: boolean) {
    const { levels } = filter.peek();
    change({ levels: LEVELS.filter((each) => each === level ? on : levels.includes(each)) });
  }

  function submit(event: Event) {
    event.preventDefault();
  }

  return (
    <form class="panel log-filter" method="get" action="/logs" role="search" onSubmit={submit}>
      <fieldset class="log-levels">
        <legend class="unseen">{say("levels")}</legend>
        {LEVELS.map((level) => (
          <label key={level} data-level={level}>
            <input
              type="checkbox"
              name="level"
              value={level}
              checked={filter.value.levels.includes(level)}
              onChange={({ currentTarget }) => toggle(level, currentTarget.checked)}
            />
            <span>{say(level)}</span>
          </label>
        ))}
      </fieldset>
      <label class="log-search">
        <span class="unseen">{say("search")}</span>
        <Icon name="search" />
        <input
          type="search"
          name="q"
          value={filter.value.text}
          placeholder={say("searchHint")}
          onInput={({ currentTarget }) => change({ text: currentTarget.value.trim() })}
        />
      </label>
      <label class="log-choice">
        <span>{say("node")}</span>
        <select
          name="node"
          value={node}
          onChange={({ currentTarget }) => change({ node: currentTarget.value })}
        >
          <option value="" selected={node === ""}>{say("allNodes")}</option>
          {choices.map((name) => (
            <option key={name} value={name} selected={name === node}>{name}</option>
          ))}
        </select>
      </label>
      <label class="log-choice">
        <span>{say("article")}</span>
        <input
          type="text"
          name="article"
          inputMode="numeric"
          pattern="[0-9]*"
          size={8}
          value={filter.value.article ?? ""}
          placeholder={say("articleHint")}
          onInput={({ currentTarget: { value } }) =>
            change({ article: /^\d{1,15}$/.test(value) ? Number(value) : null })}
        />
      </label>
      <button type="submit" class="button unscripted">{say("apply")}</button>
      <a
        class="button"
        data-look="quiet"
        href="/logs"
        hidden={useComputed(() => !isFiltering(filter.value))}
        onClick={(event) => (event.preventDefault(), reset())}
      >
        <Icon name="close" />
        <span>{say("reset")}</span>
      </a>
    </form>
  );
}
