import type { NodeErrands } from "../lib/dashboard/node_errands.ts";
import type { NodeCondition, NodeView } from "../lib/dashboard/node_view.ts";
import type { workersWords } from "../lib/i18n/workers_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";
import { QuarantineList } from "./QuarantineList.tsx";
import { StageBar } from "./StageBar.tsx";
import { WorkerTable } from "./WorkerTable.tsx";

type Key = WordKey<typeof workersWords>;

export interface NodeCardProps {
  voice: Voice<Key>;
  view: NodeView;
  errands: NodeErrands;
  mayAct: boolean;
}

/** A node: how it is, what it has done, its workers, and the button that pauses it. */
export function NodeCard({ voice, view, errands, mayAct }: NodeCardProps) {
  const { say } = voice;
  const { name, condition, workers, quarantine, detail } = view;
  return (
    <article class="panel node" data-node={name} data-condition={condition} aria-label={name}>
      <header class="panel-header">
        <h3>{name}</h3>
        <p>
          <span class="node-state">{say(CONDITIONS[condition])}</span>
        </p>
        {mayAct && condition !== "lost" && detail !== null && (
          <PauseButton voice={voice} node={name} paused={detail.paused} errands={errands} />
        )}
      </header>
      {condition === "lost" && (
        <p class="node-lost">
          <Icon name="alert" />
          {say("lostHint", { time: voice.duration(view.silentSeconds) })}
        </p>
      )}
      <dl class="node-facts">
        {facts(voice, view).map(({ word, text }) => (
          <div key={word} data-fact={word}>
            <dt>{say(word)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {detail !== null && <StageBar voice={voice} stages={detail.stages} />}
      {workers.length > 0 && <WorkerTable voice={voice} node={name} workers={workers} />}
      {quarantine.length > 0 && <QuarantineList voice={voice} rows={quarantine} />}
    </article>
  );
}

const CONDITIONS = {
  "lost": "conditionLost",
  "broker away": "conditionBrokerAway",
  "database away": "conditionDatabaseAway",
  "paused": "conditionPaused",
  "stopped": "conditionStopped",
  "running": "conditionRunning",
} as const satisfies Record<NodeCondition, Key>;

function facts(voice: Voice<Key>, view: NodeView): { word: Key; text: string }[] {
  const { say, number } = voice;
  const { detail, silentSeconds } = view;
  const heartbeat = silentSeconds < 2
    ? say("heartbeatNow")
    : say("heartbeatAgo", { time: voice.duration(silentSeconds) });
  const always: { word: Key; text: string }[] = [
    { word: "heartbeat", text: heartbeat },
    { word: "speed", text: say("speedValue", { speed: number(view.speed, 1) }) },
    { word: "inFlight", text: number(view.inFlight) },
  ];
  if (detail === null) return always;
  return [
    ...always,
    { word: "processed", text: number(detail.processed) },
    { word: "failed", text: number(detail.failed) },
    { word: "memory", text: voice.bytes(detail.memory_bytes) },
    { word: "cores", text: number(detail.cores) },
    { word: "uptime", text: voice.duration(detail.upSeconds) },
  ];
}

interface PauseButtonProps {
  voice: Voice<Key>;
  node: string;
  paused: boolean;
  errands: NodeErrands;
}

function PauseButton({ voice, node, paused, errands }: PauseButtonProps) {
  const action = paused ? "resume" : "pause";
  const busy = errands.busy.value?.subject === node;

  function submit(event: Event) {
    event.preventDefault();
    errands.command(action, node);
  }

  return (
    <form method="post" action="/actions/workers" onSubmit={submit}>
      <input type="hidden" name="do" value={action} />
      <input type="hidden" name="node" value={node} />
      <button
        type="submit"
        class="button"
        data-look={paused ? "main" : "plain"}
        aria-busy={busy ? "true" : "false"}
        title={voice.say("pauseHint")}
      >
        <Icon name={paused ? "start" : "pause"} />
        <span>{voice.say(action)}</span>
      </button>
    </form>
  );
}
