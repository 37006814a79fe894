import type { NodeRequests } from "../../lib/dashboard/workers/node_requests.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { Icon } from "../shell/Icon.tsx";

export interface PauseButtonProps {
  voice: Voice<"pause" | "resume" | "pauseHint">;
  node: string;
  paused: boolean;
  requests: NodeRequests;
}

/** Pauses a node, or resumes it. */
export function PauseButton({ voice, node, paused, requests }: PauseButtonProps) {
  const action = paused ? "resume" : "pause";
  const busy = requests.busy.value?.subject === node;

  function submit(event: Event) {
    event.preventDefault();
    requests.command(action, node);
  }

  return (
    <form method="post" action="/actions/workers" onSubmit={submit}>
      <input type="hidden" name="do" value={action} />
      <input type="hidden" name="node" value={node} />
      <button
        type="submit"
        class="button"
        data-size="small"
        data-look={paused ? "main" : "quiet"}
        aria-busy={busy ? "true" : "false"}
        title={voice.say("pauseHint")}
      >
        <Icon name={paused ? "start" : "pause"} />
        <span>{voice.say(action)}</span>
      </button>
    </form>
  );
}
