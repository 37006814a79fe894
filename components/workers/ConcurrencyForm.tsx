import { useComputed, useSignal } from "@preact/signals";
import type { NodeRequests } from "../../lib/dashboard/workers/node_requests.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { SETTINGS } from "../../lib/wire/settings.ts";
import { Icon } from "../shell/Icon.tsx";

export interface ConcurrencyFormProps {
  voice: Voice<"concurrency" | "fewer" | "more" | "apply">;
  value: number;
  hint: string;
  requests: NodeRequests;
}

/** Sets the number of workers per node. */
export function ConcurrencyForm({ voice, value, hint, requests }: ConcurrencyFormProps) {
  const wanted = useSignal(value);
  const { least, most } = SETTINGS.concurrency;
  const step = (by: number) => wanted.value = Math.min(most, Math.max(least, wanted.value + by));
  const busy = useComputed(() => requests.busy.value?.name === "concurrency" ? "true" : "false");

  function submit(event: Event) {
    event.preventDefault();
    requests.setConcurrency(wanted.peek());
  }

  return (
    <form
      class="concurrency"
      method="post"
      action="/actions/workers"
      title={hint}
      onSubmit={submit}
    >
      <input type="hidden" name="do" value="concurrency" />
      <label for="concurrency">{voice.say("concurrency")}</label>
      <span class="unseen" id="concurrency-hint">{hint}</span>
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
      </div>
      <button type="submit" class="button" data-look="main" aria-busy={busy}>
        {voice.say("apply")}
      </button>
    </form>
  );
}
