// The entry point of the thread that explains articles and reads documents: pure computation without permissions.

import process from "node:process";
import { parentPort } from "node:worker_threads";
import { compareSettings } from "../lib/article/compare.ts";
import { excerpt } from "../lib/article/excerpt.ts";
import { readMetadata } from "../lib/article/page/metadata.ts";
import { explainArticle } from "../lib/article/process.ts";
import { compareStored } from "../lib/article/stored.ts";
import type { ExplainReply, ExplainRequest, ExplainTask } from "./explain_protocol.ts";
import { parseFrontMatter } from "./parse_front_matter.ts";
import { renderMarkdown } from "./render_markdown.ts";
import { withTimeLimit } from "./time_limit.ts";

// The parser of YAML reads variables for its debugging, which this thread may not.
Object.defineProperty(process, "env", { value: {} });

parentPort?.on("message", ({ id, task, limitMs }: ExplainRequest) => {
  parentPort?.postMessage(respond(id, task, limitMs));
});

function respond(id: number, task: ExplainTask, limitMs: number): ExplainReply {
  try {
    const timed = withTimeLimit(limitMs, () => compute(task));
    return timed.kind === "finished"
      ? { id, type: "done", result: timed.value }
      : { id, type: "overran" };
  } catch (error) {
    return { id, type: "threw", message: error instanceof Error ? error.message : String(error) };
  }
}

function compute(task: ExplainTask) {
  switch (task.kind) {
    case "explain":
      return excerpt(compareStored(explainArticle(task.article, task.settings), task.stored));
    case "compare":
      return compareSettings(task.article, task.before, task.after);
    case "markdown":
      return renderMarkdown(task.text);
    case "frontMatter":
      return parseFrontMatter(task.notation, task.matter);
    case "metadata":
      return readMetadata(task.page);
  }
}
