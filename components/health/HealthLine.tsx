import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { ClockNote } from "./ClockNote.tsx";
import { FreshMark } from "./FreshMark.tsx";
import { HealthMark } from "./HealthMark.tsx";
import { Icon } from "../shell/Icon.tsx";
import { type PageHealthVoice, showHealth } from "../../lib/dashboard/health/show_health.ts";
import { type FirstStatus, liveStatus } from "../../lib/dashboard/live/live_status.ts";
import { visitAt, visitCookie } from "../../lib/dashboard/overview/last_visit.ts";
import { copyText } from "../../lib/dashboard/shell/copy_text.ts";
import { nameDay, nameZone } from "../../lib/i18n/calendar.ts";
import type { Language } from "../../lib/i18n/language.ts";
import type { freshWords } from "../../lib/i18n/fresh_words.ts";
import type { healthWords } from "../../lib/i18n/health_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { WordKey, Words } from "../../lib/i18n/words.ts";
import { APPEARANCE } from "../../lib/wire/health/health.ts";

export interface HealthLineProps {
  language: Language;
  words: Words<WordKey<typeof healthWords> | WordKey<typeof freshWords>>;
  first: FirstStatus;
  /** The page's URL, for the refresh without scripts. */
  path: string;
  /** The name of a page that shows the health itself; displayed here until that is scrolled out of view. */
  title: string | null;
}

/** The interval at which a visible page renews its visit, for the summary since the last visit. */
const PRESENT_MS = 30_000;

/** The health of the stream at the head of every page, how fresh it is, and a link to this view. */
export function HealthLine({ language, words, first, path, title }: HealthLineProps) {
  const voice: PageHealthVoice = useMemo(() => createVoice(language, words), []);
  const live = useMemo(() => liveStatus(first), []);
  const answer = useSignal("");
  const spoken = useSignal("");
  const verdictSeen = useSignal(title !== null);
  const day = useSignal(dayText(language));

  useEffect(() => showHealth(voice, live, (text) => spoken.value = text), []);
  useEffect(() => {
    const timer = setInterval(() => {
      const status = live.model.status.peek();
      if (status === null || document.hidden) return;
      document.cookie = visitCookie(visitAt(document.cookie, status.at));
    }, PRESENT_MS);
    return () => clearInterval(timer);
  }, []);
  useLayoutEffect(showCurrentPage, []);
  useEffect(() => {
    day.value = dayText(language);
    const verdict = document.querySelector(".main .verdict");
    if (verdict === null) return;
    const watch = new IntersectionObserver(([entry]) => verdictSeen.value = entry!.isIntersecting);
    watch.observe(verdict);
    return () => watch.disconnect();
  }, []);

  async function refresh(event: Event) {
    event.preventDefault();
    const { kind } = await live.refresh();
    answer.value = voice.say(kind === "done" ? "refreshed" : "notRefreshed");
  }

  async function copyLink() {
    answer.value = "";
    answer.value = voice.say(await copyText(location.href) ? "copied" : "notCopied");
  }

  return (
    <>
      <div
        class="health"
        data-tone={useComputed(() => APPEARANCE[live.health.value.state].tone)}
        data-shows={useComputed(() => verdictSeen.value ? "page" : "state")}
      >
        {title !== null && (
          <div class="health-page">
            <h1>{title}</h1>
            <p>{day}</p>
          </div>
        )}
        <HealthMark voice={voice} live={live} />
        <div class="health-end">
          <span class="health-answer" role="status">{answer}</span>
          <FreshMark voice={voice} live={live} />
          <form method="get" action={path} onSubmit={refresh}>
            <button
              type="submit"
              class="button"
              data-look="quiet"
              data-size="small"
              aria-busy={useComputed(() => live.refreshing.value ? "true" : "false")}
            >
              <Icon name="refresh" />
              <span>{voice.say("refresh")}</span>
            </button>
          </form>
          <button
            type="button"
            class="button scripted"
            data-look="quiet"
            data-size="small"
            onClick={copyLink}
          >
            <Icon name="link" />
            <span>{voice.say("copyLink")}</span>
          </button>
        </div>
        <span class="unseen" role="status" data-field="spoken">{spoken}</span>
      </div>
      <ClockNote voice={voice} live={live} />
    </>
  );
}

/** Scrolls the navigation, which is a strip on narrow screens, to the link of this page. */
function showCurrentPage() {
  // The overview's address contains those of all pages, which marks its link on each of them.
  const link = [...document.querySelectorAll(".nav [aria-current]")].at(-1);
  const strip = link?.closest(".nav");
  if (link === undefined || !strip) return;
  const [at, within] = [link.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += (at.left + at.right - within.left - within.right) / 2;
}

function dayText(language: Language): string {
  return `${nameDay(language, Date.now())} · ${nameZone(language)}`;
}
