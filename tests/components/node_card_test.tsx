import assert from "node:assert/strict";
import { render } from "preact-render-to-string";
import { NodeCard } from "../../components/workers/NodeCard.tsx";
import { createNodeRequests } from "../../lib/dashboard/workers/node_requests.ts";
import { nodeViews } from "../../lib/dashboard/workers/node_view.ts";
import { workersWords } from "../../lib/i18n/workers_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { NodeStatus } from "../../lib/wire/processor_status.ts";
import { nodeOf, statusOf } from "../support/statuses.ts";

function card(language: "en" | "zh", node: Partial<NodeStatus>): string {
  const [view] = nodeViews(statusOf({ nodes: [nodeOf(node)] }));
  const voice = createVoice(language, workersWords[language]);
  return render(
    <NodeCard
      voice={voice}
      view={view!}
      requests={createNodeRequests(null)}
      mayAct={false}
      fresh
    />,
  );
}

Deno.test("a node's card says how far its machine's clock is off, and nothing if it is right", () => {
  assert.match(card("en", { clock_off_ms: 65_000 }), /clock is 1 min 5 s ahead of the database/);
  assert.match(card("en", { clock_off_ms: -4_000 }), /clock is 4 s behind the database/);
  assert.match(card("zh", { clock_off_ms: 65_000 }), /时钟比数据库快 1 分 5 秒/);
  assert.match(card("zh", { clock_off_ms: -4_000 }), /时钟比数据库慢 4 秒/);
  for (const right of [{}, { clock_off_ms: null }, { clock_off_ms: 9_000, lost: true }]) {
    assert.doesNotMatch(card("en", right), /node-clock/);
  }
});
