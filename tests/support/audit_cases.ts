import { defaultSettings } from "../../lib/wire/settings.ts";

export const ADMIN_TOKEN = "an-admin-token-of-some-length";

/** A request's body: JSON, or a form. */
export type Body = Record<string, unknown> | unknown[] | URLSearchParams;
/** The route, the kind and subject of its event, and a request: path, body, headers. */
export type Case = [
  route: string,
  event: string,
  path: (given: Given) => string,
  body?: (given: Given) => Body,
  headers?: (given: Given) => Record<string, string>,
];

/** What the requests refer to. */
export interface Given {
  node: string;
  cookie: string;
  session: string;
  rule: number;
  target: number;
  firing: number;
  /** The operation that cleared a dead letter. */
  cleared: number;
}

const form = (fields: Record<string, string>) => () => new URLSearchParams(fields);
export const RULE = {
  name: "r",
  measure: "backlog",
  threshold: 0,
  for_seconds: 0,
  target_ids: [],
  browser: false,
  notify_resolved: true,
  enabled: true,
};
const { target_ids: _none, ...ruleFields } = RULE;
const ruleForm = Object.fromEntries(
  Object.entries(ruleFields).filter(([, value]) => value !== false).map((
    [name, value],
  ) => [name, String(value)]),
);
export const TARGET = {
  name: "t",
  kind: "webhook",
  url: "http://127.0.0.1:9/",
  secret: null,
  language: "en",
};

