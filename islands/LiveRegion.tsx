import { effect, useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { browserEnvironment } from "../lib/dashboard/live/live_environment.ts";
import { liveStatus } from "../lib/dashboard/live/live_status.ts";
import { isHeld, newRows } from "../lib/dashboard/live/held_list.ts";
import { morph } from "../lib/dashboard/live/morph.ts";
import { throttleWork } from "../lib/dashboard/live/throttle_work.ts";
import type { Language } from "../lib/i18n/language.ts";
import { regionWords } from "../lib/i18n/region_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import "../lib/dashboard/shell/base_path.ts";

export interface LiveRegionProps {
  language: Language;
  /** The id of the server-rendered element to update. */
  region: string;
}

const REST_MS = 1_000;

/**
 * Keeps a server-rendered part of the page up to date: when the status shows that articles have moved, fetches
 * the page again and morphs the differences. Formats times in the reader's time zone.
 */
export default function LiveRegion({ language, region }: LiveRegionProps) {
  const voice = createVoice(language, regionWords[language]);
  const waiting = useSignal(0);
  const takeIn = useRef(() => {});

  useEffect(() => {
    const environment = browserEnvironment();
    const { model, link, refreshing } = liveStatus(null);
    const shown = document.getElementById(region);
    if (shown === null) return;
    localize(shown);

    async function renew() {
      if (document.visibilityState === "hidden") return;
      const page = await pageNow();
      const wanted = page?.getElementById(region);
      if (!wanted) return;
      localize(wanted);
      waiting.value = newRows(shown!, wanted);
      takeIn.current = () => {
        waiting.value = 0;
        morph(shown!, wanted);
      };
      morph(shown!, wanted, isHeld);
    }

    function localize(part: Element) {
      for (const time of part.querySelectorAll("time")) {
        time.textContent = voice.moment(Date.parse(time.dateTime));
      }
    }

    const throttled = throttleWork(renew, { restMs: REST_MS, environment });
    const stopReturning = environment.onReturn(throttled.request);
    let known: string | null = null;
    const stopFollowing = effect(() => {
      const facts = [model.pending, model.retry, model.dead, model.total, link, refreshing];
      const now = JSON.stringify(facts.map(({ value }) => value));
      // During an operation, each status triggers an update of its progress.
      const busy = model.status.value !== null &&
        shown.querySelector('[aria-busy="true"]') !== null;
      // If the socket was open before, articles may have moved unobserved.
      const behind = known === null ? link.value.kind === "live" : known !== now;
      if (behind || busy) throttled.request();
      known = now;
    });
    return () => {
      stopFollowing();
      stopReturning();
      throttled[Symbol.dispose]();
    };
  }, []);
  const hidden = useComputed(() => waiting.value === 0);
  const label = useComputed(() => voice.say("newer", { count: waiting.value }));
  return (
    <p class="region-newer" hidden={hidden}>
      <button type="button" class="button newer" onClick={() => takeIn.current()}>{label}</button>
    </p>
  );
}

/** Fetches this page; returns null on failure. */
async function pageNow(): Promise<Document | null> {
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!response.ok || response.redirected) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    // The connection mark shows that the server is unreachable.
    return null;
  }
}
