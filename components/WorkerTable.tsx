import type { WorkerView } from "../lib/dashboard/node_view.ts";
import type { workersWords } from "../lib/i18n/workers_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";

export interface WorkerTableProps {
  voice: Voice<WordKey<typeof workersWords>>;
  /** The node's name, for the table's. */
  node: string;
  workers: readonly WorkerView[];
}

/** A row for each worker of a node. */
export function WorkerTable({ voice, node, workers }: WorkerTableProps) {
  const { say, number } = voice;
  return (
    <table class="worker-table">
      <caption class="unseen">{node}</caption>
      <thead>
        <tr>
          <th scope="col">{say("worker")}</th>
          <th scope="col">{say("doing")}</th>
          <th scope="col" class="amount">{say("forLong")}</th>
          <th scope="col" class="amount">{say("processed")}</th>
          <th scope="col" class="amount">{say("failed")}</th>
          <th scope="col" class="amount">{say("average")}</th>
        </tr>
      </thead>
      <tbody>
        {workers.map((worker) => (
          <tr key={worker.id} data-state={worker.state}>
            <th scope="row">{say("workerName", { id: worker.id })}</th>
            <td data-label={say("doing")}>
              <span class="worker-dot" />
              {doing(voice, worker)}
            </td>
            <td class="amount" data-label={say("forLong")}>
              {worker.seconds < 1 ? say("moment") : voice.duration(worker.seconds)}
            </td>
            <td class="amount" data-label={say("processed")}>{number(worker.processed)}</td>
            <td class="amount" data-label={say("failed")}>{number(worker.failed)}</td>
            <td class="amount" data-label={say("average")}>
              {worker.processed + worker.failed === 0
                ? "–"
                : say("averageMs", { ms: number(worker.average_ms, 2) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function doing({ say }: WorkerTableProps["voice"], { state, articles }: WorkerView): string {
  switch (state) {
    case "starting":
      return say("workerStarting");
    case "idle":
      return say("workerIdle");
    case "busy":
      return say("workerBusy", { count: articles });
  }
}
