import { useComputed, useSignal } from "@preact/signals";
import type { NodeErrands } from "../lib/dashboard/node_errands.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { Icon } from "./Icon.tsx";

export interface ConcurrencyFormProps {
  voice: Voice<"concurrency" | "fewer" | "more" | "apply">;
  value: number;
  bounds: { least: number; most: number };
  hint: string;
  errands: NodeErrands;
}

/** Chooses how many workers each node runs. */
export function ConcurrencyForm({ voice, value, bounds, hint, errands }: ConcurrencyFormProps) {
  const wanted = useSignal(value);
  const { least, most } = bounds;
  const step = (by: number) => wanted.value = Math.min(most, Math.max(least, wanted.value + by));
  const busy = useComputed(() => errands.busy.value?.name === "concurrency" ? "true" : "false");

  function submit(event: Event) {
    event.preventDefault();
    errands.setConcurrency(wanted.peek());
  }

  return (
    <form class="panel concurrency" method="post" action="/actions/workers" onSubmit={submit}>
      <input type="hidden" name="do" value="concurrency" />
      <div class="concurrency-text">
        <label for="concurrency">{voice.say("concurrency")}</label>
        <p class="hint" id="concurrency-hint">{hint}</p>
      </div>
      <div class="stepper">
        <button
          type="button"
          class="button scripted"
          data-look="icon"
          aria-label={voice.say("fewer")}
          onClick={() => step(-1)}
        >
          <Icon name="minus" />
        </button>
        <input
          id="concurrency"
          name="concurrency"
          type="number"
          required
          min={least}
          max={most}
          value={wanted}
          aria-describedby="concurrency-hint"
          onInput={({ currentTarget }) => {
            if (!Number.isNaN(currentTarget.valueAsNumber)) {
              wanted.value = currentTarget.valueAsNumber;
            }
          }}
        />
        <button
          type="button"
          class="button scripted"
          data-look="icon"
          aria-label={voice.say("more")}
          onClick={() => step(1)}
        >
          <Icon name="plus" />
        </button>
        <button type="submit" class="button" data-look="main" aria-busy={busy}>
          {voice.say("apply")}
        </button>
      </div>
    </form>
  );
}
