import type { StreamRequests } from "../../lib/dashboard/requests/stream_requests.ts";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { overviewWords } from "../../lib/i18n/overview_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";
import { ActionButton } from "./ActionButton.tsx";
import { ReadyList } from "./ReadyList.tsx";

export interface FirstRunProps {
  voice: Voice<WordKey<typeof overviewWords>>;
  live: LiveStatus;
  actions: StreamRequests;
  /** Whether this actor may import. */
  mayAct: boolean;
}

/** An example of submitting an article by a program. */
const EXAMPLE = `curl -X POST $MILLRACE_URL/api/articles \\
  -H 'content-type: application/json' \\
  -d '{"title":"木轮","content":"河水推着木轮慢慢地转。"}'`;

/** The overview before the first article: three ways to start, and a checklist. */
export function FirstRun({ voice, live, actions, mayAct }: FirstRunProps) {
  const { say } = voice;
  return (
    <>
      {mayAct && (
        <section class="panel" aria-labelledby="begin-title">
          <header>
            <h2 id="begin-title">{say("beginTitle")}</h2>
          </header>
          <ol class="steps">
            <li>
              <h3>{say("beginSample")}</h3>
              <p>{say("beginSampleText")}</p>
              <ActionButton
                action="sample"
                actions={actions}
                icon="upload"
                label={say("sample")}
                look="main"
              />
            </li>
            <li>
              <h3>{say("beginFile")}</h3>
              <p>{say("beginFileText")}</p>
              <div>
                <a class="button" href="/import">
                  <Icon name="upload" />
                  <span>{say("chooseFile")}</span>
                </a>
              </div>
            </li>
            <li>
              <h3>{say("beginProgram")}</h3>
              <pre>{EXAMPLE}</pre>
            </li>
          </ol>
        </section>
      )}
      <ReadyList voice={voice} live={live} />
    </>
  );
}
