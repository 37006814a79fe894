import { useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Verdict } from "../health/Verdict.tsx";
import { ClearDialog } from "./ClearDialog.tsx";
import { FirstRun } from "./FirstRun.tsx";
import { LastFailure } from "./LastFailure.tsx";
import { Race } from "./Race.tsx";
import { SinceStrip } from "./SinceStrip.tsx";
import { StreamActions } from "./StreamActions.tsx";
import { TryNow } from "./TryNow.tsx";
import { VerdictLinks } from "./VerdictLinks.tsx";
import { RequestResult } from "../shell/RequestResult.tsx";
import { streamRequests, type StreamResult } from "../../lib/dashboard/requests/stream_requests.ts";
import { type FirstStatus, liveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { StreamSample } from "../../lib/wire/stream_sample.ts";
import { createTrendModel } from "../../lib/dashboard/overview/trend_model.ts";
import type { Language } from "../../lib/i18n/language.ts";
import type { overviewWords } from "../../lib/i18n/overview_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { WordKey, Words } from "../../lib/i18n/words.ts";
import type { SinceVisit } from "../../lib/wire/since_visit.ts";

export interface OverviewProps {
  language: Language;
  words: Words<WordKey<typeof overviewWords>>;
  first: FirstStatus;
  /** The samples of the sparklines. */
  samples: readonly StreamSample[];
  /** The summary since this browser's last visit. */
  news: SinceVisit | null;
  /** The result of a form that led to this page. */
  result: StreamResult | null;
  /** Whether to open the confirmation of clearing initially. */
  askToClear: boolean;
  /** Whether to offer actions. */
  mayAct: boolean;
}

/** The state of the stream, and its actions. */
export function Overview(props: OverviewProps) {
  const { language, words, first, samples, news, result, askToClear, mayAct } = props;
  const voice = useMemo(() => createVoice(language, words), []);
  const live = useMemo(() => liveStatus(first), []);
  const trend = useMemo(() => createTrendModel(first.status, samples), []);
  const actions = useMemo(() => streamRequests(result), []);
  const dialog = useRef<HTMLDialogElement>(null);
  const { model } = live;
  useSignalEffect(() => {
    if (model.status.value !== null) trend.note(model.status.value);
  });

  useEffect(() => {
    if (!askToClear) return;
    // The server-rendered dialog becomes modal, once.
    history.replaceState(history.state, "", location.pathname);
    dialog.current?.close();
    dialog.current?.showModal();
  }, []);

  return (
    <div class="stack">
      <RequestResult
        voice={voice}
        requests={actions}
        back="/"
        undo={{ label: voice.say("undo"), run: (operation) => void actions.undo(operation) }}
      />
      <Verdict
        voice={voice}
        live={live}
        label={voice.say("state")}
        actions={
          <>
            <TryNow voice={voice} live={live} />
            {mayAct && (
              <StreamActions
                voice={voice}
                live={live}
                actions={actions}
                askToClear={() => dialog.current?.showModal()}
              />
            )}
          </>
        }
      >
        <VerdictLinks voice={voice} live={live} />
      </Verdict>
      {news !== null && <SinceStrip voice={voice} news={news} />}
      {useComputed(() =>
        live.health.value.state === "empty"
          ? <FirstRun voice={voice} live={live} actions={actions} mayAct={mayAct} />
          : <Race voice={voice} live={live} trend={trend} minor />
      )}
      <LastFailure voice={voice} model={model} />
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
