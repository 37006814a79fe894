import * as z from "zod/mini";
import { ROLES } from "./role.ts";

const common = {
  id: z.number(),
  /** Milliseconds since the epoch, on the database's clock. */
  at: z.number(),
  result: z.enum(["succeeded", "refused", "failed"]),
  actor: z.object({
    name: z.string(),
    role: z.nullable(z.enum(ROLES)),
    address: z.nullable(z.string()),
  }),
  /** The node on which it happened. */
  node: z.string(),
  request_id: z.nullable(z.string()),
};

function kind<
  const Kind extends string,
  Subject extends z.ZodMiniType,
  Counts extends Record<string, z.ZodMiniType>,
>(name: Kind, subject: Subject, counts: Counts) {
  return z.object({ ...common, kind: z.literal(name), subject, counts: z.object(counts) });
}

const text = z.string();
const none = z.null();
const articles = { articles: z.number() };
const server = z.enum(["broker", "database"]);

/**
 * One entry of the audit log: actor, action, place and result. The subject is the object of the
 * action: the id of an operation or an article, a file, a node, a session, a server.
 */
export const auditEvent = z.discriminatedUnion("kind", [
  kind("sign_in", none, {}),
  /** The subject is the rejected credential: a token, a name without a role. */
  kind("sign_in_failed", z.nullable(text), {}),
  kind("locked_out", none, { wait_seconds: z.number() }),
  kind("sign_out", none, {}),
  /** The subject is the owner of the session. */
  kind("session_revoked", text, {}),
  kind("start", none, {}),
  kind("stop", none, {}),
  kind("pause", text, {}),
  kind("resume", text, {}),
  /** The subject lists the settings. */
  kind("settings", text, {}),
  kind("retry", text, articles),
  kind("clear", text, articles),
  kind("undo", text, articles),
  kind("import", z.nullable(text), {
    accepted: z.number(),
    duplicates: z.number(),
    rejected: z.number(),
  }),
  kind("process_again", text, {}),
  /** The subject is the exported data: failures, events, the log. */
  kind("export", text, {}),
  /** The subject is the article's source, or its id if it has none. */
  kind("article_deleted", text, {}),
  /** The subject is the alert's name; null for all alerts. */
  kind("alert_muted", z.nullable(text), { seconds: z.number() }),
  kind("alert_unmuted", z.nullable(text), {}),
  kind("alert_acknowledged", text, {}),
  /** The subject is the name of the target. */
  kind("alert_tested", text, {}),
  kind("alert_raised", text, {}),
  kind("alert_resolved", text, {}),
  kind("node_joined", text, {}),
  kind("node_left", text, {}),
  kind("node_lost", text, {}),
  /** The articles that a lost node held wait again. */
  kind("node_taken_over", text, articles),
  kind("outage_began", server, {}),
  kind("outage_ended", server, { seconds: z.number() }),
  /** The database went back to an earlier time; the ids of articles that it does not have were dropped. */
  kind("database_restored", none, articles),
]);

export type AuditEvent = z.infer<typeof auditEvent>;
export type AuditKind = AuditEvent["kind"];

/** Every kind of event. */
export const AUDIT_KINDS: readonly AuditKind[] = auditEvent.def.options.flatMap(
  (option) => option.shape.kind.def.values,
);

/** The fields of an event that the caller provides; the recorder adds the rest. */
export type AuditEntry = AuditEvent extends infer Each
  ? Each extends AuditEvent ? Pick<Each, "kind" | "subject" | "counts"> : never
  : never;
