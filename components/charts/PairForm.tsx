import { useRef } from "preact/hooks";
import type { BreakdownModel } from "../../lib/dashboard/charts/breakdown_model.ts";
import type { HistoryModel } from "../../lib/dashboard/charts/history_model.ts";
import type { Voice } from "../../lib/i18n/voice.ts";

export interface PairFormProps {
  voice: Voice<"compare" | "compareWith" | "everyOne" | "showPair" | "oneScale">;
  history: HistoryModel;
  breakdown: BreakdownModel;
}

/** Chooses two nodes or groups to compare. */
export function PairForm({ voice, history, breakdown }: PairFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { by, pair, view } = breakdown.shown.value;
  const { span, until } = history;
  const names = [...new Set([...view?.names ?? [], ...pair])].toSorted();
  function choose() {
    const fields = new FormData(form.current!);
    const chosen = [String(fields.get("a")), String(fields.get("b"))];
    const [a, b] = chosen;
    // A comparison needs at least two.
    if (a !== "" && b !== "" && a !== b) void breakdown.show({ by, pair: chosen });
    else if (pair.length > 0 && chosen.includes("")) void breakdown.show({ by, pair: [] });
  }
  const select = (field: "a" | "b", index: 0 | 1) => (
    <select
      class="inline"
      name={field}
      aria-label={voice.say(field === "a" ? "compare" : "compareWith")}
      onChange={choose}
    >
      <option value="" selected={pair[index] === undefined}>{voice.say("everyOne")}</option>
      {names.map((name) => (
        <option key={name} value={name} selected={pair[index] === name}>{name}</option>
      ))}
    </select>
  );
  return (
    <form method="get" action="/" class="pair-form" ref={form}>
      <input type="hidden" name="by" value={by ?? ""} />
      <input type="hidden" name="span" value={span} />
      {until.value !== null && <input type="hidden" name="until" value={until.value} />}
      <span aria-hidden="true">{voice.say("compare")}</span>
      {select("a", 0)}
      <span aria-hidden="true">{voice.say("compareWith")}</span>
      {select("b", 1)}
      <button type="submit" class="button unscripted">{voice.say("showPair")}</button>
      <span class="hint">{voice.say("oneScale")}</span>
    </form>
  );
}
