import { shortAge } from "../../lib/dashboard/health/describe_health.ts";
import type { NodeRequests } from "../../lib/dashboard/workers/node_requests.ts";
import { nodeLook } from "../../lib/dashboard/workers/node_look.ts";
import { nodeAnchor } from "../../lib/dashboard/workers/node_anchor.ts";
import type { NodeCondition, NodeView } from "../../lib/dashboard/workers/node_view.ts";
import type { workersWords } from "../../lib/i18n/workers_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Glyph } from "../health/Glyph.tsx";
import { CountDown } from "../overview/CountDown.tsx";
import { StageBar } from "../overview/StageBar.tsx";
import { PauseButton } from "./PauseButton.tsx";
import { QuarantineList } from "./QuarantineList.tsx";
import { WorkerTable } from "./WorkerTable.tsx";

type Key = WordKey<typeof workersWords>;

export interface NodeCardProps {
  voice: Voice<Key>;
  view: NodeView;
  requests: NodeRequests;
  mayAct: boolean;
  /** Whether the status is fresh; otherwise the node's condition is unknown. */
  fresh: boolean;
}

const CONDITIONS = {
  "lost": "conditionLost",
  "broker away": "conditionBrokerAway",
  "database away": "conditionDatabaseAway",
  "paused": "conditionPaused",
  "stopped": "conditionStopped",
  "running": "conditionRunning",
} as const satisfies Record<NodeCondition, Key>;

/** A node: condition, figures, workers, and the button that pauses it. */
export function NodeCard({ voice, view, requests, mayAct, fresh }: NodeCardProps) {
  const { say } = voice;
  const { name, condition, workers, quarantine, detail, back, clockOffMs } = view;
  const { tone, shape } = nodeLook(condition, fresh);
  const word = fresh ? CONDITIONS[condition] : "conditionUnknown";
  return (
    <article
      id={nodeAnchor(name)}
      class="panel node"
      data-node={name}
      data-condition={condition}
      data-tone={tone}
      aria-label={name}
    >
      <header>
        <div class="node-name">
          <span class="state">
            <Glyph shape={shape} />
            <h2>{name}</h2>
          </span>
          <p>{say(word, { age: shortAge(voice, Math.round(view.silentSeconds)) })}</p>
        </div>
        {mayAct && condition !== "lost" && detail !== null && (
          <PauseButton voice={voice} node={name} paused={detail.paused} requests={requests} />
        )}
      </header>
      {clockOffMs !== null && (
        <p class="node-clock" data-tone="warning">
          {say(clockOffMs > 0 ? "nodeClockAhead" : "nodeClockBehind", {
            duration: voice.duration(Math.abs(clockOffMs) / 1_000),
          })}
        </p>
      )}
      {back !== null && (
        <div class="node-back">
          <CountDown
            label={say("backInQueue", { count: view.inFlight })}
            left={say("seconds", { count: back.seconds })}
            share={1 - back.seconds / back.of}
          />
        </div>
      )}
      <dl class="node-facts">
        {factsOf(voice, view).map(({ word, text }) => (
          <div key={word} data-fact={word}>
            <dt>{say(word)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {condition !== "lost" && detail !== null && <StageBar voice={voice} stages={detail.stages} />}
      {condition !== "lost" && workers.length > 0 && (
        <WorkerTable voice={voice} node={name} workers={workers} />
      )}
      {quarantine.length > 0 && <QuarantineList voice={voice} rows={quarantine} />}
    </article>
  );
}

function factsOf(voice: Voice<Key>, view: NodeView): { word: Key; text: string }[] {
  const { say, number } = voice;
  const { detail, condition } = view;
  const isLost = condition === "lost";
  const speed = say("speedValue", { rate: voice.rate(view.speed) });
  const always: { word: Key; text: string }[] = [
    { word: isLost ? "lastSpeed" : "speed", text: speed },
    { word: isLost ? "holds" : "inFlight", text: number(view.inFlight) },
    { word: "heartbeat", text: voice.time(view.seenAt) },
  ];
  if (detail === null) return always;
  const memory = { word: "memory", text: voice.bytes(detail.memory_bytes) } as const;
  if (isLost) return [...always, memory];
  return [
    ...always,
    memory,
    { word: "cores", text: number(detail.cores) },
    { word: "uptime", text: voice.duration(detail.upSeconds) },
    { word: "processed", text: voice.count(detail.processed) },
    { word: "failed", text: voice.count(detail.failed) },
  ];
}
