import { useEffect, useMemo } from "preact/hooks";
import { useComputed } from "@preact/signals";
import { NodeRows } from "./NodeRows.tsx";
import { StageBar } from "./StageBar.tsx";
import { TopCauses } from "./TopCauses.tsx";
import { type FirstStatus, liveStatus } from "../../lib/dashboard/live/live_status.ts";
import {
  createCauseModel,
  type TopCauses as Causes,
} from "../../lib/dashboard/overview/cause_model.ts";
import type { Language } from "../../lib/i18n/language.ts";
import type { overviewSideWords } from "../../lib/i18n/overview_side_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import { spentTimes } from "../../lib/wire/health/rates.ts";
import type { WordKey, Words } from "../../lib/i18n/words.ts";

export interface OverviewSideProps {
  language: Language;
  words: Words<WordKey<typeof overviewSideWords>>;
  first: FirstStatus;
  causes: Causes | null;
}

/** The panels next to the charts: nodes and failures. */
export function OverviewSide({ language, words, first, causes }: OverviewSideProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const live = useMemo(() => liveStatus(first), []);
  const model = useMemo(() => createCauseModel(causes), []);
  useEffect(() => model.follow(live), []);
  return (
    <>
      <NodeRows voice={voice} live={live} linked />
      <TopCauses voice={voice} top={model.top} linked />
      {useComputed(() => {
        const spent = spentTimes(live.trace.value);
        return spent && (
          <section class="panel">
            <StageBar voice={voice} stages={spent} />
          </section>
        );
      })}
    </>
  );
}
