import { page } from "fresh";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define } from "../define.ts";
import { mayAs } from "../lib/auth/route_permissions.ts";
import Workers from "../islands/Workers.tsx";
import { readResult } from "../lib/dashboard/requests/result_address.ts";
import { NODE_REQUESTS } from "../lib/dashboard/workers/node_requests.ts";
import { firstStatus } from "../lib/http/overview/first_status.ts";
import { readNodePage } from "../lib/http/workers/read_node_page.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import { workersWords } from "../lib/i18n/workers_words.ts";
import type { Node } from "../lib/node/node.ts";
import { BrokerUnreachableError } from "../lib/runtime/errors.ts";
import { type NodePage, NODES_A_PAGE } from "../lib/wire/node_page.ts";

/** The page of nodes and workers. */
export const handler = define.handlers({
  async GET({ state: { node, role }, url }) {
    const typed = url.searchParams.get("concurrency");
    const concurrency = typed ?? String(node.settings.current().concurrency);
    const after = url.searchParams.get("after");
    return page({
      first: await firstStatus(node),
      after,
      nodes: after === null ? null : await nodesAfter(node, after),
      concurrency: mayAs(role, "admin") ? concurrency : null,
      mayAct: mayAs(role, "operator"),
      result: readResult(NODE_REQUESTS, url.searchParams),
    });
  },
});

/** A page of nodes; null while the broker is away. */
async function nodesAfter(node: Node, after: string): Promise<NodePage | null> {
  try {
    return await readNodePage(node, { after, limit: NODES_A_PAGE });
  } catch (error) {
    if (error instanceof BrokerUnreachableError) return null;
    throw error;
  }
}

export default define.page<typeof handler>(({ data, state: { language } }) => {
  const title = createVoice(language, shellWords[language]).say("workers");
  return (
    <>
      <PageHead title={title} styles={["table", "charts", "workers"]} />
      <Workers
        language={language}
        words={workersWords[language]}
        title={title}
        {...data}
      />
    </>
  );
});