/** A case for each way in which people change something. */
export const CASES: Case[] = [
  ["POST /actions/:action", "stop", () => "/actions/stop", form({})],
  ["POST /actions/:action", "start", () => "/actions/start", form({})],
  ["POST /actions/:action", "retry", () => "/actions/retry", form({})],
  ["POST /actions/:action", "clear", () => "/actions/clear", form({})],
  ["POST /actions/:action", "import sample", () => "/actions/sample", form({})],
  [
    "POST /actions/articles/process",
    "process_again 1",
    () => "/actions/articles/process",
    form({ id: "1" }),
  ],
  [
    "POST /actions/failures/start",
    "retry",
    () => "/actions/failures/start",
    form({ kind: "retry" }),
  ],
  [
    "POST /actions/failures/undo",
    "undo",
    () => "/actions/failures/undo",
    ({ cleared }) => new URLSearchParams({ operation: String(cleared) }),
  ],
  [
    "POST /actions/workers",
    "pause",
    () => "/actions/workers",
    ({ node }) => new URLSearchParams({ do: "pause", node }),
  ],
  [
    "POST /actions/workers",
    "resume",
    () => "/actions/workers",
    ({ node }) => new URLSearchParams({ do: "resume", node }),
  ],
  [
    "POST /actions/workers",
    "settings concurrency",
    () => "/actions/workers",
    form({ do: "concurrency", concurrency: "7" }),
  ],
  [
    "POST /alerts",
    "settings alert rule f",
    () => "/alerts",
    form({ ...ruleForm, do: "save", rule: "new", name: "f" }),
  ],
  [
    "POST /alerts",
    "settings alert target u",
    () => "/alerts",
    form({ do: "add", name: "u", kind: "webhook", url: TARGET.url, language: "en" }),
  ],
  [
    "POST /alerts",
    "alert_muted r",
    () => "/alerts",
    ({ rule }) => new URLSearchParams({ do: "mute", rule: String(rule) }),
  ],
  [
    "POST /alerts",
    "alert_unmuted r",
    () => "/alerts",
    ({ rule }) => new URLSearchParams({ do: "unmute", rule: String(rule) }),
  ],
  ["POST /alerts", "alert_muted", () => "/alerts", form({ do: "muteAll" })],
  ["POST /alerts", "alert_unmuted", () => "/alerts", form({ do: "unmuteAll" })],
  [
    "POST /alerts",
    "alert_acknowledged r",
    () => "/alerts",
    ({ firing }) => new URLSearchParams({ do: "acknowledge", firing: String(firing) }),
  ],
  [
    "POST /alerts",
    "alert_tested t",
    () => "/alerts",
    ({ target }) => new URLSearchParams({ do: "test", target: String(target) }),
  ],
  [
    "POST /alerts",
    "settings alert rule f deleted",
    () => "/alerts",
    ({ rule }) => new URLSearchParams({ do: "delete", rule: String(rule + 1) }),
  ],
  [
    "POST /alerts",
    "settings alert target u deleted",
    () => "/alerts",
    ({ target }) => new URLSearchParams({ do: "remove", target: String(target + 1) }),
  ],
  [
    "POST /api/alerts/firings/:id/acknowledge",
    "alert_acknowledged r",
    ({ firing }) => `/api/alerts/firings/${firing}/acknowledge`,
  ],
  [
    "POST /api/alerts/mute",
    "alert_muted",
    () => "/api/alerts/mute",
    () => ({ rule_id: null, seconds: 9 }),
  ],
  [
    "POST /api/alerts/rules",
    "settings alert rule g",
    () => "/api/alerts/rules",
    () => ({ ...RULE, name: "g" }),
  ],
  [
    "PUT /api/alerts/rules/:id",
    "settings alert rule h",
    ({ rule }) => `/api/alerts/rules/${rule}`,
    () => ({ ...RULE, name: "h" }),
  ],
  [
    "DELETE /api/alerts/rules/:id",
    "settings alert rule h deleted",
    ({ rule }) => `/api/alerts/rules/${rule}`,
  ],
  [
    "POST /api/alerts/targets",
    "settings alert target v",
    () => "/api/alerts/targets",
    () => ({ ...TARGET, name: "v" }),
  ],
  [
    "POST /api/alerts/targets/:id/test",
    "alert_tested t",
    ({ target }) => `/api/alerts/targets/${target}/test`,
  ],
  [
    "DELETE /api/alerts/targets/:id",
    "settings alert target t deleted",
    ({ target }) => `/api/alerts/targets/${target}`,
  ],
  ["POST /api/articles/:id/process", "process_again 2", () => "/api/articles/2/process"],
  [
    "POST /api/articles/import",
    "import two.json",
    () => "/api/articles/import?name=two.json",
    () => [{ content: "Two." }],
  ],
  ["POST /api/articles/sample", "import sample", () => "/api/articles/sample"],
  ["DELETE /api/articles", "article_deleted s", () => "/api/articles?source=s"],
  ["DELETE /api/articles/:id", "article_deleted another", () => "/api/articles/2"],
  ["POST /api/failures/clear", "clear", () => "/api/failures/clear", () => ({})],
  ["POST /api/failures/retry", "retry", () => "/api/failures/retry", () => ({})],
  ["DELETE /api/processor/dead-queue", "clear", () => "/api/processor/dead-queue"],
  ["POST /api/operations/:id/undo", "undo", ({ cleared }) => `/api/operations/${cleared + 5}/undo`],
  [
    "PUT /api/processor/config",
    "settings batch_size",
    () => "/api/processor/config",
    () => ({ batch_size: 30 }),
  ],
  [
    "POST /api/processor/nodes/:node/:action",
    "pause",
    ({ node }) => `/api/processor/nodes/${node}/pause`,
  ],
  ["POST /api/processor/retry-all", "retry", () => "/api/processor/retry-all"],
  ["POST /api/processor/stop", "stop", () => "/api/processor/stop"],
  ["POST /api/processor/start", "start", () => "/api/processor/start"],
  ["POST /import", "import", () => "/import", form({ text: '[{"content":"Three."}]' })],
  [
    "POST /settings",
    "settings retry_max",
    () => "/settings",
    form({
      do: "save",
      base: JSON.stringify({ ...defaultSettings(2), retry_max: 0 }),
      retry_max: "2",
    }),
  ],
  [
    "POST /sessions",
    "session_revoked admin",
    () => "/sessions",
    ({ session }) => new URLSearchParams({ id: session }),
  ],
  ["POST /sign-in", "sign_in", () => "/sign-in", form({ token: ADMIN_TOKEN })],
  ["POST /sign-out", "sign_out", () => "/sign-out", form({}), ({ cookie }) => ({ cookie })],
];
