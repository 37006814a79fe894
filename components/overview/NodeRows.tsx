import { useComputed } from "@preact/signals";
import { shortAge } from "../../lib/dashboard/health/describe_health.ts";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import {
  type NodeCondition,
  type NodeView,
  nodeViews,
} from "../../lib/dashboard/workers/node_view.ts";
import { nodeLook } from "../../lib/dashboard/workers/node_look.ts";
import type { overviewSideWords } from "../../lib/i18n/overview_side_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Glyph } from "../health/Glyph.tsx";

type Key = WordKey<typeof overviewSideWords>;

export interface NodeRowsProps {
  voice: Voice<Key>;
  live: LiveStatus;
  /** Whether to link to the nodes page. */
  linked: boolean;
}

const WORDS = {
  "lost": "nodeLost",
  "broker away": "nodeBroker",
  "database away": "nodeDatabase",
  "paused": "nodePaused",
  "stopped": "nodeStopped",
  "running": "nodeRunning",
} as const satisfies Record<NodeCondition, Key>;

/** One row per node: condition and speed. */
export function NodeRows({ voice, live, linked }: NodeRowsProps) {
  const { say } = voice;
  const rows = useComputed(() => {
    const status = live.model.status.value;
    const views = status === null ? [] : nodeViews(status).filter(({ role }) => role !== "web");
    if (views.length === 0) {
      const isBroker = live.health.value.state === "broker";
      return <p class="panel-body faint">{say(isBroker ? "noNodesKnown" : "noNodes")}</p>;
    }
    return (
      <ul class="rows">
        {views.map((view) => (
          <NodeRow key={view.name} voice={voice} view={view} fresh={live.fresh.value} />
        ))}
        {live.model.moreNodes.value > 0 && (
          <li class="faint" data-more-nodes>
            {say("moreNodes", { count: live.model.moreNodes.value })}
          </li>
        )}
      </ul>
    );
  });
  return (
    <section class="panel" aria-labelledby="node-rows-title">
      <header>
        <h2 id="node-rows-title">{say("nodesTitle")}</h2>
        <p>{say("nodesNote")}</p>
        {linked && (
          <div class="end">
            <a class="link" href="/workers">{say("allNodes")}</a>
          </div>
        )}
      </header>
      {rows}
    </section>
  );
}

function NodeRow({ voice, view, fresh }: { voice: Voice<Key>; view: NodeView; fresh: boolean }) {
  const { say } = voice;
  const { tone, shape } = nodeLook(view.condition, fresh);
  const word = fresh ? WORDS[view.condition] : "nodeUnknown";
  const age = shortAge(voice, Math.round(view.silentSeconds));
  const isHolding = word === "nodeLost" && view.inFlight > 0;
  return (
    <li data-node={view.name} data-condition={view.condition}>
      <span class="node-name">
        <span class="state" data-tone={tone}>
          <Glyph shape={shape} />
          <b>{view.name}</b>
        </span>
        <span class="soft">
          {say(isHolding ? "nodeLostHolding" : word, { age, count: view.inFlight })}
        </span>
      </span>
      <span class="num pale">
        {view.condition === "lost" ? "–" : say("speedValue", { rate: voice.rate(view.speed) })}
      </span>
    </li>
  );
}
