import { useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { ActionButton } from "../components/ActionButton.tsx";
import { ClearDialog } from "../components/ClearDialog.tsx";
import { EmptyState } from "../components/EmptyState.tsx";
import { Figures } from "../components/Figures.tsx";
import { LastError } from "../components/LastError.tsx";
import { ResultNotice } from "../components/ResultNotice.tsx";
import { StageBar } from "../components/StageBar.tsx";
import { Verdict } from "../components/Verdict.tsx";
import { type ActionResult, pageActions } from "../lib/dashboard/actions.ts";
import { liveStatus } from "../lib/dashboard/live_status.ts";
import type { Sample } from "../lib/dashboard/sample.ts";
import { createTrendModel } from "../lib/dashboard/trend_model.ts";
import type { Language } from "../lib/i18n/language.ts";
import type { overviewWords } from "../lib/i18n/overview_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import type { ProcessorStatus } from "../lib/status/processor_status.ts";

export interface OverviewProps {
  language: Language;
  words: Words<WordKey<typeof overviewWords>>;
  /** The status when the page was made; null when it could not be had. */
  status: ProcessorStatus | null;
  /** The last minutes, at the trend's step. */
  samples: readonly Sample[];
  /** What came of a form that led to this page. */
  result: ActionResult | null;
  /** Whether to ask at once if the dead letters are to be cleared. */
  askToClear: boolean;
  /** Whether this visitor is offered what changes something. */
  mayAct: boolean;
}

/** How the stream is doing, and the buttons that do something about it. */
export default function Overview(props: OverviewProps) {
  const { language, words, status, samples, result, askToClear, mayAct } = props;
  const voice = useMemo(() => createVoice(language, words), []);
  const { model } = useMemo(() => liveStatus(status), []);
  const trend = useMemo(() => createTrendModel(model, samples), []);
  const actions = useMemo(() => pageActions(result), []);
  const dialog = useRef<HTMLDialogElement>(null);
  useSignalEffect(() => {
    if (model.status.value !== null) trend.note(model.status.value);
  });

  useEffect(() => {
    if (!askToClear) return;
    // What the server has shown beside the page is put before it, and asked once.
    history.replaceState(history.state, "", location.pathname);
    dialog.current?.close();
    dialog.current?.showModal();
  }, []);

  const counted = (key: "retry" | "clear", count: typeof model.dead) =>
    useComputed(() => voice.say(key, { count: count.value ?? 0 }));
  const some = (count: typeof model.dead) => useComputed(() => Boolean(count.value));

  const start = (
    <ActionButton
      action="start"
      actions={actions}
      icon="start"
      label={voice.say("start")}
      look={useComputed(() => model.running.value ? "quiet" : "main")}
    />
  );
  const stop = (
    <ActionButton
      action="stop"
      actions={actions}
      icon="stop"
      label={voice.say("stop")}
      look={useComputed(() => model.running.value ? "plain" : "quiet")}
    />
  );
  const retry = (
    <ActionButton
      action="retry"
      actions={actions}
      icon="retry"
      label={counted("retry", model.retry)}
      useful={some(model.retry)}
    />
  );
  const clear = (
    <ActionButton
      action="clear"
      actions={actions}
      icon="clear"
      label={counted("clear", model.dead)}
      useful={some(model.dead)}
      instead={() => dialog.current?.showModal()}
    />
  );

  return (
    <div class="overview">
      <ResultNotice voice={voice} result={actions.result} dismiss={actions.dismiss} />
      <Verdict voice={voice} model={model} outlook={trend.outlook}>
        {mayAct && <>{start}{stop}</>}
      </Verdict>
      <Figures
        voice={voice}
        model={model}
        trend={trend}
        retry={mayAct && retry}
        clear={mayAct && clear}
      />
      {useComputed(() =>
        trend.spent.value && <StageBar voice={voice} stages={trend.spent.value} heading="h2" />
      )}
      <LastError voice={voice} text={model.lastError} />
      {mayAct && <EmptyState voice={voice} actions={actions} empty={model.empty} />}
      {mayAct && (
        <ClearDialog
          voice={voice}
          actions={actions}
          dead={model.dead}
          dialog={dialog}
          open={askToClear}
        />
      )}
    </div>
  );
}
