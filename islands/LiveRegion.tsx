import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { browserEnvironment } from "../lib/dashboard/live_environment.ts";
import { liveStatus } from "../lib/dashboard/live_status.ts";
import { morph } from "../lib/dashboard/morph.ts";
import { createPaced } from "../lib/dashboard/paced.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";

export interface LiveRegionProps {
  language: Language;
  /** The id of the element, made by the server, that is kept up to date. */
  region: string;
}

const REST_MS = 1_000;

/**
 * Keeps a part of the page as the server would make it now: whenever the status tells that articles
 * have moved, the page is made anew and what differs is changed in place. Times are given in the
 * reader's time zone.
 */
export default function LiveRegion({ language, region }: LiveRegionProps) {
  useEffect(() => {
    const voice = createVoice(language, {});
    const environment = browserEnvironment();
    const { model, link, refreshing } = liveStatus(null);
    const shown = document.getElementById(region);
    if (shown === null) return;
    localise(shown);

    async function renew() {
      if (document.visibilityState === "hidden") return;
      const page = await pageNow();
      const wanted = page?.getElementById(region);
      if (!wanted) return;
      localise(wanted);
      morph(shown!, wanted);
    }

    function localise(part: Element) {
      for (const time of part.querySelectorAll("time")) {
        time.textContent = voice.moment(Date.parse(time.dateTime));
      }
    }

    const paced = createPaced(renew, { restMs: REST_MS, environment });
    const stopReturning = environment.onReturn(paced.ask);
    let known: string | null = null;
    const stopFollowing = effect(() => {
      const facts = [model.pending, model.retry, model.dead, model.total, link, refreshing];
      const now = JSON.stringify(facts.map(({ value }) => value));
      // While something is under way, each status that comes is a reason to look how far it is.
      const busy = model.status.value !== null &&
        shown.querySelector('[aria-busy="true"]') !== null;
      // Where the link was up before this watched it, articles may have moved unseen.
      const behind = known === null ? link.value.kind === "live" : known !== now;
      if (behind || busy) paced.ask();
      known = now;
    });
    return () => {
      stopFollowing();
      stopReturning();
      paced[Symbol.dispose]();
    };
  }, []);
  return null;
}

/** This page as the server makes it now; null when it does not. */
async function pageNow(): Promise<Document | null> {
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!response.ok || response.redirected) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    // The mark of the connection says that the server is away.
    return null;
  }
}
