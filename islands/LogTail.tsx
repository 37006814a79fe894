import { useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { LogLines } from "../components/LogLines.tsx";
import { createLiveLog } from "../lib/dashboard/live_log.ts";
import { liveStatus } from "../lib/dashboard/live_status.ts";
import type { LogLine } from "../lib/dashboard/log_model.ts";
import type { Language } from "../lib/i18n/language.ts";
import type { logWords } from "../lib/i18n/log_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";

const CAPACITY = 200;

export interface LogTailProps {
  language: Language;
  words: Words<WordKey<typeof logWords>>;
  /** The latest lines when the page was made, oldest first. */
  initial: LogLine[];
}

/** The end of the system's log, as it grows. */
export default function LogTail({ language, words, initial }: LogTailProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const log = useMemo(() => {
    const { link } = liveStatus(null);
    return createLiveLog(initial, { capacity: CAPACITY, status: link });
  }, []);
  useEffect(() => {
    log.start();
    return () => log[Symbol.dispose]();
  }, []);
  const { lines, paused, waiting } = log.model;
  const subtitle = useComputed(() =>
    waiting.value > 0
      ? voice.say("waiting", { count: waiting.value })
      : voice.say("latest", { count: lines.value.length })
  );

  return (
    <section class="panel log" aria-labelledby="log-title">
      <header class="panel-header">
        <h2 id="log-title">{voice.say("title")}</h2>
        <p>{subtitle}</p>
        <button
          type="button"
          class="button scripted"
          data-look="quiet"
          aria-pressed={useComputed(() => paused.value ? "true" : "false")}
          onClick={() => paused.peek() ? log.model.resume() : log.model.pause()}
        >
          {useComputed(() => <Icon name={paused.value ? "start" : "pause"} />)}
          <span>{useComputed(() => voice.say(paused.value ? "resume" : "pause"))}</span>
        </button>
      </header>
      <div class="log-scroll" tabIndex={0} role="group" aria-labelledby="log-title">
        {useComputed(() => <LogLines voice={voice} lines={lines.value} />)}
      </div>
    </section>
  );
}
