import { useComputed } from "@preact/signals";
import type { NodeList } from "../../lib/dashboard/workers/node_list.ts";
import type { StatusModel } from "../../lib/dashboard/overview/status_model.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { workersWords } from "../../lib/i18n/workers_words.ts";

export interface MoreNodesProps {
  voice: Voice<WordKey<typeof workersWords>>;
  model: Pick<StatusModel, "moreNodes">;
  list: Pick<NodeList, "next">;
  /** Whether a page by name is shown, and not the nodes of the status. */
  paged: boolean;
}

/** The way to the nodes that are not shown. */
export function MoreNodes({ voice, model, list, paged }: MoreNodesProps) {
  const { say } = voice;
  return useComputed(() => {
    const next = list.next.value;
    if (paged) {
      return (
        <nav class="nodes-more" aria-label={say("nodePages")}>
          <a class="link" href="/workers">{say("nodesFirst")}</a>
          {next !== null && <a class="link" href={next}>{say("nodesNext")}</a>}
        </nav>
      );
    }
    const count = model.moreNodes.value;
    if (count === 0) return null;
    return (
      <nav class="nodes-more" aria-label={say("nodePages")}>
        <span>{say("moreNodes", { count })}</span>
        <a class="link" href="/workers?after=">{say("nodesByName")}</a>
      </nav>
    );
  });
}
