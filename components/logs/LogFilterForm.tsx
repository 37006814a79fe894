import type { ReadonlySignal } from "@preact/signals";
import { useComputed } from "@preact/signals";
import { isFiltering, LEVELS, type LogFilter } from "../../lib/dashboard/logs/log_filter.ts";
import { localTime, type LogSpan } from "../../lib/dashboard/logs/log_span.ts";
import type { logsWords } from "../../lib/i18n/logs_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";
import { TimeFields } from "./TimeFields.tsx";

export interface LogFilterFormProps {
  voice: Voice<WordKey<typeof logsWords>>;
  filter: ReadonlySignal<LogFilter>;
  /** The displayed part of the kept log. */
  span: LogSpan;
  /** The selectable nodes. */
  nodes: ReadonlySignal<readonly string[]>;
  change: (part: Partial<LogFilter>) => void;
  reset: () => void;
  /** Opens the kept log at a time; both are null when the fields are empty. */
  show: (time: Pick<LogSpan, "since" | "until">) => void;
}

/** The filter of the log: a form whose fields are the URL's parameters. */
export function LogFilterForm(
  { voice, filter, span, nodes, change, reset, show }: LogFilterFormProps,
) {
  const { say } = voice;
  const { node } = filter.value;
  const choices = [...new Set(node === "" ? nodes.value : [...nodes.value, node])].sort();

  function toggle(level: typeof LEVELS[number], on: boolean) {
    const { levels } = filter.peek();
    change({ levels: LEVELS.filter((each) => each === level ? on : levels.includes(each)) });
  }

  function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const timeOf = (name: string) => localTime(String(fields.get(name) ?? ""));
    show({ since: timeOf("from"), until: timeOf("to") });
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
      <TimeFields voice={voice} span={span} />
      <button type="submit" class="button">{say("apply")}</button>
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
