import { differenceOf } from "../../lib/dashboard/charts/breakdown_series.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { BreakdownPart, BreakdownView } from "../../lib/wire/breakdown.ts";

export interface ComparisonTableProps {
  voice: Voice<
    "sideBySide" | "measure" | "difference" | "finishedCount" | "failingShare" | "runs" | "waits"
  >;
  view: BreakdownView;
  /** Whether the names have the colors of a pair's lines. */
  colored: boolean;
}

interface Row {
  word: string;
  of: (part: BreakdownPart) => number | null;
  format: (value: number) => string;
  /** How the difference is formatted; by default relative to the first. */
  differ?: typeof differenceText;
}

const SHARES = ["p50", "p95", "p99"] as const;

const COLORS = ["name-a", "name-b"];

/** Nodes or groups side by side in figures, over the span that the charts show; of two, with the difference. */
export function ComparisonTable({ voice, view, colored }: ComparisonTableProps) {
  const { parts } = view;
  const isPair = parts.length === 2;
  const rows: Row[] = [
    { word: voice.say("finishedCount"), of: finished, format: voice.count },
    {
      word: voice.say("failingShare"),
      of: failingShare,
      format: (share: number) => `${voice.number(share * 100, 1)}%`,
      differ: pointsText,
    },
    ...(view.by === "node" ? [...timeRows("runs", 1_000), ...timeRows("waits", 1)] : []),
  ];
  function timeRows(kind: "runs" | "waits", factor: number): Row[] {
    return SHARES.map((share) => ({
      word: `${voice.say(kind)}, ${share}`,
      of: ({ total }: BreakdownPart) => (total[kind === "runs" ? "run" : "wait"]?.[share] ?? null),
      format: (seconds: number) => voice.rate(seconds * factor),
    }));
  }
  return (
    <div class="scroll comparison" tabIndex={0} role="group" aria-label={voice.say("sideBySide")}>
      <table class="table pair">
        <caption class="unseen">{voice.say("sideBySide")}</caption>
        <thead>
          <tr>
            <th scope="col">{voice.say("measure")}</th>
            {parts.map(({ name }, at) => (
              <th key={name} scope="col" class={`num ${colored ? COLORS[at] : ""}`}>{name}</th>
            ))}
            {isPair && <th scope="col" class="num">{voice.say("difference")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ word, of, format, differ = differenceText }) => {
            const values = parts.map(of);
            const [one = null, other = null] = values;
            return (
              <tr key={word}>
                <th scope="row">{word}</th>
                {values.map((value, at) => (
                  <td key={at} class="num">{value === null ? "–" : format(value)}</td>
                ))}
                {isPair && <td class="num">{differ(voice, one, other)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function finished({ total: { processed } }: BreakdownPart): number {
  return processed;
}

function failingShare({ total: { processed, failed } }: BreakdownPart): number | null {
  return processed + failed === 0 ? null : failed / (processed + failed);
}

function differenceText(voice: Voice, one: number | null, other: number | null): string {
  const difference = differenceOf(one, other);
  if (difference === null) return "–";
  if (difference.kind === "same") return "=";
  if (difference.kind === "times") return `× ${voice.number(difference.by, 1)}`;
  const percent = voice.number(Math.abs(difference.by));
  return difference.by > 0 ? `+${percent}%` : `−${percent}%`;
}

/** The difference of two shares in percentage points. */
function pointsText(voice: Voice, one: number | null, other: number | null): string {
  if (one === null || other === null) return "–";
  const points = Math.round((other - one) * 1_000) / 10;
  if (points === 0) return "=";
  return `${points > 0 ? "+" : "−"}${voice.number(Math.abs(points), 1)}`;
}
