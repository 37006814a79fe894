import { useComputed, useSignal } from "@preact/signals";
import type { NodeRequests } from "../../lib/dashboard/workers/node_requests.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { readNumber, steppedNumber } from "../../lib/dashboard/shell/number_text.ts";
import { processorSettings, SETTINGS } from "../../lib/wire/settings.ts";
import { Icon } from "../shell/Icon.tsx";
import { NumberInput } from "../shell/NumberInput.tsx";

const SETTING = processorSettings.shape.concurrency;

export interface ConcurrencyFormProps {
  voice: Voice<"concurrency" | "fewer" | "more" | "apply" | "fault_number">;
  /** The current value, or the text of a refused form. */
  value: string;
  hint: string;
  requests: NodeRequests;
}

/** Sets the number of workers per node. */
export function ConcurrencyForm({ voice, value, hint, requests }: ConcurrencyFormProps) {
  const wanted = useSignal(value);
  const bounds = SETTINGS.concurrency;
  const number = useComputed(() => SETTING.safeParse(readNumber(wanted.value)).data ?? null);
  const invalid = useComputed(() => number.value === null);
  const step = (by: number) => wanted.value = String(steppedNumber(wanted.peek(), by, bounds));
  const busy = useComputed(() => requests.busy.value?.name === "concurrency" ? "true" : "false");

  function submit(event: Event) {
    event.preventDefault();
    if (number.peek() === null) document.getElementById("concurrency")?.focus();
    else requests.setConcurrency(number.peek()!);
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
        <NumberInput
          id="concurrency"
          name="concurrency"
          text={wanted}
          bounds={bounds}
          invalid={invalid}
          autofocus={invalid.peek()}
          describedBy="concurrency-hint concurrency-fault"
          onText={(text) => wanted.value = text}
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
      <p class="concurrency-fault" id="concurrency-fault">
        {useComputed(() => invalid.value ? voice.say("fault_number", { ...bounds }) : "")}
      </p>
    </form>
  );
}
