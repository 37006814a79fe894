import type { Voice } from "../../lib/i18n/voice.ts";

/** A time in ms since the epoch, or a dash. */
export function Moment({ voice, at }: { voice: Pick<Voice, "moment">; at: number | null }) {
  if (at === null) return <span>–</span>;
  return <time dateTime={new Date(at).toISOString()}>{voice.moment(at)}</time>;
}
