import { AUDIT_KINDS, type AuditKind } from "../../wire/audit_event.ts";

/** Frequent kinds that do not affect the stream. */
const EVERYDAY: readonly AuditKind[] = [
  "sign_in",
  "sign_in_failed",
  "sign_out",
  "import",
  "process_again",
  "export",
  "article_deleted",
  "alert_acknowledged",
  "alert_tested",
];

/** The kinds that are marked on charts: an import per second would hide all others. */
export const MARK_KINDS = AUDIT_KINDS.filter((kind) => !EVERYDAY.includes(kind));
