import type { NodeDetail } from "../lib/dashboard/node_view.ts";
import type { Voice } from "../lib/i18n/voice.ts";

const STAGES = [
  { name: "load", word: "stageLoad", field: "load_ms" },
  { name: "clean", word: "stageClean", field: "clean_ms" },
  { name: "annotate", word: "stageAnnotate", field: "annotate_ms" },
  { name: "save", word: "stageSave", field: "save_ms" },
] as const;

export interface StageBarProps {
  voice: Voice<"stages" | "stageShare" | typeof STAGES[number]["word"]>;
  stages: NodeDetail["stages"];
  /** The heading's level, where the page has it. */
  heading?: "h2" | "h4";
}

/** The shares of the stages in the time that articles took, as a bar with its legend. */
export function StageBar({ voice, stages, heading: Heading = "h4" }: StageBarProps) {
  const total = STAGES.reduce((sum, { field }) => sum + stages[field], 0);
  if (total === 0) return null;
  let from = 0;
  const parts = STAGES.map(({ name, word, field }) => {
    const share = stages[field] / total * 100;
    from += share;
    return { name, word, share, from: from - share };
  });
  return (
    <div class="stages">
      <Heading>{voice.say("stages")}</Heading>
      <svg class="stage-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        {parts.map((part) => (
          <rect
            key={part.name}
            data-stage={part.name}
            x={part.from.toFixed(1)}
            width={part.share.toFixed(1)}
            height="1"
          />
        ))}
      </svg>
      <ul>
        {parts.map(({ name, word, share }) => (
          <li key={name} data-stage={name}>
            {voice.say("stageShare", {
              name: voice.say(word),
              percent: `${voice.number(share)} %`,
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
