import type { WorkerView } from "../../lib/dashboard/workers/node_view.ts";
import type { workersWords } from "../../lib/i18n/workers_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { Shape, Tone } from "../../lib/wire/health/health.ts";
import { Glyph } from "../health/Glyph.tsx";

export interface WorkerTableProps {
  voice: Voice<WordKey<typeof workersWords>>;
  /** The node's name, for the table's label. */
  node: string;
  workers: readonly WorkerView[];
}

const LOOKS: Readonly<Record<WorkerView["state"], { tone: Tone; shape: Shape }>> = {
  starting: { tone: "warning", shape: "triangle" },
  idle: { tone: "still", shape: "ring" },
  busy: { tone: "water", shape: "arrow" },
};

/** One row per worker of a node. */
export function WorkerTable({ voice, node, workers }: WorkerTableProps) {
  const { say, number, count } = voice;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={node}>
      <table class="table">
        <caption class="unseen">{node}</caption>
        <thead>
          <tr>
            <th scope="col">{say("worker")}</th>
            <th scope="col">{say("doing")}</th>
            <th scope="col" class="num">{say("forLong")}</th>
            <th scope="col" class="num">{say("processed")}</th>
            <th scope="col" class="num">{say("failed")}</th>
            <th scope="col" class="num">{say("average")}</th>
          </tr>
        </thead>
        <tbody>
          {workers.map((worker) => (
            <tr key={worker.id} data-state={worker.state}>
              <th scope="row">{say("workerName", { id: worker.id })}</th>
              <td>
                <span class="state" data-tone={LOOKS[worker.state].tone}>
                  <Glyph shape={LOOKS[worker.state].shape} />
                  {describeWork(voice, worker)}
                </span>
              </td>
              <td class="num">
                {worker.state === "idle"
                  ? "–"
                  : worker.seconds < 1
                  ? say("moment")
                  : voice.duration(worker.seconds)}
              </td>
              <td class="num">{count(worker.processed)}</td>
              <td class="num">{count(worker.failed)}</td>
              <td class="num">
                {worker.processed + worker.failed === 0
                  ? "–"
                  : say("averageMs", { ms: number(worker.average_ms, 2) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function describeWork({ say }: WorkerTableProps["voice"], { state, articles }: WorkerView): string {
  switch (state) {
    case "starting":
      return say("workerStarting");
    case "idle":
      return say("workerIdle");
    case "busy":
      return say("workerBusy", { count: articles });
  }
}
