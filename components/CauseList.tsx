import { type FailureQuery, failuresLink } from "../lib/dashboard/failure_query.ts";
import { sayReason } from "../lib/dashboard/say_reason.ts";
import type { failuresWords } from "../lib/i18n/failures_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";
import { Moment } from "./Moment.tsx";
import { Sparkline } from "./Sparkline.tsx";

/** The failed articles of one cause; times are ms since the epoch. */
export interface Cause {
  fingerprint: string;
  sample: string | null;
  reason: string | null;
  retry: number;
  dead: number;
  firstSeen: number | null;
  lastSeen: number | null;
  /** How many failed last in each part of the last hour, oldest first. */
  recent: number[];
}

export interface CauseListProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
  causes: Cause[];
  mayAct: boolean;
}

/** Failures by their cause, the most frequent first, each with what can be done about all of it. */
export function CauseList({ voice, query, causes, mayAct }: CauseListProps) {
  const { say } = voice;
  const { state, q } = query;
  return (
    <ul class="causes">
      {causes.map((cause) => {
        const of = { state, q, cause: cause.fingerprint };
        return (
          <li key={cause.fingerprint} data-key={cause.fingerprint} class="cause">
            <div class="cause-what">
              <p class="cause-reason">{sayReason(voice, cause.reason ?? "unknown")}</p>
              <a class="cause-error" href={failuresLink(of)} title={say("openCause")}>
                {cause.sample ?? cause.fingerprint}
              </a>
              <p class="cause-seen">
                <span>
                  {say("firstSeen")} <Moment voice={voice} at={cause.firstSeen} />
                </span>
                <span>
                  {say("lastSeen")} <Moment voice={voice} at={cause.lastSeen} />
                </span>
              </p>
            </div>
            <div class="cause-recent">
              <Sparkline
                values={cause.recent}
                label={say("recent", { counts: cause.recent.join(", ") })}
              />
              <span aria-hidden="true">{say("lastHour")}</span>
            </div>
            <p class="cause-counts">
              <b>{voice.number(cause.retry + cause.dead)}</b>
              {cause.retry > 0 && (
                <span class="state" data-state="retry">
                  {say("retrying", { count: cause.retry })}
                </span>
              )}
              {cause.dead > 0 && (
                <span class="state" data-state="dead">{say("dead", { count: cause.dead })}</span>
              )}
            </p>
            {mayAct && (
              <p class="cause-actions">
                <a class="button" href={failuresLink({ ...of, ask: "retry" })}>
                  <Icon name="retry" />
                  <span>{say("retry")}</span>
                </a>
                {cause.dead > 0 && (
                  <a class="button" data-look="quiet" href={failuresLink({ ...of, ask: "clear" })}>
                    <Icon name="clear" />
                    <span>{say("clear")}</span>
                  </a>
                )}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
