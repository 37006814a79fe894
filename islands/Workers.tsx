import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { ConcurrencyForm } from "../components/ConcurrencyForm.tsx";
import { ErrandNotice } from "../components/ErrandNotice.tsx";
import { NodeCard } from "../components/NodeCard.tsx";
import { liveStatus } from "../lib/dashboard/live_status.ts";
import { createNodeErrands, type NodeErrandResult } from "../lib/dashboard/node_errands.ts";
import { nodeViews } from "../lib/dashboard/node_view.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import type { workersWords } from "../lib/i18n/workers_words.ts";
import type { ProcessorStatus } from "../lib/status/processor_status.ts";

export interface WorkersProps {
  language: Language;
  words: Words<WordKey<typeof workersWords>>;
  status: ProcessorStatus | null;
  /** The setting as it is; null for those who may only look. */
  concurrency: { value: number; bounds: { least: number; most: number } } | null;
  result: NodeErrandResult | null;
}

/** Every node and every worker: what it does now, and what can be done about it. */
export default function Workers(props: WorkersProps) {
  const { language, words, status, concurrency, result } = props;
  const voice = useMemo(() => createVoice(language, words), []);
  const { model } = useMemo(() => liveStatus(status), []);
  const errands = useMemo(() => createNodeErrands(result), []);
  const { say } = voice;

  const views = useComputed(() =>
    model.status.value === null ? null : nodeViews(model.status.value)
  );
  const lost = useComputed(() =>
    views.value?.filter(({ condition }) => condition === "lost") ?? []
  );
  const summary = useComputed(() =>
    say("summary", { nodes: model.nodes.value ?? 0, workers: model.workers.value ?? 0 })
  );
  const cores = views.value?.flatMap(({ detail }) => detail?.cores ?? []) ?? [];
  const hint = cores.length === 0
    ? say("concurrencyHintPlain")
    : say("concurrencyHint", { cores: Math.min(...cores) });

  return (
    <div class="workers">
      <ErrandNotice voice={voice} errands={errands} back="/workers" />
      {concurrency !== null && (
        <ConcurrencyForm voice={voice} {...concurrency} hint={hint} errands={errands} />
      )}
      <section aria-labelledby="nodes-title" class="nodes">
        <header class="nodes-header">
          <h2 id="nodes-title">{say("nodesTitle")}</h2>
          <p>{summary}</p>
          <p class="nodes-lost" hidden={useComputed(() => lost.value.length === 0)}>
            {useComputed(() => say("lostNodes", { count: lost.value.length }))}
          </p>
        </header>
        {useComputed(() => {
          if (views.value === null) return <p class="nodes-none">{say("unknown")}</p>;
          if (views.value.length > 0) {
            return views.value.map((view) => (
              <NodeCard
                key={view.name}
                voice={voice}
                view={view}
                errands={errands}
                mayAct={concurrency !== null}
              />
            ));
          }
          return <p class="nodes-none">{say("none")} {say("noneHint")}</p>;
        })}
      </section>
    </div>
  );
}
