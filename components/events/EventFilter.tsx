import type { EventsVoice } from "../../lib/dashboard/events/describe_event.ts";
import { EVENT_GROUPS } from "../../lib/dashboard/events/event_group.ts";
import { timelineHref, type TimelineQuery } from "../../lib/dashboard/events/timeline_query.ts";

export interface EventFilterProps {
  voice: EventsVoice;
  query: TimelineQuery;
  /** The selectable names. */
  actors: readonly string[];
  nodes: readonly string[];
}

/** Filters by group, actor and node; the URL contains the filter. */
export function EventFilter({ voice, query, actors, nodes }: EventFilterProps) {
  const { say } = voice;
  const { groups, actor, node } = query;
  const isFiltered = groups.length > 0 || actor !== "" || node !== "";
  const toggled = (group: typeof EVENT_GROUPS[number]) =>
    groups.includes(group) ? groups.filter((each) => each !== group) : [...groups, group];
  return (
    <form class="event-filter" method="get" action="/events">
      <div class="chips">
        {EVENT_GROUPS.map((group) => (
          <a
            key={group}
            class="chip"
            href={timelineHref(query, { groups: toggled(group) })}
            aria-current={groups.includes(group) ? "true" : "false"}
          >
            {say(group)}
          </a>
        ))}
        {isFiltered && (
          <a class="link" href={timelineHref(query, { groups: [], actor: "", node: "" })}>
            {say("clearFilter")}
          </a>
        )}
      </div>
      <input type="hidden" name="span" value={query.span} />
      {query.until !== null && <input type="hidden" name="until" value={query.until} />}
      {groups.map((group) => <input key={group} type="hidden" name="group" value={group} />)}
      <label class="field">
        <span class="unseen">{say("actor")}</span>
        <input type="text" name="actor" list="actors" value={actor} placeholder={say("anyone")} />
      </label>
      <datalist id="actors">{actors.map((name) => <option key={name} value={name} />)}</datalist>
      <label class="field">
        <span class="unseen">{say("node")}</span>
        <input type="text" name="node" list="nodes" value={node} placeholder={say("anyNode")} />
      </label>
      <datalist id="nodes">{nodes.map((name) => <option key={name} value={name} />)}</datalist>
      <button type="submit" class="button" data-size="small">{say("apply")}</button>
    </form>
  );
}
