import { useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Icon } from "../shell/Icon.tsx";
import { LogLines } from "./LogLines.tsx";
import { createLiveLog } from "../../lib/dashboard/logs/live_log.ts";
import { liveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import type { Language } from "../../lib/i18n/language.ts";
import type { logWords } from "../../lib/i18n/log_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { WordKey, Words } from "../../lib/i18n/words.ts";

const CAPACITY = 200;

export interface LogTailProps {
  language: Language;
  words: Words<WordKey<typeof logWords>>;
  /** The initial lines, oldest first; null if they could not be read. */
  initial: LogLine[] | null;
}

/** The live tail of the system's log. */
export function LogTail({ language, words, initial }: LogTailProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const log = useMemo(() => {
    const { link } = liveStatus(null);
    return createLiveLog(initial ?? [], { capacity: CAPACITY, status: link });
  }, []);
  useEffect(() => {
    log.start();
    return () => log[Symbol.dispose]();
  }, []);
  const { lines, paused, waiting } = log.model;
  const subtitle = useComputed(() =>
    waiting.value > 0 ? voice.say("waiting", { count: waiting.value }) : voice.say("latest")
  );

  return (
    <section class="panel log-tail" aria-labelledby="log-title">
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
        {useComputed(() =>
          initial === null && lines.value.length === 0
            ? <p class="log-none">{voice.say("unreadable")}</p>
            : <LogLines voice={voice} lines={lines.value} />
        )}
      </div>
    </section>
  );
}
