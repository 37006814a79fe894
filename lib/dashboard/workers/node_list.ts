import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type NodePage, nodePage } from "../../wire/node_page.ts";
import { callApi } from "../requests/api.ts";
import type { StatusModel } from "../overview/status_model.ts";
import { type NodeView, nodeViews } from "./node_view.ts";

/** The nodes that the workers page shows. */
export interface NodeList {
  /** Null while no status is known. */
  readonly views: ReadonlySignal<NodeView[] | null>;
  /** The address of the next page by name; null on the last one and where the status is shown. */
  readonly next: ReadonlySignal<string | null>;
  /** Reads the page again; does nothing where the status is shown. */
  refresh(): Promise<void>;
}

/**
 * The nodes of the newest status, or with `first` a page of all nodes by name, which begins after the
 * name `after` and keeps its last state while the server cannot be reached.
 */
export function createNodeList(
  model: Pick<StatusModel, "status">,
  { after, first }: { after: string | null; first: NodePage | null },
): NodeList {
  const page = signal(first);
  return {
    views: computed(() => {
      const shown = page.value ?? model.status.value;
      return shown === null ? null : nodeViews(shown);
    }),
    next: computed(() => page.value === null ? null : addressOf(page.value.next)),
    async refresh() {
      if (page.peek() === null || after === null) return;
      const path = `/api/processor/nodes?after=${encodeURIComponent(after)}`;
      const answer = await callApi(path, nodePage);
      if (answer.kind === "done") page.value = answer.data;
    },
  };
}

function addressOf(after: string | null): string | null {
  return after === null ? null : `/workers?after=${encodeURIComponent(after)}`;
}
