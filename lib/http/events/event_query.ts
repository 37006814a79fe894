import { z } from "zod";
import { AUDIT_KINDS } from "../../wire/audit_event.ts";
import { queryMoment } from "../paging.ts";

const kind = z.string().transform((text) => text.split(",")).pipe(
  z.array(z.enum(AUDIT_KINDS, { error: `must be among ${AUDIT_KINDS.join(", ")}` })),
);

/** The query parameters of events; `kind` may be a comma-separated list. */
export const eventQuery = {
  kind: kind.optional(),
  actor: z.string().optional(),
  node: z.string().optional(),
  since: queryMoment.optional(),
  until: queryMoment.optional(),
};
