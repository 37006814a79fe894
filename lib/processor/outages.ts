import type { Logger } from "@logtape/logtape";
import type { OutageWatch } from "./until_reachable.ts";

/** What this node waits for. Several parts of it may wait at once, each until its own call goes through. */
export interface Outages extends OutageWatch {
  away(): ("broker" | "database")[];
}

/** `onChange` is told when something goes away and when all is back. */
export function createOutages(
  { logger, onChange }: { logger: Logger; onChange: () => void },
): Outages {
  const away = new Set<"broker" | "database">();
  let waiting = 0;
  return {
    began(error) {
      waiting++;
      const what = error.name === "DatabaseUnreachableError" ? "database" : "broker";
      if (away.has(what)) return;
      away.add(what);
      logger.error("The {what} is away; taking stops until it is back: {error}", { what, error });
      onChange();
    },
    ended() {
      waiting--;
      if (waiting > 0) return;
      away.clear();
      logger.info("What was away is back; the stream goes on.");
      onChange();
    },
    away: () => [...away],
  };
}
