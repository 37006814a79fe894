import { z } from "zod";
import { AUDIT_KINDS } from "../../wire/audit_event.ts";
import { queryMoment } from "../paging.ts";
import { searchText } from "../search_text.ts";

const kind = z.string().transform((text) => text.split(",")).pipe(
  z.array(z.enum(AUDIT_KINDS, { error: `must be among ${AUDIT_KINDS.join(", ")}` })),
);

/** The query parameters of events; `kind` may be a comma-separated list. */
export const eventQuery = {
  kind: kind.optional(),
  actor: searchText().optional(),
  node: searchText().optional(),
  since: queryMoment.optional(),
  until: queryMoment.optional(),
};
