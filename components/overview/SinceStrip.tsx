import { useSignal } from "@preact/signals";
import { visitCookie } from "../../lib/dashboard/overview/last_visit.ts";
import { listFormat } from "../../lib/i18n/shared_formats.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import type { SinceVisit } from "../../lib/wire/since_visit.ts";
import { Icon } from "../shell/Icon.tsx";

export interface SinceStripProps {
  voice: Voice<
    | ("since" | "sinceFinished" | "sinceCauses" | "sinceChanges" | "sinceLosses" | "sinceNothing")
    | ("sinceTitle" | "gotIt" | "someone")
  >;
  news: SinceVisit;
}

/** The number of displayed names; "…" represents the rest. */
const MOST_NAMES = 3;

/** The summary of changes since this browser's last visit, until it is dismissed or the next visit. */
export function SinceStrip({ voice, news }: SinceStripProps) {
  const { say } = voice;
  const { since, now, processed, causes, changes, losses } = news;
  const away = useSignal(false);
  if (away.value) return null;
  const isToday = new Date(since).toDateString() === new Date(now).toDateString();
  const names = changes.people.map((name) =>
    name === "unknown" ? say("someone") : wordAuthor(voice.language, name)
  );
  const listed = listFormat(voice.language, {}).format(names.slice(0, MOST_NAMES));
  const who = names.length > MOST_NAMES ? `${listed} …` : listed;
  const isQuiet = (processed ?? 0) + causes.count + changes.count + losses.count === 0;
  return (
    <section class="since" aria-label={say("sinceTitle")}>
      <span>{say("since", { time: isToday ? voice.time(since) : voice.moment(since) })}</span>
      {isQuiet && <span>{say("sinceNothing")}</span>}
      {processed !== null && processed > 0 && (
        <span>
          {say("sinceFinished")} <b>+{voice.count(processed)}</b>
        </span>
      )}
      {causes.count > 0 && (
        <a class="link" href={causes.href}>{say("sinceCauses", { count: causes.count })}</a>
      )}
      {changes.count > 0 && (
        <a class="link" href={changes.href}>
          {say("sinceChanges", { count: changes.count, who })}
        </a>
      )}
      {losses.count > 0 && (
        <a class="link" href={losses.href}>{say("sinceLosses", { count: losses.count })}</a>
      )}
      <form
        method="post"
        action="/preferences"
        onSubmit={(event) => {
          event.preventDefault();
          document.cookie = visitCookie({ seen: now, since: null });
          away.value = true;
        }}
      >
        <input type="hidden" name="visit" value="seen" />
        <button type="submit" class="button" data-look="quiet" data-size="small">
          <Icon name="close" />
          <span>{say("gotIt")}</span>
        </button>
      </form>
    </section>
  );
}
