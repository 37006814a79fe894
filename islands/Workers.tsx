import { useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { PageHeader } from "../components/shell/PageHeader.tsx";
import { ConcurrencyForm } from "../components/workers/ConcurrencyForm.tsx";
import { RequestResult } from "../components/shell/RequestResult.tsx";
import { MoreNodes } from "../components/workers/MoreNodes.tsx";
import { NodeCard } from "../components/workers/NodeCard.tsx";
import { type FirstStatus, liveStatus } from "../lib/dashboard/live/live_status.ts";
import {
  createNodeRequests,
  type NodeRequestResult,
} from "../lib/dashboard/workers/node_requests.ts";
import { createNodeList } from "../lib/dashboard/workers/node_list.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import type { workersWords } from "../lib/i18n/workers_words.ts";
import type { NodePage } from "../lib/wire/node_page.ts";
import "../lib/dashboard/shell/base_path.ts";

/** The polling interval of a page of nodes by name; statuses are pushed. */
const REFRESH_MS = 2_000;

export interface WorkersProps {
  language: Language;
  words: Words<WordKey<typeof workersWords>>;
  title: string;
  first: FirstStatus;
  /** The page of nodes by name that begins after the name `after`; null: those of the status. */
  after: string | null;
  nodes: NodePage | null;
  /** The current setting, or the text of a refused form; null for viewers. */
  concurrency: string | null;
  mayAct: boolean;
  result: NodeRequestResult | null;
}

/** Every node and worker: current work and actions. */
export default function Workers(props: WorkersProps) {
  const { language, words, title, first, concurrency, mayAct, result } = props;
  const voice = useMemo(() => createVoice(language, words), []);
  const live = useMemo(() => liveStatus(first), []);
  const requests = useMemo(() => createNodeRequests(result), []);
  const { model, health, fresh } = live;
  const { say } = voice;

  const list = useMemo(() => createNodeList(model, { after: props.after, first: props.nodes }), []);
  const { views } = list;
  useEffect(() => {
    if (props.nodes === null) return;
    const timer = setInterval(list.refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  const summary = useComputed(() => {
    if (views.value === null || health.value.state === "broker") return say("unknown");
    const [nodes, lost] = [model.nodes.value ?? 0, model.lostNodes.value ?? 0];
    const workers = model.workers.value ?? 0;
    return say(lost > 0 ? "summaryLost" : "summary", { nodes, lost, workers });
  });
  const cores = views.value?.flatMap(({ detail }) => detail?.cores ?? []) ?? [];
  const hint = cores.length === 0
    ? say("concurrencyHintPlain")
    : say("concurrencyHint", { cores: Math.min(...cores) });

  return (
    <div class="stack">
      <RequestResult voice={voice} requests={requests} back="/workers" />
      <PageHeader title={title} note={summary}>
        {concurrency !== null && (
          <ConcurrencyForm voice={voice} value={concurrency} hint={hint} requests={requests} />
        )}
      </PageHeader>
      <div class="nodes">
        {useComputed(() => {
          if (views.value === null) return <p class="panel nodes-none">{say("unknown")}</p>;
          if (views.value.length === 0) {
            return <p class="panel nodes-none">{say("none")}. {say("noneHint")}.</p>;
          }
          return views.value.map((view) => (
            <NodeCard
              key={view.name}
              voice={voice}
              view={view}
              requests={requests}
              mayAct={mayAct}
              fresh={fresh.value}
            />
          ));
        })}
      </div>
      <MoreNodes voice={voice} model={model} list={list} paged={props.nodes !== null} />
    </div>
  );
}
