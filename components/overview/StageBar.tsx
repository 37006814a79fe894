import type { stageWords } from "../../lib/i18n/stage_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { StageTimes } from "../../lib/wire/stage_times.ts";

const STAGES = [
  { name: "load", word: "stageLoad", look: "st-load" },
  { name: "clean", word: "stageClean", look: "st-clean" },
  { name: "annotate", word: "stageAnnotate", look: "st-pinyin" },
  { name: "save", word: "stageSave", look: "st-save" },
  { name: "restart", word: "stageRestart", look: "st-restart" },
] as const;

export interface StageBarProps {
  voice: Voice<WordKey<typeof stageWords>>;
  stages: StageTimes;
}

/** The stages' shares of the processing time, as a bar with a legend. Restarts are only listed if there were any. */
export function StageBar({ voice, stages }: StageBarProps) {
  const total = STAGES.reduce((sum, { name }) => sum + stages[`${name}_ms`], 0);
  if (total === 0) return null;
  let from = 0;
  const present = STAGES.filter(({ name }) => name !== "restart" || stages.restart_ms > 0);
  const parts = present.map(({ name, word, look }) => {
    const share = stages[`${name}_ms`] / total * 100;
    from += share;
    return { name, word, look, share, from: from - share };
  });
  return (
    <div class="stages">
      <h3>{voice.say("stages")}</h3>
      <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        {parts.map((part) => (
          <rect
            key={part.name}
            class={part.look}
            x={part.from.toFixed(1)}
            width={part.share.toFixed(1)}
            height="1"
          />
        ))}
      </svg>
      <ul>
        {parts.map(({ name, word, look, share }) => (
          <li key={name} data-stage={name}>
            <svg class={`swatch ${look}`} viewBox="0 0 10 10" aria-hidden="true">
              <rect width="10" height="10" />
            </svg>
            <span>{voice.say(word)}</span> <b>{voice.number(share)}%</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
